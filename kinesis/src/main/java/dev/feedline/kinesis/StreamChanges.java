package dev.feedline.kinesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.StreamMode;

/// Creates, changes and deletes streams, once the request is found right.
final class StreamChanges {
    static final int MOST_ON_DEMAND_STREAMS = 50;
    /// An on-demand stream begins with four shards (Amazon Kinesis, Choose the right mode).
    static final int ON_DEMAND_SHARDS = 4;
    /// Bounds of MaxRecordSizeInKiB (Amazon Kinesis, UpdateMaxRecordSize).
    static final int SMALLEST_MAX_RECORD_KIB = 1024;

    static final int LARGEST_MAX_RECORD_KIB = 10_240;

    private final Streams streams;

    StreamChanges(Streams streams) {
        this.streams = streams;
    }

    void create(CreateStreamRequest request) {
        String name = request.streamName();
        if (!name.matches("[a-zA-Z0-9_.-]{1,128}")) {
            throw KinesisError.VALIDATION.exception("1 validation error detected: Value '" + name
                    + "' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression"
                    + " pattern: [a-zA-Z0-9_.-]+ and have length between 1 and 128");
        }
        StreamMode mode = mode(request);
        int maxRecordKib =
                request.maxRecordSizeInKiB() == null ? SMALLEST_MAX_RECORD_KIB : request.maxRecordSizeInKiB();
        if (maxRecordKib < SMALLEST_MAX_RECORD_KIB || maxRecordKib > LARGEST_MAX_RECORD_KIB) {
            throw KinesisError.VALIDATION.exception("MaxRecordSizeInKiB is between " + SMALLEST_MAX_RECORD_KIB + " and "
                    + LARGEST_MAX_RECORD_KIB + ", not " + maxRecordKib);
        }
        Tagging.check(request.tags());
        try {
            streams.create(name, mode, shards(request, mode), maxRecordKib, request.tags());
        } catch (IOException e) {
            throw new UncheckedIOException("Stream " + name + " could not be created: " + e.getMessage(), e);
        }
    }

    void delete(OpenStream stream) {
        try {
            streams.delete(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Stream " + stream.row().name() + " could not be deleted: " + e.getMessage(), e);
        }
    }

    /// The same number of hours is accepted: Terraform sends it after every creation.
    void increaseRetention(OpenStream stream, int hours) {
        stream.requireActive();
        if (hours < stream.row().retentionHours() || hours > Retention.LONGEST_HOURS) {
            throw KinesisError.INVALID_ARGUMENT.exception("Requested retention period (" + hours
                    + " hours) for stream " + stream.row().name() + " is between its present one ("
                    + stream.row().retentionHours() + " hours) and " + Retention.LONGEST_HOURS + " hours.");
        }
        streams.setRetention(stream, hours);
    }

    void decreaseRetention(OpenStream stream, int hours) {
        stream.requireActive();
        if (hours > stream.row().retentionHours() || hours < Retention.SHORTEST_HOURS) {
            throw KinesisError.INVALID_ARGUMENT.exception("Requested retention period (" + hours
                    + " hours) for stream " + stream.row().name() + " is between " + Retention.SHORTEST_HOURS
                    + " hours and its present one (" + stream.row().retentionHours() + " hours).");
        }
        streams.setRetention(stream, hours);
    }

    private static StreamMode mode(CreateStreamRequest request) {
        if (request.streamModeDetails() == null) {
            return StreamMode.PROVISIONED;
        }
        StreamMode mode = request.streamModeDetails().streamMode();
        if (mode == StreamMode.UNKNOWN_TO_SDK_VERSION) {
            throw KinesisError.VALIDATION.exception("StreamMode is PROVISIONED or ON_DEMAND, not "
                    + request.streamModeDetails().streamModeAsString());
        }
        return mode;
    }

    private int shards(CreateStreamRequest request, StreamMode mode) {
        Integer given = request.shardCount();
        if (mode == StreamMode.ON_DEMAND) {
            if (given != null) {
                throw KinesisError.INVALID_ARGUMENT.exception("ShardCount cannot be given for an ON_DEMAND stream.");
            }
            long others = streams.all().stream()
                    .filter(stream -> stream.row().mode() == StreamMode.ON_DEMAND)
                    .count();
            if (others >= MOST_ON_DEMAND_STREAMS) {
                throw KinesisError.LIMIT_EXCEEDED.exception(
                        "There are " + others + " on-demand streams, the most an account may have.");
            }
            return ON_DEMAND_SHARDS;
        }
        if (given == null || given < 1) {
            throw KinesisError.INVALID_ARGUMENT.exception(
                    "ShardCount of a PROVISIONED stream is at least 1, not " + given);
        }
        return given;
    }
}
