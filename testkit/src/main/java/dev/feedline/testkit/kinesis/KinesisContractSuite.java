package dev.feedline.testkit.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.StreamSummary;
import software.amazon.awssdk.services.kinesis.model.Tag;

/// What Kinesis Data Streams does for a client, whoever implements it.
public abstract class KinesisContractSuite {
    private static final String FIRST_SHARD = "shardId-000000000000";
    private static final String SECOND_SHARD = "shardId-000000000001";

    private String stream = "unset";

    protected abstract KinesisClient client();

    @BeforeEach
    void chooseAName() {
        stream = "s-" + UUID.randomUUID();
    }

    @Test
    void aNewStreamIsActiveAndItsShardsShareTheHashKeysEvenly() {
        create(3);

        StreamDescription description =
                client().describeStream(request -> request.streamName(stream)).streamDescription();
        assertThat(description.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
        assertThat(description.streamARN()).endsWith(":stream/" + stream);
        assertThat(description.retentionPeriodHours()).isEqualTo(24);
        assertThat(description.streamModeDetails().streamMode()).isEqualTo(StreamMode.PROVISIONED);
        assertThat(description.hasMoreShards()).isFalse();
        // 2^128 / 3, as in the answer of AWS for a stream of three shards.
        assertThat(description.shards())
                .extracting(shard -> shard.hashKeyRange().startingHashKey())
                .containsExactly(
                        "0", "113427455640312821154458202477256070485", "226854911280625642308916404954512140970");
        assertThat(description.shards())
                .extracting(shard -> shard.hashKeyRange().endingHashKey())
                .containsExactly(
                        "113427455640312821154458202477256070484",
                        "226854911280625642308916404954512140969",
                        "340282366920938463463374607431768211455");
        assertThat(description.shards())
                .allSatisfy(shard -> assertThat(shard.sequenceNumberRange().endingSequenceNumber())
                        .isNull());
    }

    @Test
    void theSummaryCountsOpenShards() {
        create(2);

        var summary = client().describeStreamSummary(request -> request.streamName(stream))
                .streamDescriptionSummary();
        assertThat(summary.openShardCount()).isEqualTo(2);
        assertThat(summary.consumerCount()).isZero();
        assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
        assertThat(summary.maxRecordSizeInKiB()).isEqualTo(1024);
    }

    @Test
    void anOnDemandStreamBeginsWithFourShards() {
        client().createStream(request ->
                request.streamName(stream).streamModeDetails(mode -> mode.streamMode(StreamMode.ON_DEMAND)));

        assertThat(client().listShards(request -> request.streamName(stream)).shards())
                .hasSize(4);
        assertThat(client().describeLimits(request -> {}).onDemandStreamCount()).isPositive();
    }

    @Test
    void aProvisionedStreamNeedsAShardCount() {
        assertThatThrownBy(() -> client().createStream(request -> request.streamName(stream)))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("ShardCount");
    }

    @Test
    void aNameIsTakenOnce() {
        create(1);

        assertThatThrownBy(() -> create(1))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining(stream);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> client().describeStream(request -> request.streamName(stream)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Stream " + stream + " under account");
        assertThatThrownBy(() -> put("key", "data")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aDeletedStreamIsGoneAndItsNameFree() {
        create(1);
        String old = put("key", "old").sequenceNumber();
        client().deleteStream(request -> request.streamName(stream));
        assertThatThrownBy(() -> client().describeStreamSummary(request -> request.streamName(stream)))
                .isInstanceOf(ResourceNotFoundException.class);

        create(1);
        assertThat(readAll(FIRST_SHARD)).isEmpty();
        assertThatThrownBy(() -> iterator(FIRST_SHARD, ShardIteratorType.AFTER_SEQUENCE_NUMBER, old))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aListingOfStreamsGoesOnPageByPage() {
        List<String> names =
                IntStream.range(0, 5).mapToObj(i -> stream + "-" + i).toList();
        names.forEach(name ->
                client().createStream(request -> request.streamName(name).shardCount(1)));

        List<String> listed = new ArrayList<>();
        String[] after = {stream};
        while (true) {
            var page = client().listStreams(request -> request.limit(2).exclusiveStartStreamName(after[0]));
            assertThat(page.streamSummaries())
                    .extracting(StreamSummary::streamName)
                    .isEqualTo(page.streamNames());
            listed.addAll(page.streamNames());
            if (!page.hasMoreStreams()) {
                break;
            }
            after[0] = page.streamNames().getLast();
        }
        assertThat(listed).containsSubsequence(names);
    }

    @Test
    void aListingOfShardsGoesOnByToken() {
        create(5);

        List<String> ids = new ArrayList<>();
        var page = client().listShards(request -> request.streamName(stream).maxResults(2));
        while (true) {
            ids.addAll(page.shards().stream().map(Shard::shardId).toList());
            String token = page.nextToken();
            if (token == null) {
                break;
            }
            page = client().listShards(request -> request.nextToken(token).maxResults(2));
        }
        assertThat(ids).hasSize(5).isSorted().doesNotHaveDuplicates();
        assertThat(client().listShards(request -> request.streamName(stream).exclusiveStartShardId(ids.get(3)))
                        .shards())
                .extracting(Shard::shardId)
                .containsExactly(ids.get(4));
    }

    @Test
    void aRecordIsThereAsSoonAsItsPutHasReturned() {
        create(1);
        Instant before = Instant.now();
        PutRecordResponse put = put("kéy", "hello\n");

        Record record = readAll(FIRST_SHARD).getFirst();
        assertThat(record.data().asUtf8String()).isEqualTo("hello\n");
        assertThat(record.partitionKey()).isEqualTo("kéy");
        assertThat(record.sequenceNumber()).isEqualTo(put.sequenceNumber());
        assertThat(put.shardId()).isEqualTo(FIRST_SHARD);
        assertThat(record.approximateArrivalTimestamp()).isAfter(before.minusSeconds(120));
    }

    @Test
    void anEmptyRecordAndEveryByteComeBackAsTheyWere() {
        create(1);
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        client().putRecord(request ->
                request.streamName(stream).partitionKey("k").data(SdkBytes.fromByteArray(new byte[0])));
        client().putRecord(
                        request -> request.streamName(stream).partitionKey("k").data(SdkBytes.fromByteArray(every)));

        assertThat(readAll(FIRST_SHARD))
                .extracting(record -> record.data().asByteArray())
                .containsExactly(new byte[0], every);
    }

    @Test
    void resultsOfPutRecordsComeInTheOrderOfTheRecords() {
        create(2);
        List<PutRecordsRequestEntry> entries = IntStream.range(0, 500)
                .mapToObj(i -> entry("key-" + i, "value-" + i))
                .toList();
        PutRecordsResponse response =
                client().putRecords(request -> request.streamName(stream).records(entries));

        assertThat(response.failedRecordCount()).isZero();
        List<Record> first = readAll(FIRST_SHARD);
        List<Record> second = readAll(SECOND_SHARD);
        assertThat(first.size() + second.size()).isEqualTo(500);
        assertThat(first).isNotEmpty();
        assertThat(second).isNotEmpty();
        for (int i = 0; i < 500; i++) {
            PutRecordsResultEntry result = response.records().get(i);
            List<Record> shard = result.shardId().equals(FIRST_SHARD) ? first : second;
            String value = "value-" + i;
            assertThat(shard)
                    .filteredOn(record -> record.sequenceNumber().equals(result.sequenceNumber()))
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.data().asUtf8String()).isEqualTo(value));
        }
        assertThat(first).extracting(record -> number(record.data())).isSorted();
        assertThat(second).extracting(record -> number(record.data())).isSorted();
    }

    @Test
    void aPartitionKeyGoesToTheShardOfItsMd5() {
        create(2);
        // md5sum: 'a' is 0cc175b9…, in the lower half; 'b' is 92eb5ffe…, in the upper.
        assertThat(put("a", "x").shardId()).isEqualTo(FIRST_SHARD);
        assertThat(put("b", "x").shardId()).isEqualTo(SECOND_SHARD);
    }

    @Test
    void anExplicitHashKeyOverridesThePartitionKey() {
        create(2);
        String upperHalf = BigInteger.TWO.pow(127).toString();
        assertThat(putAt("a", upperHalf).shardId()).isEqualTo(SECOND_SHARD);
        assertThat(putAt("a", BigInteger.TWO.pow(127).subtract(BigInteger.ONE).toString())
                        .shardId())
                .isEqualTo(FIRST_SHARD);
        assertThatThrownBy(() -> putAt("a", BigInteger.TWO.pow(128).toString()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("ExplicitHashKey");
    }

    @Test
    void sequenceNumbersGrowAndNameTheirShard() {
        create(2);
        List<BigInteger> numbers = IntStream.range(0, 50)
                .mapToObj(i -> new BigInteger(put("a", "x").sequenceNumber()))
                .toList();

        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.getFirst().toString(10)).hasSize(56);
        assertThatThrownBy(() -> iterator(
                        SECOND_SHARD,
                        ShardIteratorType.AT_SEQUENCE_NUMBER,
                        numbers.getFirst().toString()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Invalid StartingSequenceNumber. It encodes " + FIRST_SHARD
                        + ", while it was used in a call to a shard with " + SECOND_SHARD);
    }

    @Test
    void iteratorsBeginWhereTheirTypeSays() {
        create(1);
        put("k", "one");
        String two = put("k", "two").sequenceNumber();
        String latest = iterator(FIRST_SHARD, ShardIteratorType.LATEST, null);
        put("k", "three");

        assertThat(texts(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON, null)))
                .containsExactly("one", "two", "three");
        assertThat(texts(latest)).containsExactly("three");
        assertThat(texts(iterator(FIRST_SHARD, ShardIteratorType.AT_SEQUENCE_NUMBER, two)))
                .containsExactly("two", "three");
        assertThat(texts(iterator(FIRST_SHARD, ShardIteratorType.AFTER_SEQUENCE_NUMBER, two)))
                .containsExactly("three");
        assertThat(texts(client().getShardIterator(request -> request.streamName(stream)
                                .shardId(FIRST_SHARD)
                                .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(Instant.EPOCH))
                        .shardIterator()))
                .containsExactly("one", "two", "three");
        String start = client().listShards(request -> request.streamName(stream))
                .shards()
                .getFirst()
                .sequenceNumberRange()
                .startingSequenceNumber();
        assertThat(texts(iterator(FIRST_SHARD, ShardIteratorType.AT_SEQUENCE_NUMBER, start)))
                .containsExactly("one", "two", "three");
    }

    @Test
    void aReadingGoesOnWhereTheLastOneEnded() {
        create(1);
        List<PutRecordsRequestEntry> entries =
                IntStream.range(0, 100).mapToObj(i -> entry("k", "value-" + i)).toList();
        client().putRecords(request -> request.streamName(stream).records(entries));

        List<Integer> read = new ArrayList<>();
        String iterator = iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON, null);
        for (int i = 0; i < 15; i++) {
            GetRecordsResponse page = records(iterator, 7);
            page.records().forEach(record -> read.add(number(record.data())));
            assertThat(page.childShards()).isEmpty();
            if (i < 14) {
                assertThat(page.records()).hasSize(7);
            } else {
                assertThat(page.millisBehindLatest()).isZero();
            }
            iterator = page.nextShardIterator();
        }
        assertThat(read).isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(records(iterator, 10).records()).isEmpty();
    }

    @Test
    void anAnswerHoldsAtMostTenMebibytes() {
        create(1);
        for (int i = 0; i < 3; i++) {
            List<PutRecordsRequestEntry> entries = IntStream.range(0, 5)
                    .mapToObj(n -> PutRecordsRequestEntry.builder()
                            .partitionKey("k")
                            .data(SdkBytes.fromByteArray(new byte[1000 * 1000]))
                            .build())
                    .toList();
            assertThat(client().putRecords(request -> request.streamName(stream).records(entries))
                            .failedRecordCount())
                    .isZero();
        }
        GetRecordsResponse page = records(iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON, null), 10_000);
        assertThat(page.records().size()).isEqualTo(10);
        assertThat(records(page.nextShardIterator(), 10_000).records().size()).isEqualTo(5);
    }

    @Test
    void recordsAreRefusedBeyondTheirLimits() {
        create(1);
        int mebibyte = 1024 * 1024;
        assertThat(putBytes("k", mebibyte - 1).sequenceNumber()).isNotEmpty();
        assertThatThrownBy(() -> putBytes("k", mebibyte))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("data");
        assertThat(putBytes("é".repeat(256), 1).sequenceNumber()).isNotEmpty();
        assertThatThrownBy(() -> putBytes("k".repeat(257), 1))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("partitionKey");
        assertThatThrownBy(() -> putBytes("", 1)).isInstanceOf(KinesisException.class);
        List<PutRecordsRequestEntry> many =
                IntStream.range(0, 501).mapToObj(i -> entry("k", "v")).toList();
        assertThatThrownBy(() -> client().putRecords(
                                request -> request.streamName(stream).records(many)))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("500");
        List<PutRecordsRequestEntry> heavy = IntStream.range(0, 11)
                .mapToObj(i -> PutRecordsRequestEntry.builder()
                        .partitionKey("k")
                        .data(SdkBytes.fromByteArray(new byte[1024 * 1024 - 10]))
                        .build())
                .toList();
        assertThatThrownBy(() -> client().putRecords(
                                request -> request.streamName(stream).records(heavy)))
                .isInstanceOf(InvalidArgumentException.class);
        assertThat(readAll(FIRST_SHARD)).hasSize(2);
    }

    @Test
    void aStreamMayTakeLargerRecords() {
        client().createStream(
                        request -> request.streamName(stream).shardCount(1).maxRecordSizeInKiB(10_240));
        putBytes("k", 10 * 1024 * 1024 - 1);

        assertThat(readAll(FIRST_SHARD))
                .singleElement()
                .satisfies(
                        record -> assertThat(record.data().asByteArrayUnsafe()).hasSize(10 * 1024 * 1024 - 1));
    }

    @Test
    void anIteratorThatWasNotGivenOutIsRefused() {
        create(1);
        String good = iterator(FIRST_SHARD, ShardIteratorType.TRIM_HORIZON, null);
        String altered = (good.charAt(0) == 'B' ? "C" : "B") + good.substring(1);
        assertThatThrownBy(() -> records(altered, 1)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> records("nonsense", 1)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void retentionGrowsAndShrinksWithinItsBounds() {
        create(1);
        increaseRetention(24); // the same value, as Terraform sends it
        increaseRetention(168);
        assertThat(client().describeStreamSummary(request -> request.streamName(stream))
                        .streamDescriptionSummary()
                        .retentionPeriodHours())
                .isEqualTo(168);
        assertThatThrownBy(() -> increaseRetention(100)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> increaseRetention(8761)).isInstanceOf(InvalidArgumentException.class);
        client().decreaseStreamRetentionPeriod(
                        request -> request.streamName(stream).retentionPeriodHours(48));
        assertThatThrownBy(() -> client().decreaseStreamRetentionPeriod(
                                request -> request.streamName(stream).retentionPeriodHours(23)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void tagsAreKept() {
        client().createStream(
                        request -> request.streamName(stream).shardCount(1).tags(Map.of("made", "with")));
        client().addTagsToStream(request -> request.streamName(stream).tags(Map.of("a", "1", "b", "2")));
        client().addTagsToStream(request -> request.streamName(stream).tags(Map.of("a", "3")));
        client().removeTagsFromStream(request -> request.streamName(stream).tagKeys("b"));

        assertThat(client().listTagsForStream(request -> request.streamName(stream))
                        .tags())
                .containsExactly(tag("a", "3"), tag("made", "with"));
        var page =
                client().listTagsForStream(request -> request.streamName(stream).limit(1));
        assertThat(page.hasMoreTags()).isTrue();
        assertThat(client().listTagsForStream(
                                request -> request.streamName(stream).exclusiveStartTagKey("a"))
                        .tags())
                .containsExactly(tag("made", "with"));
    }

    @Test
    void aStreamMayBeNamedByItsArn() {
        create(1);
        String arn = client().describeStreamSummary(request -> request.streamName(stream))
                .streamDescriptionSummary()
                .streamARN();
        client().putRecord(request -> request.streamARN(arn).partitionKey("k").data(SdkBytes.fromUtf8String("by arn")));
        String iterator = client().getShardIterator(request ->
                        request.streamARN(arn).shardId(FIRST_SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();

        assertThat(client().getRecords(request -> request.streamARN(arn).shardIterator(iterator))
                        .records())
                .hasSize(1);
        assertThatThrownBy(() -> client().describeStream(request -> {})).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void aMemberThatIsNotHonouredIsRefusedByName() {
        assertThatThrownBy(() -> client().createStream(request ->
                        request.streamName(stream).shardCount(1).warmThroughputMiBps(100)))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("WarmThroughputMiBps");
    }

    @Test
    void aShardThatIsNotThereIsNotFound() {
        create(1);
        assertThatThrownBy(() -> iterator(SECOND_SHARD, ShardIteratorType.LATEST, null))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining(SECOND_SHARD);
    }

    @Test
    void shardsSplitTheKeysWithoutOverlap() {
        create(7);
        var used = new HashSet<String>();
        for (int i = 0; i < 200; i++) {
            used.add(put("key-" + i, "x").shardId());
        }
        assertThat(used).hasSize(7);
    }

    private void create(int shards) {
        client().createStream(request -> request.streamName(stream).shardCount(shards));
    }

    private PutRecordResponse put(String key, String text) {
        return client().putRecord(
                        request -> request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(text)));
    }

    private PutRecordResponse putAt(String key, String hashKey) {
        return client().putRecord(request -> request.streamName(stream)
                .partitionKey(key)
                .explicitHashKey(hashKey)
                .data(SdkBytes.fromUtf8String("x")));
    }

    private PutRecordResponse putBytes(String key, int bytes) {
        return client().putRecord(request ->
                request.streamName(stream).partitionKey(key).data(SdkBytes.fromByteArray(new byte[bytes])));
    }

    private static PutRecordsRequestEntry entry(String key, String text) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromUtf8String(text))
                .build();
    }

    private void increaseRetention(int hours) {
        client().increaseStreamRetentionPeriod(
                        request -> request.streamName(stream).retentionPeriodHours(hours));
    }

    private String iterator(
            String shard, ShardIteratorType type, @org.jspecify.annotations.Nullable String sequenceNumber) {
        return client().getShardIterator(request -> request.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(type)
                        .startingSequenceNumber(sequenceNumber))
                .shardIterator();
    }

    private GetRecordsResponse records(String iterator, int limit) {
        return client().getRecords(request -> request.shardIterator(iterator).limit(limit));
    }

    private List<String> texts(String iterator) {
        return records(iterator, 10_000).records().stream()
                .map(record -> record.data().asUtf8String())
                .toList();
    }

    private List<Record> readAll(String shard) {
        return records(iterator(shard, ShardIteratorType.TRIM_HORIZON, null), 10_000)
                .records();
    }

    private static int number(SdkBytes data) {
        String text = data.asUtf8String();
        return Integer.parseInt(text.substring(text.lastIndexOf('-') + 1));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
