package dev.feedline.feeds.ingest;

import org.jspecify.annotations.Nullable;

/// What reading the whole file once before anything is sent came to; pinned.
///
/// @param holdReason why no row of the file may be sent, when that is so
public record FirstPass(long received, long bad, @Nullable String holdReason) {}
