package dev.feedline.s3.multipart;

import dev.feedline.s3.body.Segment;
import dev.feedline.s3.checksum.ObjectChecksum;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A part that has been uploaded.
///
/// @param number 1 to 10,000
/// @param etag the MD5 of its bytes, without quotes
record StoredPart(int number, Segment segment, String etag, ObjectChecksum checksum, Instant modified) {
    static final int MOST = 10_000;

    String quotedEtag() {
        return "\"" + etag + "\"";
    }

    Instant lastModified() {
        return modified.truncatedTo(ChronoUnit.SECONDS);
    }
}
