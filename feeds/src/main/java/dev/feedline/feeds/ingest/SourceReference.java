package dev.feedline.feeds.ingest;

import org.jspecify.annotations.Nullable;

/// A source version as an event names it.
///
/// @param versionId absent in a bucket without versions
public record SourceReference(
        String bucket, String key, @Nullable String versionId) {}
