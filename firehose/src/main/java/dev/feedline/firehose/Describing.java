package dev.feedline.firehose;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.DestinationDescription;
import software.amazon.awssdk.services.firehose.model.EncryptionConfiguration;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationDescription;
import software.amazon.awssdk.services.firehose.model.NoEncryptionConfig;
import software.amazon.awssdk.services.firehose.model.S3BackupMode;
import software.amazon.awssdk.services.firehose.model.S3DestinationDescription;
import software.amazon.awssdk.services.firehose.model.SourceDescription;

/// Delivery streams in the words of the API.
final class Describing {
    /// A delivery stream has one destination; this is its id at AWS too.
    static final String DESTINATION_ID = "destinationId-000000000001";

    private Describing() {}

    static DeliveryStreamType type(DeliveryStream stream) {
        return stream.isDirect() ? DeliveryStreamType.DIRECT_PUT : DeliveryStreamType.KINESIS_STREAM_AS_SOURCE;
    }

    static DeliveryStreamDescription describe(DeliveryStream stream, String arn) {
        return DeliveryStreamDescription.builder()
                .deliveryStreamName(stream.name())
                .deliveryStreamARN(arn)
                .deliveryStreamStatus(stream.status())
                .deliveryStreamType(type(stream))
                .deliveryStreamEncryptionConfiguration(
                        encryption -> encryption.status(DeliveryStreamEncryptionStatus.DISABLED))
                .versionId(Integer.toString(stream.version()))
                .createTimestamp(stream.created())
                .lastUpdateTimestamp(stream.updated())
                .source(source(stream))
                .destinations(destination(stream.configuration()))
                .hasMoreDestinations(false)
                .build();
    }

    private static @Nullable SourceDescription source(DeliveryStream stream) {
        return stream.isDirect()
                ? null
                : SourceDescription.builder()
                        .kinesisStreamSourceDescription(kinesis -> kinesis.kinesisStreamARN(stream.source())
                                .roleARN(stream.sourceRole())
                                .deliveryStartTimestamp(stream.created()))
                        .build();
    }

    private static DestinationDescription destination(ExtendedS3DestinationConfiguration configuration) {
        return DestinationDescription.builder()
                .destinationId(DESTINATION_ID)
                .s3DestinationDescription(plain(configuration))
                .extendedS3DestinationDescription(extended(configuration))
                .build();
    }

    private static S3DestinationDescription plain(ExtendedS3DestinationConfiguration configuration) {
        return S3DestinationDescription.builder()
                .roleARN(configuration.roleARN())
                .bucketARN(configuration.bucketARN())
                .prefix(configuration.prefix())
                .errorOutputPrefix(configuration.errorOutputPrefix())
                .bufferingHints(DestinationRules.hints(configuration))
                .compressionFormat(compression(configuration))
                .encryptionConfiguration(noEncryption())
                .cloudWatchLoggingOptions(logging -> logging.enabled(false))
                .build();
    }

    private static ExtendedS3DestinationDescription extended(ExtendedS3DestinationConfiguration configuration) {
        return ExtendedS3DestinationDescription.builder()
                .roleARN(configuration.roleARN())
                .bucketARN(configuration.bucketARN())
                .prefix(configuration.prefix())
                .errorOutputPrefix(configuration.errorOutputPrefix())
                .bufferingHints(DestinationRules.hints(configuration))
                .compressionFormat(compression(configuration))
                .encryptionConfiguration(noEncryption())
                .cloudWatchLoggingOptions(logging -> logging.enabled(false))
                .processingConfiguration(configuration.processingConfiguration())
                .s3BackupMode(S3BackupMode.DISABLED)
                .dataFormatConversionConfiguration(configuration.dataFormatConversionConfiguration())
                .dynamicPartitioningConfiguration(configuration.dynamicPartitioningConfiguration())
                .fileExtension(configuration.fileExtension())
                .customTimeZone(configuration.customTimeZone())
                .build();
    }

    private static CompressionFormat compression(ExtendedS3DestinationConfiguration configuration) {
        return configuration.compressionFormat() == null
                ? CompressionFormat.UNCOMPRESSED
                : configuration.compressionFormat();
    }

    private static EncryptionConfiguration noEncryption() {
        return EncryptionConfiguration.builder()
                .noEncryptionConfig(NoEncryptionConfig.NO_ENCRYPTION)
                .build();
    }

    /// The names behind the one given, one page of them.
    static <T> List<T> page(List<T> rest, int most) {
        return rest.subList(0, Math.min(most, rest.size()));
    }

    static int limit(@Nullable Integer given, int otherwise, int most) {
        int limit = given == null ? otherwise : given;
        if (limit < 1 || limit > most) {
            throw FirehoseError.INVALID_ARGUMENT.exception("Limit is between 1 and " + most + ", not " + limit);
        }
        return limit;
    }
}
