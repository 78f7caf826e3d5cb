package dev.feedline.feeds;

import dev.feedline.convert.ConversionReport;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.sim.SimContext;
import dev.feedline.kernel.sim.SimulatedClock;
import dev.feedline.rows.Schema;
import dev.feedline.testkit.InMemoryGlue;
import dev.feedline.testkit.InMemoryKinesis;
import dev.feedline.testkit.InMemoryLambda;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// The pipeline over clients in maps, one step at a time: nothing happens that a test does not do.
final class SmallPipeline {
    final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z"));
    final InMemoryS3 s3 = new InMemoryS3(clock);
    final InMemoryKinesis kinesis = new InMemoryKinesis(clock);
    final InMemoryGlue glue = new InMemoryGlue(clock);
    final InMemoryLambda lambda = new InMemoryLambda();
    private int taken;

    SmallPipeline(FeedSettings settings, Schema declared) {
        for (String bucket : List.of("feedline-source", "feedline-landing", "feedline-lake")) {
            s3.createBucket(request -> request.bucket(bucket));
        }
        s3.putBucketVersioning(request -> request.bucket("feedline-source")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        glue.createTable(request -> request.databaseName(Names.CATALOG_DATABASE)
                .tableInput(FeedTable.create("orders", settings, declared, "s3://feedline-lake/data/orders/")));
        kinesis.createStream(request -> request.streamName("feedline-orders"));
    }

    /// Uploads and ingests; the receipt, when there is one.
    Receipt ingest(String key, byte[] content) throws IOException {
        SourceVersion version = upload(key, content);
        ingest(S3Events.write(new S3Events.ObjectReference("feedline-source", key, version.versionId())), 900_000);
        return receipt(version.fileId());
    }

    SourceVersion upload(String key, byte[] content) {
        String version = s3.putObject(
                        request -> request.bucket("feedline-source").key(key), RequestBody.fromBytes(content))
                .versionId();
        var head = s3.headObject(
                request -> request.bucket("feedline-source").key(key).versionId(version));
        return new SourceVersion(
                "feedline-source", key, version, head.eTag(), head.contentLength(), head.lastModified());
    }

    String ingest(byte[] event, int remainingMillis) throws IOException {
        return ingest(event, remainingMillis, IngestSettings.DEFAULT);
    }

    String ingest(byte[] event, int remainingMillis, IngestSettings bounds) throws IOException {
        return invoke(ingestFunction(bounds), event, remainingMillis);
    }

    IngestFunction ingestFunction(IngestSettings bounds) {
        return new IngestFunction(s3, kinesis, glue, lambda, Buckets.EMBEDDED, bounds, clock, clock::advance);
    }

    static String invoke(IngestFunction function, byte[] event, int remainingMillis) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event), answer, new SimContext(Names.INGEST_FUNCTION, remainingMillis));
        return answer.toString(StandardCharsets.UTF_8);
    }

    Receipt receipt(String fileId) throws IOException {
        return Receipt.read(new ByteArrayInputStream(landing(Names.receipt(fileId))));
    }

    byte[] landing(String key) {
        return s3.getObjectAsBytes(request -> request.bucket("feedline-landing").key(key))
                .asByteArray();
    }

    /// Everything on the stream since the last time, as one landing object.
    void deliver() {
        String iterator = kinesis.getShardIterator(request -> request.streamName("feedline-orders")
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(Integer.toString(taken)))
                .shardIterator();
        List<Record> records =
                kinesis.getRecords(request -> request.shardIterator(iterator)).records();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        records.forEach(record -> body.writeBytes(record.data().asByteArray()));
        String key = Keys.data("orders") + "delivery-" + taken;
        taken += records.size();
        s3.putObject(request -> request.bucket("feedline-landing").key(key), RequestBody.fromBytes(body.toByteArray()));
    }

    /// Puts a record on the stream as another producer would.
    void stream(String data) {
        kinesis.putRecords(request -> request.streamName("feedline-orders")
                .records(entry -> entry.partitionKey("other").data(SdkBytes.fromUtf8String(data))));
    }

    ConversionReport convert() throws IOException {
        return new ConversionJob(s3, glue, lambda, Buckets.EMBEDDED).run();
    }

    List<StoredObject> lake() {
        return s3.objects("feedline-lake");
    }
}
