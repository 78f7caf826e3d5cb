package dev.feedline.firehose;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The members of each operation that are honoured; a request with another is refused by the
/// member's name.
final class Honoured {
    /// Those that must be switched off are looked into by [DestinationRules].
    private static final List<String> S3 = List.of(
            "RoleARN",
            "BucketARN",
            "Prefix",
            "ErrorOutputPrefix",
            "BufferingHints",
            "CompressionFormat",
            "EncryptionConfiguration",
            "CloudWatchLoggingOptions",
            "ProcessingConfiguration",
            "S3BackupMode",
            "DataFormatConversionConfiguration",
            "DynamicPartitioningConfiguration",
            "FileExtension",
            "CustomTimeZone");

    static final Set<String> CREATE = with(
            "ExtendedS3DestinationConfiguration",
            "DeliveryStreamName",
            "DeliveryStreamType",
            "KinesisStreamSourceConfiguration",
            "Tags");
    static final Set<String> UPDATE = with(
            "ExtendedS3DestinationUpdate", "DeliveryStreamName", "CurrentDeliveryStreamVersionId", "DestinationId");
    /// A deletion never fails for want of a key grant, so there is nothing to force.
    static final Set<String> DELETE = Set.of("DeliveryStreamName", "AllowForceDelete");

    static final Set<String> DESCRIBE = Set.of("DeliveryStreamName", "Limit", "ExclusiveStartDestinationId");
    static final Set<String> LIST = Set.of("Limit", "DeliveryStreamType", "ExclusiveStartDeliveryStreamName");
    static final Set<String> PUT_RECORD = Set.of("DeliveryStreamName", "Record");
    static final Set<String> PUT_BATCH = Set.of("DeliveryStreamName", "Records");
    static final Set<String> TAG = Set.of("DeliveryStreamName", "Tags");
    static final Set<String> UNTAG = Set.of("DeliveryStreamName", "TagKeys");
    static final Set<String> LIST_TAGS = Set.of("DeliveryStreamName", "ExclusiveStartTagKey", "Limit");

    private Honoured() {}

    private static Set<String> with(String destination, String... members) {
        Set<String> all = new HashSet<>(Set.of(members));
        S3.forEach(member -> all.add(destination + "." + member));
        return Set.copyOf(all);
    }
}
