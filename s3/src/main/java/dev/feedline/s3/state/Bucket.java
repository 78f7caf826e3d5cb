package dev.feedline.s3.state;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A bucket as it stands.
///
/// @param tags absent when none were ever put or they were deleted
public record Bucket(String name, Instant created, Versioning versioning, Optional<Map<String, String>> tags) {
    /// Says whether responses show version ids.
    public boolean showsVersions() {
        return versioning != Versioning.NEVER;
    }
}
