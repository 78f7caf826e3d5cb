package dev.feedline.firehose;

import java.util.List;

/// The records that producers put into the delivery stream itself, as one shard.
record DirectSource(PendingRecords pending, long stream, String arn) implements Source {
    static final String SHARD = "direct";

    @Override
    public List<String> shards() {
        return List.of(SHARD);
    }

    @Override
    public List<Arrived> read(String shard, Place from) {
        long first = switch (from) {
            case Place.Beginning beginning -> 0;
            case Place.At(String sequence) -> Long.parseLong(sequence);
            case Place.After(String sequence) -> Long.parseLong(sequence) + 1;
        };
        return pending.read(stream, first);
    }
}
