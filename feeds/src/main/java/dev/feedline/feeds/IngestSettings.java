package dev.feedline.feeds;

import dev.feedline.rows.RowLimits;
import java.time.Duration;
import java.util.Map;

/// The bounds that ingest works under.
///
/// @param chunkBytes a chunk ends with the source row that brings it to so many bytes
/// @param maxRecordBytes the largest Kinesis record it packs; leaves room under the stream's 1 MiB
/// @param maxRecordsPerCall PutRecords takes at most 500
/// @param maxBytesPerCall PutRecords takes at most 10 MiB, partition keys included
/// @param timeReserve with less than this left it hands over to a new invocation
/// @param containers how far compressed files may unpack
public record IngestSettings(
        RowLimits limits,
        long chunkBytes,
        int maxRecordBytes,
        int maxRecordsPerCall,
        int maxBytesPerCall,
        Duration timeReserve,
        ContainerLimits containers) {
    public IngestSettings {
        if (chunkBytes < 1) {
            throw new IllegalArgumentException("a chunk has at least 1 byte, not " + chunkBytes);
        }
    }

    public IngestSettings(
            RowLimits limits,
            long chunkBytes,
            int maxRecordBytes,
            int maxRecordsPerCall,
            int maxBytesPerCall,
            Duration timeReserve) {
        this(
                limits,
                chunkBytes,
                maxRecordBytes,
                maxRecordsPerCall,
                maxBytesPerCall,
                timeReserve,
                ContainerLimits.DEFAULT);
    }

    public static final IngestSettings DEFAULT =
            new IngestSettings(RowLimits.DEFAULT, 128L << 20, 900 * 1024, 500, 8 << 20, Duration.ofMinutes(2));

    /// The defaults, but for what the deployment says: `FEEDLINE_CHUNK_BYTES`.
    public static IngestSettings fromEnvironment(Map<String, String> environment) {
        String bytes = environment.get("FEEDLINE_CHUNK_BYTES");
        return bytes == null ? DEFAULT : DEFAULT.chunkBytes(Long.parseLong(bytes));
    }

    public IngestSettings chunkBytes(long other) {
        return new IngestSettings(
                limits, other, maxRecordBytes, maxRecordsPerCall, maxBytesPerCall, timeReserve, containers);
    }

    public IngestSettings containers(ContainerLimits other) {
        return new IngestSettings(
                limits, chunkBytes, maxRecordBytes, maxRecordsPerCall, maxBytesPerCall, timeReserve, other);
    }
}
