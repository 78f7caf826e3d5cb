package dev.feedline.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parameters of a query string or a form, decoded, in the order they came.
public record Query(List<Parameter> parameters) {
    /// Longer lists are refused, so that nothing that walks them grows without bound.
    private static final int MOST_PARAMETERS = 10_000;

    /// One parameter; `value` is empty for a bare name such as `uploads`.
    public record Parameter(String name, String value) {}

    public Query {
        parameters = List.copyOf(parameters);
    }

    /// Parses `a=1&b=%20&uploads`; empty text has no parameters.
    public static Query parse(String raw) {
        List<Parameter> parameters = new ArrayList<>();
        for (int from = 0; from < raw.length(); ) {
            int end = raw.indexOf('&', from);
            String part = raw.substring(from, end < 0 ? raw.length() : end);
            if (!part.isEmpty()) {
                parameters.add(parameter(part));
            }
            if (parameters.size() > MOST_PARAMETERS) {
                throw WireError.INVALID_URI.because("More than " + MOST_PARAMETERS + " parameters.");
            }
            from = end < 0 ? raw.length() : end + 1;
        }
        return new Query(parameters);
    }

    public Optional<String> first(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    public List<String> all(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    public boolean has(String name) {
        return parameters.stream().anyMatch(p -> p.name().equals(name));
    }

    private static Parameter parameter(String part) {
        int equals = part.indexOf('=');
        return equals < 0
                ? new Parameter(Percent.decodeParameter(part), "")
                : new Parameter(
                        Percent.decodeParameter(part.substring(0, equals)),
                        Percent.decodeParameter(part.substring(equals + 1)));
    }
}
