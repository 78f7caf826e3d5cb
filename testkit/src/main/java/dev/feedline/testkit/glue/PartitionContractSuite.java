package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexStatus;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;
import software.amazon.awssdk.services.glue.model.Segment;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;

/// What the Data Catalog's partitions owe their callers:
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-partitions.html
///
/// The client of each test starts with an empty catalog of account 000000000000.
public abstract class PartitionContractSuite {
    protected abstract GlueClient client();

    @BeforeEach
    void createTheTable() {
        client().createDatabase(create -> create.databaseInput(database -> database.name("feeds")));
        createTable();
    }

    private void createTable() {
        client().createTable(create -> create.databaseName("feeds")
                .tableInput(table -> table.name("orders")
                        .storageDescriptor(storage(""))
                        .partitionKeys(column("dt", "date"), column("hour", "int"), column("city", "string"))));
    }

    @Test
    void everyMemberOfAPartitionComesBack() {
        client().createPartition(create -> create.databaseName("Feeds")
                .tableName("Orders")
                .partitionInput(PartitionInput.builder()
                        .values("2026-11-27", "4", "Zürich/West")
                        .storageDescriptor(storage("dt=2026-11-27/"))
                        .parameters(Map.of("rows", "12"))
                        .build()));

        Partition partition = get("2026-11-27", "4", "Zürich/West");

        assertThat(partition.values()).containsExactly("2026-11-27", "4", "Zürich/West");
        assertThat(partition.databaseName()).isEqualTo("feeds");
        assertThat(partition.tableName()).isEqualTo("orders");
        assertThat(partition.catalogId()).isEqualTo("000000000000");
        assertThat(partition.storageDescriptor()).isEqualTo(storage("dt=2026-11-27/"));
        assertThat(partition.parameters()).containsExactly(Map.entry("rows", "12"));
        assertThat(partition.creationTime()).isNotNull();
    }

