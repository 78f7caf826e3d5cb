package dev.feedline.firehose;

import java.time.Instant;
import java.util.List;

/// Where a delivery stream's records come from: shards, each an ordered run of numbered records
/// that can be read again.
sealed interface Source permits KinesisSource, DirectSource {
    /// The ARN that is rung on the bell when there is more to read.
    String arn();

    List<String> shards();

    /// The next records from a place on; none when all has been read. What follows them is
    /// [Place.After] the last.
    ///
    /// @throws GoneException when the place is in a source that exists no more
    List<Arrived> read(String shard, Place from) throws GoneException;

    /// A record.
    @SuppressWarnings(
            "ArrayRecordComponent") // never compared, and copying every record would cost a pass over the data
    record Arrived(String sequence, Instant arrival, byte[] data) {}

    /// Where a reading begins.
    sealed interface Place {
        record Beginning() implements Place {}

        record At(String sequence) implements Place {}

        record After(String sequence) implements Place {}
    }

    /// The place names records of a stream that was deleted; one of the same name may have taken
    /// its place.
    final class GoneException extends Exception {
        private static final long serialVersionUID = 1;

        GoneException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
