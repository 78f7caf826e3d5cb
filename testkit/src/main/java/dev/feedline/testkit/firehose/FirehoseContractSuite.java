package dev.feedline.testkit.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.ConcurrentModificationException;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.Tag;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// What Data Firehose does for a client, whoever implements it. Deliveries must have been started.
public abstract class FirehoseContractSuite {
    private static final String ROLE = "arn:aws:iam::000000000000:role/firehose";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private String name = "unset";
    private String bucket = "unset";

    protected abstract FirehoseClient client();

    protected abstract KinesisClient kinesis();

    protected abstract S3Client s3();

    @BeforeEach
    void chooseNames() {
        name = "d-" + UUID.randomUUID();
        bucket = "b-" + UUID.randomUUID();
        s3().createBucket(request -> request.bucket(bucket));
    }

    @Test
    void aNewDeliveryStreamIsDescribedWithItsDefaults() {
        createDirect(it -> {});

        DeliveryStreamDescription description = describe();
        assertThat(description.deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);
        assertThat(description.deliveryStreamARN()).endsWith(":deliverystream/" + name);
        assertThat(description.deliveryStreamType()).isEqualTo(DeliveryStreamType.DIRECT_PUT);
        assertThat(description.versionId()).isEqualTo("1");
        assertThat(description.hasMoreDestinations()).isFalse();
        var destination = description.destinations().getFirst();
        assertThat(destination.destinationId()).isEqualTo("destinationId-000000000001");
        var s3 = destination.extendedS3DestinationDescription();
        assertThat(s3.bucketARN()).isEqualTo("arn:aws:s3:::" + bucket);
        assertThat(s3.bufferingHints().sizeInMBs()).isEqualTo(5);
        assertThat(s3.bufferingHints().intervalInSeconds()).isEqualTo(300);
        assertThat(s3.compressionFormat()).isEqualTo(CompressionFormat.UNCOMPRESSED);
    }

    @Test
    void aDescriptionNamesTheSourceStream() {
        String arn = createWithSource(1, it -> {});

        DeliveryStreamDescription description = describe();
        assertThat(description.deliveryStreamType()).isEqualTo(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE);
        assertThat(description.source().kinesisStreamSourceDescription().kinesisStreamARN())
                .isEqualTo(arn);
        assertThat(description.source().kinesisStreamSourceDescription().deliveryStartTimestamp())
                .isNotNull();
    }

    @Test
    void recordsOfAStreamArriveConcatenatedAsTheyWere() {
        createWithSource(1, FirehoseContractSuite::zeroBuffering);
        putIntoStream(List.of("{\"a\":1}\n", "abc", "{\"b\":2}\n"));

        assertThat(delivered(18)).isEqualTo("{\"a\":1}\nabc{\"b\":2}\n");
    }

