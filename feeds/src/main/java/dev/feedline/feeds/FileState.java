package dev.feedline.feeds;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where one uploaded file stands.
///
/// @param feed the first part of its key, or empty where there is none
/// @param version names the upload among those of its key
/// @param received rows in the file, 0 until its receipt
/// @param loaded rows in the table
/// @param quarantined rows in quarantine
/// @param reason for people, where the state asks for one
/// @param uploadedAt the version's last-modified time
public record FileState(
        String feed,
        String bucket,
        String key,
        String version,
        String fileId,
        State state,
        long received,
        long loaded,
        long quarantined,
        @Nullable String reason,
        Instant uploadedAt) {
    /// The states of a file.
    public enum State {
        /// It has no receipt yet.
        WAITING,
        /// It has its receipt, and rows are under way.
        IN_FLIGHT,
        /// Every row is in the table once or in quarantine.
        BALANCED,
        /// Rows are missing for too long, or there more than once.
        UNBALANCED,
        /// None of its rows was sent, because too many are bad or its container is damaged.
        HELD,
        /// It repeats what was uploaded before.
        SKIPPED,
        /// It is not read.
        FAILED,
        /// Its key is under no feed's prefix.
        NO_FEED;

        /// Whether nothing more will happen to the file by itself.
        public boolean isSettled() {
            return this != WAITING && this != IN_FLIGHT;
        }
    }
}
