package dev.feedline.glue;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A partition's values as one text that names it in the store, where partitions stand in its order: each value behind
/// a slash, with what is no letter or digit escaped.
final class PartitionKey {
    private PartitionKey() {}

    static String of(List<String> values) {
        return values.stream()
                .map(value -> "/" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    static List<String> values(String key) {
        return Arrays.stream(key.split("/", -1))
                .skip(1)
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .toList();
    }
}
