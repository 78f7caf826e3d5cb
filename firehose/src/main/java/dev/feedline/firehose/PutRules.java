package dev.feedline.firehose;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.Record;

/// What may be put directly (Amazon Data Firehose, PutRecordBatch).
final class PutRules {
    static final int MOST_RECORDS = 500;
    static final int LARGEST_BATCH_BYTES = 4 * 1024 * 1024;
    static final int LARGEST_RECORD_BYTES = 1_024_000;

    private PutRules() {}

    static List<byte[]> checked(DeliveryStream stream, List<Record> records) {
        if (!stream.isDirect()) {
            throw FirehoseError.INVALID_ARGUMENT.exception(
                    "This operation is not permitted on KinesisStreamAsSource delivery stream type.");
        }
        if (stream.status() != DeliveryStreamStatus.ACTIVE) {
            throw FirehoseError.INVALID_ARGUMENT.exception(
                    "Firehose " + stream.name() + " is in state " + stream.status() + ".");
        }
        if (records.isEmpty() || records.size() > MOST_RECORDS) {
            throw FirehoseError.INVALID_ARGUMENT.exception(
                    "A batch has 1 to " + MOST_RECORDS + " records, not " + records.size());
        }
        List<byte[]> data = new ArrayList<>(records.size());
        long bytes = 0;
        for (Record record : records) {
            byte[] one = record.data().asByteArrayUnsafe();
            if (one.length > LARGEST_RECORD_BYTES) {
                throw FirehoseError.INVALID_ARGUMENT.exception("Record " + (data.size() + 1) + " has " + one.length
                        + " bytes; a record has at most " + LARGEST_RECORD_BYTES);
            }
            bytes += one.length;
            data.add(one);
        }
        if (bytes > LARGEST_BATCH_BYTES) {
            throw FirehoseError.INVALID_ARGUMENT.exception(
                    "The records have " + bytes + " bytes; a batch has at most " + LARGEST_BATCH_BYTES);
        }
        return data;
    }
}
