package dev.feedline.firehose;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.NoEncryptionConfig;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.S3BackupMode;

/// Makes a [Destination] of what a client configured, or says which member stands against it.
final class DestinationRules {
    /// Bounds and defaults of BufferingHints (Amazon Data Firehose API).
    static final int LARGEST_SIZE_MB = 128;

    static final int DEFAULT_SIZE_MB = 5;
    static final int LONGEST_INTERVAL_SECONDS = 900;
    static final int DEFAULT_INTERVAL_SECONDS = 300;
    private static final String BUCKET_ARN = "arn:aws:s3:::";

    private DestinationRules() {}

    static Destination checked(ExtendedS3DestinationConfiguration given) {
        refuseWhatIsOff(given);
        BufferingHints hints = hints(given);
        Compression compression = given.compressionFormat() == null
                ? Compression.UNCOMPRESSED
                : Compression.of(given.compressionFormat(), given.compressionFormatAsString());
        if (given.errorOutputPrefix() != null) {
            PrefixExpression.ofErrors(given.errorOutputPrefix());
        }
        return new Destination(
                bucket(given.bucketARN()),
                PrefixExpression.ofData(given.prefix() == null ? "" : given.prefix()),
                zone(given),
                hints.sizeInMBs() * 1024L * 1024,
                Duration.ofSeconds(hints.intervalInSeconds()),
                compression,
                delimiter(given),
                extension(given, compression));
    }

    /// The hints with their defaults.
    static BufferingHints hints(ExtendedS3DestinationConfiguration given) {
        BufferingHints hints = given.bufferingHints();
        if (hints == null || (hints.sizeInMBs() == null && hints.intervalInSeconds() == null)) {
            return BufferingHints.builder()
                    .sizeInMBs(DEFAULT_SIZE_MB)
                    .intervalInSeconds(DEFAULT_INTERVAL_SECONDS)
                    .build();
        }
        if (hints.sizeInMBs() == null || hints.intervalInSeconds() == null) {
            throw refused("BufferingHints has both SizeInMBs and IntervalInSeconds, or neither");
        }
        if (hints.sizeInMBs() < 1 || hints.sizeInMBs() > LARGEST_SIZE_MB) {
            throw refused("SizeInMBs is between 1 and " + LARGEST_SIZE_MB + ", not " + hints.sizeInMBs());
        }
        if (hints.intervalInSeconds() < 0 || hints.intervalInSeconds() > LONGEST_INTERVAL_SECONDS) {
            throw refused("IntervalInSeconds is between 0 and " + LONGEST_INTERVAL_SECONDS + ", not "
                    + hints.intervalInSeconds());
        }
        return hints;
    }

    /// Parts that may be present as long as they are switched off, as Terraform sends them.
    private static void refuseWhatIsOff(ExtendedS3DestinationConfiguration given) {
        if (given.cloudWatchLoggingOptions() != null
                && Boolean.TRUE.equals(given.cloudWatchLoggingOptions().enabled())) {
            throw unsupported("CloudWatchLoggingOptions");
        }
        if (given.encryptionConfiguration() != null
                && (given.encryptionConfiguration().kmsEncryptionConfig() != null
                        || given.encryptionConfiguration().noEncryptionConfig() != NoEncryptionConfig.NO_ENCRYPTION)) {
            throw unsupported("EncryptionConfiguration other than NoEncryption");
        }
        if (given.s3BackupMode() != null && given.s3BackupMode() != S3BackupMode.DISABLED) {
            throw unsupported("S3BackupMode " + given.s3BackupModeAsString());
        }
        if (given.dataFormatConversionConfiguration() != null
                && !Boolean.FALSE.equals(
                        given.dataFormatConversionConfiguration().enabled())) {
            throw unsupported("DataFormatConversionConfiguration");
        }
        if (given.dynamicPartitioningConfiguration() != null
                && !Boolean.FALSE.equals(
                        given.dynamicPartitioningConfiguration().enabled())) {
            throw unsupported("DynamicPartitioningConfiguration");
        }
    }

    private static String bucket(String arn) {
        if (!arn.startsWith(BUCKET_ARN) || arn.length() == BUCKET_ARN.length() || arn.contains("/")) {
            throw refused("BucketARN is arn:aws:s3:::BUCKET, not " + arn);
        }
        return arn.substring(BUCKET_ARN.length());
    }

    private static ZoneId zone(ExtendedS3DestinationConfiguration given) {
        if (given.customTimeZone() == null || given.customTimeZone().equals("UTC")) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(given.customTimeZone());
        } catch (DateTimeException e) {
            throw refused("CustomTimeZone " + given.customTimeZone() + " is not a time zone");
        }
    }

    private static String extension(ExtendedS3DestinationConfiguration given, Compression compression) {
        String extension = given.fileExtension();
        if (extension == null || extension.isEmpty()) {
            return compression.extension();
        }
        if (extension.length() > 128 || !extension.matches("\\.[0-9a-z!\\-_.*'()]+")) {
            throw refused("FileExtension " + extension + " does not match ^$|\\.[0-9a-z!\\-_.*'()]+");
        }
        return extension;
    }

    private static String delimiter(ExtendedS3DestinationConfiguration given) {
        if (given.processingConfiguration() == null
                || !Boolean.TRUE.equals(given.processingConfiguration().enabled())) {
            return "";
        }
        List<Processor> processors = given.processingConfiguration().processors();
        for (Processor processor : processors) {
            if (processor.type() != ProcessorType.APPEND_DELIMITER_TO_RECORD) {
                throw unsupported("Processor " + processor.typeAsString());
            }
        }
        if (processors.size() > 1) {
            throw refused("There is at most one processor of a type");
        }
        return processors.isEmpty() ? "" : delimiter(processors.getFirst());
    }

    /// Tools write the delimiter as a backslash and an n.
    private static String delimiter(Processor processor) {
        for (ProcessorParameter parameter : processor.parameters()) {
            if (parameter.parameterName() != ProcessorParameterName.DELIMITER) {
                throw unsupported("ProcessorParameter " + parameter.parameterNameAsString());
            }
        }
        return Optional.of(processor.parameters())
                .filter(parameters -> !parameters.isEmpty())
                .map(parameters -> parameters.getFirst().parameterValue())
                .orElse("\\n")
                .replace("\\n", "\n");
    }

    private static RuntimeException unsupported(String what) {
        return refused(what + " is not supported by Feedline");
    }

    private static RuntimeException refused(String message) {
        return FirehoseError.INVALID_ARGUMENT.exception(message);
    }
}
