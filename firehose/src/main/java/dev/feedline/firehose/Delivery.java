package dev.feedline.firehose;

import java.util.List;

/// One object on its way: written down before it is put, so that after a crash the same bytes go
/// under the same name.
///
/// @param ranges what it holds, in the order of its bytes
record Delivery(String bucket, String key, Compression compression, String delimiter, List<Range> ranges) {
    /// The records of one shard, both ends included.
    record Range(String shard, String first, String last) {}
}
