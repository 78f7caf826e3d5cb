package dev.feedline.feeds.ingest;

import dev.feedline.rows.Reading;
import org.jspecify.annotations.Nullable;

/// What is settled about a file before its first row is read; pinned, so that whoever goes on later cuts and reads it
/// the same.
///
/// @param rulesVersion of reading and judging; a program of other rules must not go on with the file
/// @param chunkBytes a chunk ends with the row that brings it to so many bytes
/// @param content how the rows are packed into the file
/// @param skippedFor the file whose content this upload repeats, when it is skipped for that
/// @param refusal why the file is not read at all
public record Terms(
        String feed,
        String bucket,
        String key,
        String version,
        String fileId,
        int rulesVersion,
        Container content,
        @Nullable Reading reading,
        @Nullable String notAFeed,
        long chunkBytes,
        @Nullable String skippedFor,
        @Nullable String refusal) {
    /// Raised when the same source row could be cut, judged or marked differently than before.
    static final int RULES_VERSION = 1;

    /// How the rows are read. A file whose terms were settled before there was a choice is JSON lines.
    Reading readAs() {
        return reading == null ? Reading.JSON_LINES : reading;
    }
}
