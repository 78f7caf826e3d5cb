package dev.feedline.app;

import dev.feedline.app.Rig.Side;
import dev.feedline.kernel.Trial.Moment;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// The named moments at which the harness kills the server.
///
/// Most lie between two calls of one service to another, so they are told by the call that comes next, or that has just
/// been answered.
public enum KillPoint {
    /// S3 has committed the upload and its event; the client has no answer yet.
    COMMIT_BEFORE_ANSWER,
    /// The upload's event is in the outbox; its target has not been told.
    OUTBOX_BEFORE_DELIVERY,
    /// A chunk's records are acknowledged; its record is not there.
    RECORDS_BEFORE_CHUNK_RECORD,
    /// A chunk's record is there; the quarantine object that is derived from it is not.
    CHUNK_RECORD_BEFORE_QUARANTINE,
    /// Records are on disk; the log's index does not know them and nobody has an answer.
    SEGMENT_BEFORE_INDEX,
    /// The landing object is there; Firehose's checkpoint is the old one.
    LANDING_BEFORE_CHECKPOINT,
    /// The landing object's index is there; the lake object is not.
    INDEX_BEFORE_LAKE,
    /// The lake object is there; the job's run has not ended.
    LAKE_BEFORE_RUN_STATE,
    /// Rows and history are committed; the pipe's file still waits to be loaded.
    LOAD_BEFORE_QUEUE_DELETE,
    /// Only with the outbox switched off.
    OBJECT_BEFORE_EVENT,
    /// Only with the history in a transaction of its own.
    ROWS_BEFORE_HISTORY,
    /// Firehose is about to put; only of interest where the checkpoint is moved before.
    LANDING_NOT_PUT;

    /// The point that is reached before the call is made, if one is.
    static Optional<KillPoint> before(Side side, String operation, SdkRequest request) {
        return switch (side) {
            case S3 -> operation.equals("invoke") ? Optional.of(OUTBOX_BEFORE_DELIVERY) : Optional.empty();
            case INGEST -> key(request).flatMap(KillPoint::beforeIngestPuts);
            case FIREHOSE -> key(request).map(key -> LANDING_NOT_PUT);
            case JOB -> isLake(request) ? Optional.of(INDEX_BEFORE_LAKE) : Optional.empty();
            case GATEWAY, LAMBDA, WAREHOUSE, CONVERT -> Optional.empty();
        };
    }

    /// The point that is reached when the call has been answered, if one is.
    static Optional<KillPoint> after(Side side, SdkRequest request) {
        return switch (side) {
            case GATEWAY -> key(request).map(key -> COMMIT_BEFORE_ANSWER);
            case FIREHOSE -> key(request).map(key -> LANDING_BEFORE_CHECKPOINT);
            case JOB -> isLake(request) ? Optional.of(LAKE_BEFORE_RUN_STATE) : Optional.empty();
            case S3, INGEST, LAMBDA, WAREHOUSE, CONVERT -> Optional.empty();
        };
    }

    static KillPoint at(Moment moment) {
        return switch (moment) {
            case LOADED_BEFORE_QUEUE_DELETE -> LOAD_BEFORE_QUEUE_DELETE;
            case OBJECT_BEFORE_EVENT -> OBJECT_BEFORE_EVENT;
            case ROWS_BEFORE_HISTORY -> ROWS_BEFORE_HISTORY;
        };
    }

    private static Optional<KillPoint> beforeIngestPuts(String key) {
        if (key.contains("/chunks/")) {
            return Optional.of(RECORDS_BEFORE_CHUNK_RECORD);
        }
        return key.startsWith("ops/quarantine/") ? Optional.of(CHUNK_RECORD_BEFORE_QUARANTINE) : Optional.empty();
    }

    private static boolean isLake(SdkRequest request) {
        return request instanceof PutObjectRequest put && put.bucket().contains("lake");
    }

    private static Optional<String> key(SdkRequest request) {
        return request instanceof PutObjectRequest put ? Optional.of(put.key()) : Optional.empty();
    }
}
