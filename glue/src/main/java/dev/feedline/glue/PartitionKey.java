package dev.feedline.glue;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A partition's values as one text that names it in the store: each value behind a slash, in the form that HTML's
/// forms give it, which has no slash.
///
/// Partitions stand in the order of these texts, which is the same at every look and not the order of their values.
final class PartitionKey {
    private PartitionKey() {}

    static String of(List<String> values) {
        return values.stream().map(PartitionKey::part).collect(Collectors.joining());
    }

    private static String part(@Nullable String given) {
        String value = Names.required("A partition value", given);
        Utf8.bytes("A partition value", value);
        return "/" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static List<String> values(String key) {
        return Arrays.stream(key.split("/", -1))
                .skip(1)
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .toList();
    }
}
