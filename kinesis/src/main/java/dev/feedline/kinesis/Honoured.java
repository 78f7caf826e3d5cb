package dev.feedline.kinesis;

import java.util.Set;

/// The members of each operation that are honoured; a request with another is refused by the
/// member's name.
final class Honoured {
    static final Set<String> STREAM = Set.of("StreamName", "StreamARN");
    static final Set<String> CREATE_STREAM =
            Set.of("StreamName", "ShardCount", "StreamModeDetails.StreamMode", "Tags", "MaxRecordSizeInKiB");
    /// There are no consumers, so their deletion need not be enforced.
    static final Set<String> DELETE_STREAM = stream("EnforceConsumerDeletion");

    static final Set<String> DESCRIBE_STREAM = stream("Limit", "ExclusiveStartShardId");
    static final Set<String> LIST_STREAMS = Set.of("Limit", "ExclusiveStartStreamName", "NextToken");
    static final Set<String> LIST_SHARDS =
            stream("NextToken", "ExclusiveStartShardId", "MaxResults", "StreamCreationTimestamp", "ShardFilter");
    static final Set<String> RETENTION = stream("RetentionPeriodHours");
    static final Set<String> PUT_RECORD =
            stream("Data", "PartitionKey", "ExplicitHashKey", "SequenceNumberForOrdering");
    static final Set<String> PUT_RECORDS = stream("Records");
    static final Set<String> SHARD_ITERATOR =
            stream("ShardId", "ShardIteratorType", "StartingSequenceNumber", "Timestamp");
    static final Set<String> GET_RECORDS = Set.of("ShardIterator", "Limit", "StreamARN");
    static final Set<String> ADD_TAGS = stream("Tags");
    static final Set<String> REMOVE_TAGS = stream("TagKeys");
    static final Set<String> LIST_TAGS = stream("ExclusiveStartTagKey", "Limit");

    private Honoured() {}

    private static Set<String> stream(String... members) {
        Set<String> all = new java.util.HashSet<>(STREAM);
        all.addAll(Set.of(members));
        return Set.copyOf(all);
    }
}
