package dev.feedline.kinesis;

import dev.feedline.kinesis.log.Entry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/// What a record must be to be put (Amazon Kinesis, PutRecords).
final class RecordRules {
    static final int MOST_RECORDS = 500;
    static final int LARGEST_REQUEST_BYTES = 10 * 1024 * 1024;
    static final int LONGEST_KEY = 256;

    private RecordRules() {}

    /// The request's records, or the reason why none of them is put.
    static List<Outgoing> checked(OpenStream stream, PutRecordsRequest request) {
        int count = request.records().size();
        if (count < 1 || count > MOST_RECORDS) {
            throw KinesisError.VALIDATION.exception("1 validation error detected: Value at 'records' failed to satisfy"
                    + " constraint: Member must have length between 1 and " + MOST_RECORDS + ", not " + count);
        }
        List<Outgoing> records = new ArrayList<>(count);
        long bytes = 0;
        for (PutRecordsRequestEntry entry : request.records()) {
            String place = "records." + (records.size() + 1) + ".member.";
            Outgoing record = checked(stream, entry.partitionKey(), entry.explicitHashKey(), entry.data(), place);
            records.add(record);
            bytes += record.bytes();
        }
        if (bytes > LARGEST_REQUEST_BYTES) {
            throw KinesisError.INVALID_ARGUMENT.exception(
                    "Records size exceeds 10 MB limit: " + bytes + " bytes with the partition keys");
        }
        return records;
    }

    static Outgoing checked(
            OpenStream stream, String partitionKey, @Nullable String explicitHashKey, SdkBytes data, String place) {
        int length = partitionKey.codePointCount(0, partitionKey.length());
        if (length < 1 || length > LONGEST_KEY) {
            throw KinesisError.VALIDATION.exception("1 validation error detected: Value at '" + place
                    + "partitionKey' failed to satisfy constraint: Member must have length between 1 and "
                    + LONGEST_KEY + ", not " + length);
        }
        Entry entry = Entry.of(partitionKey, data.asByteArrayUnsafe());
        Outgoing record = new Outgoing(hashKey(partitionKey, explicitHashKey), entry);
        if (record.bytes() > stream.row().maxRecordKib() * 1024) {
            throw KinesisError.VALIDATION.exception("1 validation error detected: Value at '" + place
                    + "data' failed to satisfy constraint: Member must have length less than or equal to "
                    + stream.row().maxRecordKib() * 1024 + " with its partition key, not " + record.bytes());
        }
        return record;
    }

    /// Records of one shard are always ordered here; the number only has to be one.
    static void checkSequenceNumber(@Nullable String sequenceNumberForOrdering) {
        if (sequenceNumberForOrdering != null
                && SequenceNumber.tryParse(sequenceNumberForOrdering).isEmpty()) {
            throw KinesisError.INVALID_ARGUMENT.exception(
                    "Invalid SequenceNumberForOrdering: " + sequenceNumberForOrdering);
        }
    }

    private static BigInteger hashKey(String partitionKey, @Nullable String explicitHashKey) {
        if (explicitHashKey == null) {
            return HashKeys.of(partitionKey);
        }
        if (explicitHashKey.matches("0|[1-9]\\d{0,38}")) {
            BigInteger key = new BigInteger(explicitHashKey);
            if (key.compareTo(HashKeys.LAST) <= 0) {
                return key;
            }
        }
        throw KinesisError.INVALID_ARGUMENT.exception("Invalid ExplicitHashKey. ExplicitHashKey must be in the range:"
                + " [0, 2^128-1]. Specified value was " + explicitHashKey);
    }
}
