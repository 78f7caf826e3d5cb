package dev.feedline.kinesis;

import dev.feedline.kernel.Ground;
import dev.feedline.kinesis.log.LogRecord;
import dev.feedline.kinesis.log.SegmentLog.Slice;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;

/// Reads records: an iterator names a place in a shard, and each reading gives the iterator for the
/// next.
final class Reading {
    /// Bounds of one answer (Amazon Kinesis, GetRecords).
    static final int MOST_RECORDS = 10_000;

    static final long LARGEST_ANSWER_BYTES = 10L * 1024 * 1024;

    private final Ground ground;
    private final Streams streams;
    private final ShardIterator.Seal seal;

    Reading(Ground ground, Streams streams, ShardIterator.Seal seal) {
        this.ground = ground;
        this.streams = streams;
        this.seal = seal;
    }

    String iterator(OpenStream stream, GetShardIteratorRequest request) {
        Shard shard = stream.shard(request.shardId());
        return seal.seal(iterator(stream, shard, start(stream, shard, request)));
    }

    GetRecordsResponse records(GetRecordsRequest request) {
        int most = request.limit() == null ? MOST_RECORDS : request.limit();
        if (most < 1 || most > MOST_RECORDS) {
            throw KinesisError.VALIDATION.exception("1 validation error detected: Value '" + most
                    + "' at 'limit' failed to satisfy constraint: Member must be between 1 and " + MOST_RECORDS);
        }
        ShardIterator iterator = fresh(seal.open(request.shardIterator()));
        OpenStream stream = streamOf(iterator, request.streamARN());
        Shard shard = stream.shards().get(iterator.shard());
        if (!shard.rates().mayRead()) {
            throw KinesisError.THROUGHPUT_EXCEEDED.exception("Rate exceeded for shard " + shard.id() + " in stream "
                    + stream.row().name() + " under account " + stream.arn().account() + ".");
        }
        Slice slice = read(shard, iterator.next(), most);
        shard.rates()
                .read(slice.records().stream()
                        .mapToLong(record -> record.data().length)
                        .sum());
        return GetRecordsResponse.builder()
                .records(slice.records().stream()
                        .map(record -> record(shard, record))
                        .toList())
                .nextShardIterator(seal.seal(iterator(stream, shard, slice.next())))
                .millisBehindLatest(millisBehind(slice))
                .build();
    }

    private long start(OpenStream stream, Shard shard, GetShardIteratorRequest request) {
        return switch (request.shardIteratorType()) {
            case TRIM_HORIZON -> horizon(stream, shard);
            case LATEST -> shard.log().next();
            case AT_SEQUENCE_NUMBER -> Math.max(1, index(shard, request.startingSequenceNumber()));
            case AFTER_SEQUENCE_NUMBER -> index(shard, request.startingSequenceNumber()) + 1;
            case AT_TIMESTAMP -> since(shard, moment(request.timestamp()));
            case UNKNOWN_TO_SDK_VERSION ->
                throw KinesisError.VALIDATION.exception("Invalid ShardIteratorType: "
                        + request.shardIteratorTypeAsString()
                        + "; it is one of TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER,"
                        + " AT_TIMESTAMP");
        };
    }

    /// The oldest record within retention; segments are deleted whole, so older ones may still be
    /// there.
    private long horizon(OpenStream stream, Shard shard) {
        return since(
                shard,
                ground.clock()
                        .instant()
                        .minus(Duration.ofHours(stream.row().retentionHours()))
                        .toEpochMilli());
    }

    private long moment(@Nullable Instant timestamp) {
        if (timestamp == null) {
            throw KinesisError.INVALID_ARGUMENT.exception(
                    "Must specify timestamp parameter for iterator type AT_TIMESTAMP.");
        }
        if (timestamp.isAfter(ground.clock().instant())) {
            throw KinesisError.INVALID_ARGUMENT.exception(
                    "The timestampInMillis parameter cannot be greater than the current time in milliseconds.");
        }
        return timestamp.toEpochMilli();
    }

    private static long index(Shard shard, @Nullable String sequenceNumber) {
        if (sequenceNumber == null) {
            throw KinesisError.INVALID_ARGUMENT.exception(
                    "Must specify a StartingSequenceNumber for this iterator type.");
        }
        SequenceNumber number = SequenceNumber.tryParse(sequenceNumber)
                .orElseThrow(() -> KinesisError.INVALID_ARGUMENT.exception(
                        "StartingSequenceNumber " + sequenceNumber + " is not a sequence number."));
        if (number.shard() != shard.row().number()) {
            throw KinesisError.INVALID_ARGUMENT.exception("Invalid StartingSequenceNumber. It encodes "
                    + "shardId-%012d".formatted(number.shard())
                    + ", while it was used in a call to a shard with " + shard.id());
        }
        if (number.createdSecond() != shard.createdSecond()) {
            throw KinesisError.INVALID_ARGUMENT.exception("Invalid StartingSequenceNumber. " + sequenceNumber
                    + " belongs to an earlier stream of this name.");
        }
        if (number.index() >= shard.log().next()) {
            throw KinesisError.INVALID_ARGUMENT.exception("Invalid StartingSequenceNumber. " + sequenceNumber
                    + " is greater than the last record of " + shard.id() + ".");
        }
        return number.index();
    }

    private ShardIterator fresh(ShardIterator iterator) {
        long age = ground.clock().millis() - iterator.issuedMillis();
        if (age > ShardIterator.LIFE_MILLIS) {
            throw KinesisError.EXPIRED_ITERATOR.exception("Iterator expired. The iterator was created "
                    + age / 1000 + " seconds ago, while iterators live " + ShardIterator.LIFE_MILLIS / 1000
                    + " seconds.");
        }
        return iterator;
    }

    private OpenStream streamOf(ShardIterator iterator, @Nullable String arn) {
        OpenStream stream = streams.byId(iterator.streamId());
        if (arn != null && !stream.arn().toString().equals(arn)) {
            throw KinesisError.INVALID_ARGUMENT.exception(
                    "The ShardIterator belongs to " + stream.arn() + ", StreamARN is " + arn);
        }
        return stream;
    }

    private ShardIterator iterator(OpenStream stream, Shard shard, long next) {
        return new ShardIterator(
                stream.row().id(), shard.row().number(), next, ground.clock().millis());
    }

    private long millisBehind(Slice slice) {
        if (slice.next() >= slice.tip() || slice.records().isEmpty()) {
            return 0;
        }
        return Math.max(0, ground.clock().millis() - slice.records().getLast().arrivalMillis());
    }

    private static Record record(Shard shard, LogRecord record) {
        return Record.builder()
                .sequenceNumber(shard.sequenceNumber(record.index(), record.arrivalMillis())
                        .toString())
                .approximateArrivalTimestamp(Instant.ofEpochMilli(record.arrivalMillis()))
                .partitionKey(record.partitionKey())
                .data(SdkBytes.fromByteArrayUnsafe(record.data()))
                .build();
    }

    private static Slice read(Shard shard, long from, int most) {
        try {
            return shard.log().read(from, most, LARGEST_ANSWER_BYTES);
        } catch (IOException e) {
            throw failed(shard, e);
        }
    }

    private static long since(Shard shard, long millis) {
        try {
            return shard.log().firstSince(millis);
        } catch (IOException e) {
            throw failed(shard, e);
        }
    }

    private static RuntimeException failed(Shard shard, IOException e) {
        return KinesisError.INTERNAL_FAILURE.exception(
                "Shard " + shard.id() + " could not be read: " + e.getMessage(), e);
    }
}
