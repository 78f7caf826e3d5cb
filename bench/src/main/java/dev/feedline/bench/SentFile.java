package dev.feedline.bench;

import java.time.Duration;
import java.time.Instant;

/// A file that was uploaded and has been seen in SQL.
///
/// @param answered when the upload's answer was there
/// @param visible when the answer that counted all its rows was there
record SentFile(String feed, String id, Instant answered, Instant visible) {
    double millis() {
        return Duration.between(answered, visible).toNanos() / 1e6;
    }
}
