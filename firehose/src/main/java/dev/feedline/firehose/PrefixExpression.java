package dev.feedline.firehose;

import dev.feedline.kernel.Ids;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// An S3 prefix with its `!{namespace:value}` parts (Amazon Data Firehose, Custom prefixes for S3
/// objects).
///
/// A prefix without any gets the UTC date `yyyy/MM/dd/HH/` appended as it is, without a slash
/// between.
record PrefixExpression(List<Part> parts) {
    static final int RANDOM_LENGTH = 11;
    private static final String RANDOM_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String DEFAULT_PATTERN = "yyyy/MM/dd/HH/";
    private static final Set<String> PARTITION_KEYS = Set.of("partitionKeyFromQuery", "partitionKeyFromLambda");

    /// A piece of a prefix.
    sealed interface Part {
        record Literal(String text) implements Part {}

        record Timestamp(DateTimeFormatter format) implements Part {}

        record RandomString() implements Part {}

        /// What went wrong, known only when an error is delivered.
        record ErrorOutputType() implements Part {}
    }

    static PrefixExpression ofData(String prefix) {
        PrefixExpression expression = parse("Prefix", prefix);
        if (expression.parts.contains(new Part.ErrorOutputType())) {
            throw invalid("Prefix", prefix, "firehose:error-output-type belongs in ErrorOutputPrefix");
        }
        return expression;
    }

    static PrefixExpression ofErrors(String prefix) {
        return parse("ErrorOutputPrefix", prefix);
    }

    /// @param moment the arrival of the object's oldest record
    String evaluate(Instant moment, ZoneId zone, Ids ids) {
        StringBuilder text = new StringBuilder();
        boolean isStatic = true;
        for (Part part : parts) {
            isStatic &= part instanceof Part.Literal;
            text.append(
                    switch (part) {
                        case Part.Literal(String literal) -> literal;
                        case Part.Timestamp(DateTimeFormatter format) ->
                            format.withZone(zone).format(moment);
                        case Part.RandomString random -> ids.text(RANDOM_LENGTH, RANDOM_ALPHABET);
                        case Part.ErrorOutputType type ->
                            throw new IllegalStateException("only an error prefix has an error's type");
                    });
        }
        if (isStatic) {
            text.append(
                    DateTimeFormatter.ofPattern(DEFAULT_PATTERN).withZone(zone).format(moment));
        }
        return text.toString();
    }

    private static PrefixExpression parse(String member, String prefix) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < prefix.length()) {
            int open = prefix.indexOf("!{", at);
            int literalEnd = open < 0 ? prefix.length() : open;
            if (literalEnd > at) {
                parts.add(new Part.Literal(prefix.substring(at, literalEnd)));
            }
            at = literalEnd;
            if (open >= 0) {
                int close = prefix.indexOf('}', open);
                if (close < 0) {
                    throw invalid(member, prefix, "!{ has no }");
                }
                parts.add(part(member, prefix, prefix.substring(open + 2, close)));
                at = close + 1;
            }
        }
        return new PrefixExpression(parts);
    }

    private static Part part(String member, String prefix, String expression) {
        int colon = expression.indexOf(':');
        String namespace = colon < 0 ? expression : expression.substring(0, colon);
        String value = colon < 0 ? "" : expression.substring(colon + 1);
        if (PARTITION_KEYS.contains(namespace)) {
            throw invalid(member, prefix, namespace + " needs dynamic partitioning, which Feedline does not support");
        }
        return switch (namespace + ":" + (namespace.equals("timestamp") ? "" : value)) {
            case "timestamp:" -> new Part.Timestamp(format(member, prefix, value));
            case "firehose:random-string" -> new Part.RandomString();
            case "firehose:error-output-type" -> new Part.ErrorOutputType();
            default -> throw invalid(member, prefix, "!{" + expression + "} is not known");
        };
    }

    private static DateTimeFormatter format(String member, String prefix, String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern);
        } catch (IllegalArgumentException e) {
            throw invalid(member, prefix, "timestamp:" + pattern + ": " + e.getMessage());
        }
    }

    private static RuntimeException invalid(String member, String prefix, String reason) {
        return FirehoseError.INVALID_ARGUMENT.exception(member + " " + prefix + " is not valid: " + reason);
    }
}
