package dev.feedline.testkit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.CreateStreamResponse;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/// Kinesis as far as the pipeline uses it: streams of one shard, `PutRecords` with partial failure, reading from a
/// place.
///
/// An iterator is the name of the stream and the position of the next record. Not safe for several threads.
public final class InMemoryKinesis implements KinesisClient {
    private static final String SHARD = "shardId-000000000000";
    private static final int MOST_RECORDS_A_CALL = 500;

    private final InstantSource clock;
    private final Map<String, List<Record>> streams = new HashMap<>();
    private BooleanSupplier refusing = () -> false;

    public InMemoryKinesis(InstantSource clock) {
        this.clock = clock;
    }

    /// Asked once for each record put: true refuses it as throttled.
    public void refuseWhen(BooleanSupplier refusing) {
        this.refusing = refusing;
    }

    @Override
    public CreateStreamResponse createStream(CreateStreamRequest request) {
        streams.putIfAbsent(request.streamName(), new ArrayList<>());
        return CreateStreamResponse.builder().build();
    }

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
        if (request.records().size() > MOST_RECORDS_A_CALL) {
            throw new IllegalArgumentException(
                    "PutRecords takes 500 records, not " + request.records().size());
        }
        List<PutRecordsResultEntry> results = request.records().stream()
                .map(entry -> put(stream(request.streamName()), entry))
                .toList();
        int failed = (int)
                results.stream().filter(result -> result.errorCode() != null).count();
        return PutRecordsResponse.builder()
                .records(results)
                .failedRecordCount(failed)
                .build();
    }

    private PutRecordsResultEntry put(List<Record> stream, PutRecordsRequestEntry entry) {
        if (refusing.getAsBoolean()) {
            return PutRecordsResultEntry.builder()
                    .errorCode("ProvisionedThroughputExceededException")
                    .errorMessage("Rate exceeded for shard " + SHARD)
                    .build();
        }
        String number = Integer.toString(stream.size());
        stream.add(Record.builder()
                .data(entry.data())
                .partitionKey(entry.partitionKey())
                .sequenceNumber(number)
                .approximateArrivalTimestamp(clock.instant())
                .build());
        return PutRecordsResultEntry.builder()
                .shardId(SHARD)
                .sequenceNumber(number)
                .build();
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
        int position = switch (request.shardIteratorType()) {
            case TRIM_HORIZON -> 0;
            case AT_SEQUENCE_NUMBER -> Integer.parseInt(request.startingSequenceNumber());
            case AFTER_SEQUENCE_NUMBER -> Integer.parseInt(request.startingSequenceNumber()) + 1;
            case LATEST -> stream(request.streamName()).size();
            case AT_TIMESTAMP, UNKNOWN_TO_SDK_VERSION -> throw unsupported(request.shardIteratorType());
        };
        return GetShardIteratorResponse.builder()
                .shardIterator(request.streamName() + "/" + position)
                .build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
        String[] iterator = request.shardIterator().split("/", -1);
        List<Record> stream = stream(iterator[0]);
        int from = Integer.parseInt(iterator[1]);
        int limit = Optional.ofNullable(request.limit()).orElse(10_000);
        int to = Math.min(stream.size(), from + limit);
        return GetRecordsResponse.builder()
                .records(stream.subList(from, to))
                .nextShardIterator(iterator[0] + "/" + to)
                .millisBehindLatest(0L)
                .build();
    }

    private List<Record> stream(String name) {
        return Optional.ofNullable(streams.get(name))
                .orElseThrow(() -> ResourceNotFoundException.builder()
                        .statusCode(400)
                        .message("Stream " + name + " not found")
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ResourceNotFoundException")
                                .errorMessage("Stream " + name + " under account 000000000000 not found.")
                                .build())
                        .build());
    }

    private static IllegalArgumentException unsupported(ShardIteratorType type) {
        return new IllegalArgumentException("the in-memory stream has no iterator of type " + type);
    }

    @Override
    public String serviceName() {
        return "kinesis";
    }

    @Override
    public void close() {}
}
