package dev.feedline.s3.state;

import java.util.Map;

/// What the caller says about an object beside its bytes.
///
/// @param headers what is returned with it, by SDK member name (`ContentType`, `CacheControl`, …)
/// @param metadata the user's own, names in lower case
public record ObjectDescription(Map<String, String> headers, Map<String, String> metadata, Map<String, String> tags) {
    /// What a delete marker has.
    public static final ObjectDescription NONE = new ObjectDescription(Map.of(), Map.of(), Map.of());
}
