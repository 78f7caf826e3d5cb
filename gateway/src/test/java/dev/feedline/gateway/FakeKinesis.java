package dev.feedline.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/// One stream that remembers what was put; every other stream is not found.
final class FakeKinesis implements KinesisClient {
    static final Instant ARRIVAL = Instant.parse("2026-11-22T10:11:12.345Z");

    final List<Record> records = new ArrayList<>();

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
        List<PutRecordsResultEntry> results = new ArrayList<>();
        request.records().forEach(entry -> {
            String number = Integer.toString(records.size());
            records.add(Record.builder()
                    .data(entry.data())
                    .partitionKey(entry.partitionKey())
                    .sequenceNumber(number)
                    .approximateArrivalTimestamp(ARRIVAL)
                    .build());
            results.add(PutRecordsResultEntry.builder()
                    .sequenceNumber(number)
                    .shardId("shardId-000000000000")
                    .build());
        });
        return PutRecordsResponse.builder()
                .failedRecordCount(0)
                .records(results)
                .build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
        return GetRecordsResponse.builder()
                .records(records)
                .millisBehindLatest(0L)
                .nextShardIterator(request.shardIterator())
                .build();
    }

    @Override
    public DescribeStreamSummaryResponse describeStreamSummary(DescribeStreamSummaryRequest request) {
        throw ResourceNotFoundException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ResourceNotFoundException")
                        .errorMessage("Stream " + request.streamName() + " under account 000000000000 not found.")
                        .build())
                .build();
    }

    @Override
    public String serviceName() {
        return "kinesis";
    }

    @Override
    public void close() {}
}