    @Test
    void aPartitionHasOneValueForEachKeyAndExistsOnce() {
        create("2026-11-27", "4", "Bern");

        assertThatThrownBy(() -> create("2026-11-27", "4", "Bern")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> create("2026-11-27", "4"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of partition");
        assertThatThrownBy(() -> get("2026-11-27", "4", "Basel")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client().createPartition(create -> create.databaseName("feeds")
                        .tableName("none")
                        .partitionInput(PartitionInput.builder().values("1").build())))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> create("2026-11-27", "4", "x".repeat(1025)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1024");
    }

    @Test
    void aBatchCreatesWhatItCanAndTellsTheRest() {
        create("2026-11-27", "4", "Bern");

        var errors = client().batchCreatePartition(create -> create.databaseName("feeds")
                        .tableName("orders")
                        .partitionInputList(
                                input("2026-11-27", "4", "Bern"), input("2026-11-27", "5", "Bern"), input("x")))
                .errors();

        assertThat(errors)
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("AlreadyExistsException", "InvalidInputException");
        assertThat(errors.getFirst().partitionValues()).containsExactly("2026-11-27", "4", "Bern");
        assertThat(get("2026-11-27", "5", "Bern").values()).hasSize(3);
        assertThatThrownBy(() -> client().batchCreatePartition(create -> create.databaseName("feeds")
                        .tableName("orders")
                        .partitionInputList(IntStream.range(0, 101)
                                .mapToObj(i -> input("2026-11-27", String.valueOf(i), "Bern"))
                                .toList())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("100");
    }

    @Test
    void aBatchGetsThoseThatExist() {
        create("2026-11-27", "4", "Bern");
        create("2026-11-27", "5", "Bern");

        var found = client().batchGetPartition(get -> get.databaseName("feeds")
                .tableName("orders")
                .partitionsToGet(
                        values("2026-11-27", "5", "Bern"),
                        values("2026-11-27", "6", "Bern"),
                        values("2026-11-27", "4", "Bern")));

        assertThat(found.partitions())
                .extracting(partition -> partition.values().get(1))
                .containsExactly("5", "4");
        assertThat(found.unprocessedKeys()).isEmpty();
    }

    @Test
    void anUpdateReplacesAPartitionAndLeavesItsTimeOfCreation() {
        create("2026-11-27", "4", "Bern");
        Partition before = get("2026-11-27", "4", "Bern");

        client().updatePartition(update -> update.databaseName("feeds")
                .tableName("orders")
                .partitionValueList("2026-11-27", "4", "Bern")
                .partitionInput(
                        PartitionInput.builder().parameters(Map.of("a", "b")).build()));

        Partition after = get("2026-11-27", "4", "Bern");
        assertThat(after.parameters()).containsExactly(Map.entry("a", "b"));
        assertThat(after.storageDescriptor()).isNull();
        assertThat(after.creationTime()).isEqualTo(before.creationTime());
        assertThatThrownBy(() -> client().updatePartition(update -> update.databaseName("feeds")
                        .tableName("orders")
                        .partitionValueList("2026-11-27", "4", "Bern")
                        .partitionInput(input("2026-11-28", "4", "Bern"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be changed");
        assertThatThrownBy(() -> client().updatePartition(update -> update.databaseName("feeds")
                        .tableName("orders")
                        .partitionValueList("2026-11-27", "9", "Bern")
                        .partitionInput(input("2026-11-27", "9", "Bern"))))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void aBatchUpdatesWhatItCanAndTellsTheRest() {
        create("2026-11-27", "4", "Bern");

        var errors = client().batchUpdatePartition(update -> update.databaseName("feeds")
                        .tableName("orders")
                        .entries(
                                entry("changed", "2026-11-27", "4", "Bern"),
                                entry("changed", "2026-11-27", "5", "Bern")))
                .errors();

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.partitionValueList()).containsExactly("2026-11-27", "5", "Bern");
            assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
        });
        assertThat(get("2026-11-27", "4", "Bern").parameters()).containsKey("changed");
    }

    @Test
    void aDeletedPartitionIsGone() {
        create("2026-11-27", "4", "Bern");
        create("2026-11-27", "5", "Bern");

        client().deletePartition(delete ->
                delete.databaseName("feeds").tableName("orders").partitionValues("2026-11-27", "4", "Bern"));

        assertThatThrownBy(() -> get("2026-11-27", "4", "Bern")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client().deletePartition(delete ->
                        delete.databaseName("feeds").tableName("orders").partitionValues("2026-11-27", "4", "Bern")))
                .isInstanceOf(EntityNotFoundException.class);
        var errors = client().batchDeletePartition(delete -> delete.databaseName("feeds")
                        .tableName("orders")
                        .partitionsToDelete(values("2026-11-27", "4", "Bern"), values("2026-11-27", "5", "Bern")))
                .errors();
        assertThat(errors)
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("EntityNotFoundException");
        assertThat(list(get -> {})).isEmpty();
    }

    @Test
    void partitionsGoWithTheirTable() {
        create("2026-11-27", "4", "Bern");
        client().createPartitionIndex(create ->
                create.databaseName("feeds").tableName("orders").partitionIndex(index("by_day", "dt")));

        client().deleteTable(delete -> delete.databaseName("feeds").name("orders"));
        createTable();

        assertThat(list(get -> {})).isEmpty();
        assertThat(client().getPartitionIndexes(get -> get.databaseName("feeds").tableName("orders"))
                        .partitionIndexDescriptorList())
                .isEmpty();
    }

    @Test
    void partitionsGoWithTheirDatabase() {
        create("2026-11-27", "4", "Bern");

        client().deleteDatabase(delete -> delete.name("feeds"));
        createTheTable();

        assertThat(list(get -> {})).isEmpty();
    }

    @Test
    void whatIsMissingIsRefusedByItsName() {
        create("2026-11-27", "4", "Bern");

        assertMissing(
                "PartitionInput",
                () -> client().createPartition(
                                create -> create.databaseName("feeds").tableName("orders")));
        assertMissing(
                "PartitionInput",
                () -> client().updatePartition(update -> update.databaseName("feeds")
                        .tableName("orders")
                        .partitionValueList("2026-11-27", "4", "Bern")));
        assertMissing(
                "PartitionIndex",
                () -> client().createPartitionIndex(
                                create -> create.databaseName("feeds").tableName("orders")));
        assertMissing(
                "IndexName",
                () -> client().deletePartitionIndex(
                                delete -> delete.databaseName("feeds").tableName("orders")));
        assertMissing("Segment.TotalSegments", () -> list(get -> get.segment(segment -> segment.segmentNumber(0))));
        assertMissing("Segment.SegmentNumber", () -> list(get -> get.segment(segment -> segment.totalSegments(1))));
    }

    private static void assertMissing(String member, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(member);
    }

    @Test
    void aFlawOfOneEntryLeavesTheOthersOfItsBatchAlone() {
        create("2026-11-27", "4", "Bern");
        BatchUpdatePartitionRequestEntry empty = BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList("2026-11-27", "5", "Bern")
                .build();

        var notCreated = client().batchCreatePartition(create -> create.databaseName("feeds")
                        .tableName("orders")
                        .partitionInputList(
                                input("2026-11-27", "6", "x".repeat(1025)),
                                input("2026-11-27", "7", "Bern").toBuilder()
                                        .parameters(Map.of("", "nameless"))
                                        .build(),
                                input("2026-11-27", "8", "Bern")))
                .errors();
        var notUpdated = client().batchUpdatePartition(update -> update.databaseName("feeds")
                        .tableName("orders")
                        .entries(empty, entry("changed", "2026-11-27", "4", "Bern")))
                .errors();

        assertThat(notCreated)
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("InvalidInputException", "InvalidInputException");
        assertThat(get("2026-11-27", "8", "Bern").values()).hasSize(3);
        assertThat(notUpdated).singleElement().satisfies(error -> {
            assertThat(error.partitionValueList()).containsExactly("2026-11-27", "5", "Bern");
            assertThat(error.errorDetail().errorMessage()).contains("PartitionInput");
        });
        assertThat(get("2026-11-27", "4", "Bern").parameters()).containsKey("changed");
    }

    @Test
    void aTableWithoutPartitionKeysHasNoPartitions() {
        client().createTable(create -> create.databaseName("feeds").tableInput(table -> table.name("plain")));

        assertThatThrownBy(() -> client().createPartition(create ->
                        create.databaseName("feeds").tableName("plain").partitionInput(input())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("feeds.plain has no partition keys");
    }

    @Test
    void partitionsOutliveAChangeOfTheKeys() {
        create("2026-11-27", "4", "Bern");
        create("2026-11-27", "5", "Bern");
        create("2026-11-27", "6", "Bern");
        client().updateTable(update -> update.databaseName("feeds")
                .tableInput(table -> table.name("orders").partitionKeys(column("dt", "date"))));

        assertThat(get("2026-11-27", "4", "Bern").values()).hasSize(3);
        assertThat(client().batchGetPartition(get -> get.databaseName("feeds")
                                .tableName("orders")
                                .partitionsToGet(values("2026-11-27", "5", "Bern")))
                        .partitions())
                .hasSize(1);
        client().updatePartition(update -> update.databaseName("feeds")
                .tableName("orders")
                .partitionValueList("2026-11-27", "6", "Bern")
                .partitionInput(input -> input.parameters(Map.of("changed", ""))));
        assertThat(get("2026-11-27", "6", "Bern").parameters()).containsKey("changed");
        client().deletePartition(delete ->
                delete.databaseName("feeds").tableName("orders").partitionValues("2026-11-27", "4", "Bern"));
        client().batchDeletePartition(delete ->
                delete.databaseName("feeds").tableName("orders").partitionsToDelete(values("2026-11-27", "5", "Bern")));
        assertThat(list(get -> {}))
                .singleElement()
                .satisfies(left -> assertThat(left.values()).containsExactly("2026-11-27", "6", "Bern"));
        assertThatThrownBy(() -> create("2026-11-28", "4", "Bern")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aLookForTooFewValuesIsRefused() {
        assertThatThrownBy(() -> get("2026-11-27", "4")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> client().batchGetPartition(get ->
                        get.databaseName("feeds").tableName("orders").partitionsToGet(values("2026-11-27", "4"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("number of partition");
    }

    @Test
    void anExpressionChoosesPartitionsByTheTypesOfTheirKeys() {
        create("2026-11-26", "4", "Bern");
        create("2026-11-27", "10", "Basel");
        create("2026-11-27", "9", "Bern");

        assertThat(chosen("dt = '2026-11-27'")).containsExactly("10", "9");
        assertThat(chosen("hour > 4")).containsExactly("10", "9");
        assertThat(chosen("hour >= 4 AND hour < 10")).containsExactly("4", "9");
        assertThat(chosen("dt BETWEEN '2026-11-01' AND '2026-11-26'")).containsExactly("4");
        assertThat(chosen("city IN ('Basel', 'Genf') OR hour = 4")).containsExactly("4", "10");
        assertThat(chosen("NOT city LIKE 'B_r%'")).containsExactly("10");
        assertThat(chosen("city <> 'Bern'")).containsExactly("10");
        assertThatThrownBy(() -> chosen("country = 'CH'"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'country' is no partition key");
        assertThatThrownBy(() -> chosen("hour = 'noon'"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'noon' is no value of hour, which is int");
    }

    @Test
    void partitionsAreListedInPages() {
        IntStream.range(10, 15).forEach(hour -> create("2026-11-27", String.valueOf(hour), hour % 2 == 0 ? "a" : "b"));

        var first = partitions(get -> get.maxResults(3));
        var second = partitions(get -> get.maxResults(3).nextToken(first.nextToken()));

        assertThat(first.partitions())
                .extracting(partition -> partition.values().get(1))
                .containsExactly("10", "11", "12");
        assertThat(second.partitions())
                .extracting(partition -> partition.values().get(1))
                .containsExactly("13", "14");
        assertThat(second.nextToken()).isNull();
        assertThat(client()
                        .getPartitionsPaginator(get -> get.databaseName("feeds")
                                .tableName("orders")
                                .expression("city = 'a'")
                                .maxResults(1))
                        .stream()
                        .flatMap(page -> page.partitions().stream()))
                .extracting(partition -> partition.values().get(1))
                .containsExactly("10", "12", "14");
    }

    @Test
    void theSegmentsOfAListingAreTheWholeListing() {
        IntStream.range(0, 40).forEach(hour -> create("2026-11-27", String.valueOf(hour), "Bern"));

        List<Partition> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            List<Partition> segment = list(get -> get.segment(
                    Segment.builder().segmentNumber(number).totalSegments(4).build()));
            assertThat(segment).isNotEmpty();
            all.addAll(segment);
        }

        assertThat(all).containsExactlyInAnyOrderElementsOf(list(get -> {}));
        assertThatThrownBy(() -> list(get -> get.segment(
                        Segment.builder().segmentNumber(4).totalSegments(4).build())))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aListingCanLeaveTheColumnsOut() {
        client().createPartition(create -> create.databaseName("feeds")
                .tableName("orders")
                .partitionInput(PartitionInput.builder()
                        .values("2026-11-27", "4", "Bern")
                        .storageDescriptor(storage("x/"))
                        .build()));

        Partition bare = list(get -> get.excludeColumnSchema(true)).getFirst();

        assertThat(bare.storageDescriptor().columns()).isEmpty();
        assertThat(bare.storageDescriptor().location()).isEqualTo(storage("x/").location());
    }

    @Test
    void anIndexIsKeptAndTold() {
        client().createPartitionIndex(create ->
                create.databaseName("feeds").tableName("orders").partitionIndex(index("by_day", "dt", "hour")));

        assertThat(client().getPartitionIndexes(get -> get.databaseName("feeds").tableName("orders"))
                        .partitionIndexDescriptorList())
                .singleElement()
                .satisfies(index -> {
                    assertThat(index.indexName()).isEqualTo("by_day");
                    assertThat(index.keys()).extracting("name").containsExactly("dt", "hour");
                    assertThat(index.keys()).extracting("type").containsExactly("date", "int");
                    assertThat(index.indexStatus()).isEqualTo(PartitionIndexStatus.ACTIVE);
                });
        assertThatThrownBy(() -> client().createPartitionIndex(create ->
                        create.databaseName("feeds").tableName("orders").partitionIndex(index("other", "country"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("country");
        assertThatThrownBy(() -> createIndex("by_day", "city")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> createIndex("again", "DT", "hour")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> createIndex("twice", "dt", "dt"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("twice");
        createIndex("two", "dt");
        createIndex("three", "hour", "dt");
        assertThatThrownBy(() -> createIndex("four", "city")).isInstanceOf(ResourceNumberLimitExceededException.class);
        assertThatThrownBy(() -> client().getPartitionIndexes(get ->
                        get.databaseName("feeds").tableName("orders").nextToken("any")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NextToken");
        client().deletePartitionIndex(delete ->
                delete.databaseName("feeds").tableName("orders").indexName("by_day"));
        assertThat(client().getPartitionIndexes(get -> get.databaseName("feeds").tableName("orders"))
                        .partitionIndexDescriptorList())
                .extracting("indexName")
                .containsExactly("three", "two");
    }

    private void createIndex(String name, String... keys) {
        client().createPartitionIndex(create ->
                create.databaseName("feeds").tableName("orders").partitionIndex(index(name, keys)));
    }

    private List<String> chosen(String expression) {
        return list(get -> get.expression(expression)).stream()
                .map(partition -> partition.values().get(1))
                .toList();
    }

    private List<Partition> list(Consumer<GetPartitionsRequest.Builder> more) {
        return partitions(more).partitions();
    }

    private software.amazon.awssdk.services.glue.model.GetPartitionsResponse partitions(
            Consumer<GetPartitionsRequest.Builder> more) {
        return client().getPartitions(get -> {
            get.databaseName("feeds").tableName("orders");
            more.accept(get);
        });
    }

    private void create(String... values) {
        client().createPartition(create ->
                create.databaseName("feeds").tableName("orders").partitionInput(input(values)));
    }

    private Partition get(String... values) {
        return client().getPartition(
                        get -> get.databaseName("feeds").tableName("orders").partitionValues(values))
                .partition();
    }

    private static PartitionInput input(String... values) {
        return PartitionInput.builder().values(values).build();
    }

    private static PartitionValueList values(String... values) {
        return PartitionValueList.builder().values(values).build();
    }

    private static BatchUpdatePartitionRequestEntry entry(String parameter, String... values) {
        return BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList(values)
                .partitionInput(input -> input.values(values).parameters(Map.of(parameter, "")))
                .build();
    }

    private static PartitionIndex index(String name, String... keys) {
        return PartitionIndex.builder().indexName(name).keys(keys).build();
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    private static StorageDescriptor storage(String folder) {
        return StorageDescriptor.builder()
                .columns(Stream.of("id", "amount")
                        .map(name -> column(name, "bigint"))
                        .toList())
                .location("s3://lake/orders/" + folder)
                .build();
    }
}
