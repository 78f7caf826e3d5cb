package dev.feedline.kinesis;

import dev.feedline.kinesis.log.Entry;
import java.math.BigInteger;

/// A record that may be put: its hash key says to which shard.
record Outgoing(BigInteger hashKey, Entry entry) {
    int bytes() {
        return entry.key().length + entry.data().length;
    }
}
