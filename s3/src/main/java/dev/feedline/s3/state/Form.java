package dev.feedline.s3.state;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A map of texts as `a=1&b=two+words`: how headers, metadata and tags are stored, and how a request's tagging comes.
public final class Form {
    private Form() {}

    public static String write(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /// @throws IllegalArgumentException when a name comes twice or an escape is broken
    public static Map<String, String> read(String form) {
        Map<String, String> map = new LinkedHashMap<>();
        if (form.isEmpty()) {
            return map;
        }
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (map.put(name, value) != null) {
                throw new IllegalArgumentException("given twice: " + name);
            }
        }
        return map;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