    @Test
    void whatWasInTheStreamBeforeIsDeliveredToo() {
        createStream(2);
        putIntoStream(List.of("1\n", "2\n"));
        create(FirehoseContractSuite::zeroBuffering, name);

        assertThat(delivered(4).lines()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void everyRecordOfEveryShardArrivesOnce() {
        createWithSource(3, FirehoseContractSuite::zeroBuffering);
        List<String> lines =
                IntStream.range(0, 3000).mapToObj(i -> "line-" + i + "\n").toList();
        for (int i = 0; i < lines.size(); i += 500) {
            putIntoStream(lines.subList(i, i + 500));
        }
        int bytes = lines.stream().mapToInt(String::length).sum();

        assertThat(delivered(bytes).lines().map(line -> line + "\n").toList())
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void recordsPutDirectlyArrive() {
        createDirect(FirehoseContractSuite::zeroBuffering);
        assertThat(client().putRecord(
                                request -> request.deliveryStreamName(name).record(record("one\n")))
                        .recordId())
                .isNotEmpty();
        var batch = client().putRecordBatch(
                        request -> request.deliveryStreamName(name).records(record("two\n"), record("three\n")));
        assertThat(batch.failedPutCount()).isZero();
        assertThat(batch.requestResponses())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.recordId()).isNotEmpty());

        assertThat(delivered(14).lines()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void aKeyIsMadeOfPrefixDateNameVersionTimeAndUuid() {
        createDirect(it -> zeroBuffering(it.prefix("legacy")));
        put("x");
        delivered(1);

        // A static prefix gets the UTC date appended without a slash.
        assertThat(keys().getFirst())
                .matches("legacy\\d{4}/\\d\\d/\\d\\d/\\d\\d/" + name
                        + "-1-\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void aPrefixMayHoldExpressions() {
        createDirect(it -> zeroBuffering(
                it.prefix("y=!{timestamp:yyyy}/!{firehose:random-string}/").fileExtension(".jsonl")));
        put("x");
        delivered(1);

        assertThat(keys().getFirst()).matches("y=\\d{4}/[A-Za-z0-9]{11}/" + name + "-1-.*\\.jsonl");
    }

    @Test
    void gzipPacksTheObjectAndNamesIt() throws IOException {
        createDirect(it -> zeroBuffering(it.compressionFormat(CompressionFormat.GZIP)));
        put("hello hello hello\n");
        await(() -> !keys().isEmpty());

        assertThat(keys()).singleElement().asString().endsWith(".gz");
        byte[] packed = s3().getObjectAsBytes(request -> request.bucket(bucket).key(keys().getFirst()))
                .asByteArray();
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello hello hello\n");
        }
    }

    @Test
    void aDelimiterMayBeAppendedToEachRecord() {
        createDirect(it -> zeroBuffering(it.processingConfiguration(processing -> processing
                .enabled(true)
                .processors(processor -> processor
                        .type(ProcessorType.APPEND_DELIMITER_TO_RECORD)
                        .parameters(parameter -> parameter
                                .parameterName(ProcessorParameterName.DELIMITER)
                                .parameterValue("\\n"))))));
        put("a");
        put("b");

        assertThat(delivered(4).lines()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aBufferIsDeliveredWhenItIsFull() {
        createDirect(it -> it.bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(900)));
        String block = "x".repeat(99_999) + "\n";
        for (int i = 0; i < 15; i++) {
            put(block);
        }

        // 1 MiB is reached with the eleventh record; the other four wait for the interval.
        assertThat(delivered(1_100_000)).hasSize(1_100_000);
        assertThat(keys()).hasSize(1);
    }

    @Test
    void aChangedDestinationHasTheNextVersion() {
        createDirect(FirehoseContractSuite::zeroBuffering);
        update("1", "changed/");
        put("x");
        delivered(1);

        assertThat(describe().versionId()).isEqualTo("2");
        assertThat(describe().lastUpdateTimestamp()).isNotNull();
        assertThat(describe()
                        .destinations()
                        .getFirst()
                        .extendedS3DestinationDescription()
                        .bufferingHints()
                        .intervalInSeconds())
                .isZero();
        assertThat(keys().getFirst()).startsWith("changed/").contains(name + "-2-");
        assertThatThrownBy(() -> update("1", "late/")).isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void aDeletedDeliveryStreamIsGone() {
        createDirect(it -> {});
        client().deleteDeliveryStream(request -> request.deliveryStreamName(name));

        await(() -> {
            try {
                return describe().deliveryStreamStatus() != DeliveryStreamStatus.DELETING;
            } catch (ResourceNotFoundException e) {
                return true;
            }
        });
        assertThatThrownBy(this::describe).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> put("x")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aNameIsTakenOnce() {
        createDirect(it -> {});
        assertThatThrownBy(() -> createDirect(it -> {})).isInstanceOf(ResourceInUseException.class);
    }

    @Test
    void aListingGoesOnPageByPage() {
        String first = name;
        for (String suffix : List.of("-a", "-b", "-c")) {
            name = first + suffix;
            createDirect(it -> {});
        }
        List<String> listed = new ArrayList<>();
        String[] after = {first};
        while (true) {
            var page = client().listDeliveryStreams(
                            request -> request.limit(2).exclusiveStartDeliveryStreamName(after[0]));
            listed.addAll(page.deliveryStreamNames());
            if (!page.hasMoreDeliveryStreams()) {
                break;
            }
            after[0] = page.deliveryStreamNames().getLast();
        }
        assertThat(listed).containsSubsequence(first + "-a", first + "-b", first + "-c");
    }

    @Test
    void tagsAreKept() {
        createDirect(it -> {});
        client().tagDeliveryStream(
                        request -> request.deliveryStreamName(name).tags(tag("a", "1"), tag("b", "2"), tag("c", "3")));
        client().untagDeliveryStream(request -> request.deliveryStreamName(name).tagKeys("b"));

        var tags = client().listTagsForDeliveryStream(request -> request.deliveryStreamName(name));
        assertThat(tags.tags()).containsExactly(tag("a", "1"), tag("c", "3"));
        assertThat(tags.hasMoreTags()).isFalse();
    }

    @Test
    void aStreamWithASourceTakesNoRecords() {
        createWithSource(1, it -> {});
        assertThatThrownBy(() -> put("x"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("KinesisStreamAsSource");
    }

    @Test
    void recordsAreRefusedBeyondTheirLimits() {
        createDirect(it -> {});
        assertThatThrownBy(() -> put("x".repeat(1_024_001))).isInstanceOf(InvalidArgumentException.class);
        put("x".repeat(1_024_000));
        Record[] many = new Record[501];
        Arrays.fill(many, record("x"));
        assertThatThrownBy(() -> client().putRecordBatch(
                                request -> request.deliveryStreamName(name).records(many)))
                .isInstanceOf(FirehoseException.class);
        Record[] heavy = new Record[5];
        Arrays.fill(heavy, record("x".repeat(1_000_000)));
        assertThatThrownBy(() -> client().putRecordBatch(
                                request -> request.deliveryStreamName(name).records(heavy)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        refused("DynamicPartitioningConfiguration", it -> it.dynamicPartitioningConfiguration(on -> on.enabled(true)));
        refused(
                "DataFormatConversionConfiguration",
                it -> it.dataFormatConversionConfiguration(on -> on.enabled(true)));
        refused("S3BackupMode", it -> it.s3BackupMode("Enabled"));
        refused(
                "Lambda",
                it -> it.processingConfiguration(
                        on -> on.enabled(true).processors(processor -> processor.type(ProcessorType.LAMBDA))));
        refused("CompressionFormat Snappy", it -> it.compressionFormat(CompressionFormat.SNAPPY));
        refused("partitionKeyFromQuery", it -> it.prefix("!{partitionKeyFromQuery:a}/"));
        refused("error-output-type", it -> it.prefix("!{firehose:error-output-type}/"));
        refused("unknown:thing", it -> it.prefix("!{unknown:thing}/"));
        refused(
                "SizeInMBs",
                it -> it.bufferingHints(hints -> hints.sizeInMBs(129).intervalInSeconds(1)));
        refused(
                "IntervalInSeconds",
                it -> it.bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(901)));
        refused("BufferingHints", it -> it.bufferingHints(hints -> hints.sizeInMBs(1)));
        refused("CustomTimeZone", it -> it.customTimeZone("Mars/Olympus"));
        refused("FileExtension", it -> it.fileExtension("jsonl"));
        refused("BucketARN", it -> it.bucketARN("my-bucket"));
        assertThatThrownBy(() -> client().createDeliveryStream(request -> request.deliveryStreamName(name)
                        .redshiftDestinationConfiguration(it -> it.roleARN(ROLE)
                                .clusterJDBCURL("jdbc:redshift://x")
                                .copyCommand(copy -> copy.dataTableName("t"))
                                .username("u")
                                .password("password")
                                .s3Configuration(s3 -> s3.roleARN(ROLE).bucketARN("arn:aws:s3:::b")))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("RedshiftDestinationConfiguration");
    }

    @Test
    void partsThatAreSwitchedOffAreAccepted() {
        createDirect(it -> it.dynamicPartitioningConfiguration(off -> off.enabled(false))
                .dataFormatConversionConfiguration(off -> off.enabled(false))
                .processingConfiguration(off -> off.enabled(false))
                .cloudWatchLoggingOptions(off -> off.enabled(false))
                .encryptionConfiguration(none -> none.noEncryptionConfig("NoEncryption"))
                .s3BackupMode("Disabled"));
        assertThat(describe().deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);
    }

    @Test
    void aSourceMustExist() {
        String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/" + name;
        assertThatThrownBy(() -> create(it -> {}, name))
                .isInstanceOf(FirehoseException.class)
                .hasMessageContaining(arn);
    }

    private void refused(String word, Consumer<ExtendedS3DestinationConfiguration.Builder> configure) {
        assertThatThrownBy(() -> createDirect(configure))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(word);
    }

    private static void zeroBuffering(ExtendedS3DestinationConfiguration.Builder destination) {
        destination.bufferingHints(hints -> hints.sizeInMBs(64).intervalInSeconds(0));
    }

    private void createDirect(Consumer<ExtendedS3DestinationConfiguration.Builder> configure) {
        client().createDeliveryStream(request -> request.deliveryStreamName(name)
                .deliveryStreamType(DeliveryStreamType.DIRECT_PUT)
                .extendedS3DestinationConfiguration(destination(configure)));
    }

    private String createWithSource(int shards, Consumer<ExtendedS3DestinationConfiguration.Builder> configure) {
        createStream(shards);
        return create(configure, name);
    }

    private void createStream(int shards) {
        kinesis().createStream(request -> request.streamName(name).shardCount(shards));
    }

    private String create(Consumer<ExtendedS3DestinationConfiguration.Builder> configure, String stream) {
        String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/" + stream;
        client().createDeliveryStream(request -> request.deliveryStreamName(name)
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        source -> source.kinesisStreamARN(arn).roleARN(ROLE))
                .extendedS3DestinationConfiguration(destination(configure)));
        return arn;
    }

    private ExtendedS3DestinationConfiguration destination(
            Consumer<ExtendedS3DestinationConfiguration.Builder> configure) {
        ExtendedS3DestinationConfiguration.Builder builder = ExtendedS3DestinationConfiguration.builder()
                .bucketARN("arn:aws:s3:::" + bucket)
                .roleARN(ROLE);
        configure.accept(builder);
        return builder.build();
    }

    private void update(String version, String prefix) {
        client().updateDestination(request -> request.deliveryStreamName(name)
                .currentDeliveryStreamVersionId(version)
                .destinationId("destinationId-000000000001")
                .extendedS3DestinationUpdate(it -> it.prefix(prefix)));
    }

    private DeliveryStreamDescription describe() {
        return client().describeDeliveryStream(request -> request.deliveryStreamName(name))
                .deliveryStreamDescription();
    }

    private void put(String text) {
        client().putRecord(request -> request.deliveryStreamName(name).record(record(text)));
    }

    private void putIntoStream(List<String> texts) {
        List<PutRecordsRequestEntry> entries = texts.stream()
                .map(text -> PutRecordsRequestEntry.builder()
                        .partitionKey(text)
                        .data(SdkBytes.fromUtf8String(text))
                        .build())
                .toList();
        assertThat(kinesis()
                        .putRecords(request -> request.streamName(name).records(entries))
                        .failedRecordCount())
                .isZero();
    }

    private static Record record(String text) {
        return Record.builder().data(SdkBytes.fromUtf8String(text)).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private List<String> keys() {
        return s3().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    /// Waits until so many bytes have been delivered and returns all of them, object after object.
    private String delivered(int bytes) {
        await(() -> content().length() >= bytes);
        return content();
    }

    private String content() {
        return keys().stream()
                .map(key -> s3().getObjectAsBytes(
                                request -> request.bucket(bucket).key(key))
                        .asUtf8String())
                .collect(Collectors.joining());
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        Instant end = Instant.now().plus(LONGEST_WAIT);
        while (!condition.holds()) {
            assertThat(Instant.now()).as("waited for %s", LONGEST_WAIT).isBefore(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
