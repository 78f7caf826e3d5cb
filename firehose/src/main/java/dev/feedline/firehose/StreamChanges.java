package dev.feedline.firehose;

import dev.feedline.kernel.Ground;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationUpdate;
import software.amazon.awssdk.services.firehose.model.KinesisStreamSourceConfiguration;
import software.amazon.awssdk.services.firehose.model.UpdateDestinationRequest;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

/// Creates and changes delivery streams, once the request is found right.
final class StreamChanges {
    private final Ground ground;
    private final Catalog catalog;
    private final KinesisClient kinesis;

    StreamChanges(Ground ground, Catalog catalog, KinesisClient kinesis) {
        this.ground = ground;
        this.catalog = catalog;
        this.kinesis = kinesis;
    }

    DeliveryStream create(CreateDeliveryStreamRequest request) {
        String name = request.deliveryStreamName();
        if (!name.matches("[a-zA-Z0-9_.-]{1,64}")) {
            throw FirehoseError.INVALID_ARGUMENT.exception(
                    "DeliveryStreamName " + name + " does not match [a-zA-Z0-9_.-]{1,64}");
        }
        if (request.extendedS3DestinationConfiguration() == null) {
            throw FirehoseError.INVALID_ARGUMENT.exception("ExtendedS3DestinationConfiguration is missing");
        }
        DestinationRules.checked(request.extendedS3DestinationConfiguration());
        KinesisStreamSourceConfiguration source = source(request);
        return catalog.add(
                name,
                source == null ? null : source.kinesisStreamARN(),
                source == null ? null : source.roleARN(),
                request.extendedS3DestinationConfiguration(),
                Tagging.checked(request.tags()),
                ground.clock().instant(),
                EmbeddedFirehose.MOST_STREAMS);
    }

    DeliveryStream update(UpdateDestinationRequest request) {
        DeliveryStream stream = catalog.require(request.deliveryStreamName());
        if (stream.status() != DeliveryStreamStatus.ACTIVE) {
            throw FirehoseError.RESOURCE_IN_USE.exception(
                    "Firehose " + stream.name() + " is in state " + stream.status() + ".");
        }
        if (!request.destinationId().equals(Describing.DESTINATION_ID)) {
            throw FirehoseError.INVALID_ARGUMENT.exception("Destination Id " + request.destinationId() + " not found");
        }
        if (request.extendedS3DestinationUpdate() == null) {
            throw FirehoseError.INVALID_ARGUMENT.exception("ExtendedS3DestinationUpdate is missing");
        }
        ExtendedS3DestinationConfiguration merged =
                merged(stream.configuration(), request.extendedS3DestinationUpdate());
        DestinationRules.checked(merged);
        return catalog.change(
                stream.name(),
                version(request.currentDeliveryStreamVersionId()),
                merged,
                ground.clock().instant());
    }

    private @Nullable KinesisStreamSourceConfiguration source(CreateDeliveryStreamRequest request) {
        KinesisStreamSourceConfiguration source = request.kinesisStreamSourceConfiguration();
        DeliveryStreamType type =
                request.deliveryStreamType() == null ? DeliveryStreamType.DIRECT_PUT : request.deliveryStreamType();
        return switch (type) {
            case DIRECT_PUT -> {
                if (source != null) {
                    throw FirehoseError.INVALID_ARGUMENT.exception(
                            "KinesisStreamSourceConfiguration needs DeliveryStreamType KinesisStreamAsSource");
                }
                yield null;
            }
            case KINESIS_STREAM_AS_SOURCE -> {
                if (source == null) {
                    throw FirehoseError.INVALID_ARGUMENT.exception("KinesisStreamSourceConfiguration is missing");
                }
                yield existing(source);
            }
            case MSK_AS_SOURCE, DATABASE_AS_SOURCE, UNKNOWN_TO_SDK_VERSION ->
                throw FirehoseError.INVALID_ARGUMENT.exception("DeliveryStreamType "
                        + request.deliveryStreamTypeAsString()
                        + " is not supported by Feedline; it is DirectPut or KinesisStreamAsSource");
        };
    }

    private KinesisStreamSourceConfiguration existing(KinesisStreamSourceConfiguration source) {
        try {
            kinesis.describeStreamSummary(request -> request.streamARN(source.kinesisStreamARN()));
            return source;
        } catch (KinesisException e) {
            if (e.statusCode() >= 500) {
                throw e;
            }
            throw FirehoseError.INVALID_ARGUMENT.exception(
                    "KinesisStreamARN " + source.kinesisStreamARN() + " cannot be read: "
                            + e.awsErrorDetails().errorMessage(),
                    e);
        }
    }

    /// What the update gives replaces what was configured; all else stays (Amazon Data Firehose,
    /// UpdateDestination).
    private static ExtendedS3DestinationConfiguration merged(
            ExtendedS3DestinationConfiguration configured, ExtendedS3DestinationUpdate update) {
        ExtendedS3DestinationConfiguration.Builder builder = configured.toBuilder();
        for (SdkField<?> field : update.sdkFields()) {
            Object given = field.getValueOrDefault(update);
            if (given != null) {
                set((SdkPojo) builder, field.memberName(), given);
            }
        }
        return builder.build();
    }

    private static void set(SdkPojo builder, String member, Object value) {
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.memberName().equals(member)) {
                field.set(builder, value);
            }
        }
    }

    private static int version(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw FirehoseError.INVALID_ARGUMENT.exception(
                    "CurrentDeliveryStreamVersionId " + text + " is not a version");
        }
        return Integer.parseInt(text);
    }
}
