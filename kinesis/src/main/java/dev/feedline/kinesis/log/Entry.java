package dev.feedline.kinesis.log;

import java.nio.charset.StandardCharsets;

/// A record on its way into a log.
///
/// @param key the partition key in UTF-8
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every record would cost a pass over the data
public record Entry(byte[] key, byte[] data) {
    public static Entry of(String partitionKey, byte[] data) {
        return new Entry(partitionKey.getBytes(StandardCharsets.UTF_8), data);
    }

    int bodyBytes() {
        return key.length + data.length;
    }
}
