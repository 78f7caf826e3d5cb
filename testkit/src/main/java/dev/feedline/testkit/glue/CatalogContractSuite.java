package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Order;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.TableVersion;

/// What the Data Catalog owes its callers:
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog.html
///
/// The client of each test starts with an empty catalog of account 000000000000.
public abstract class CatalogContractSuite {
    protected abstract GlueClient client();

    @Test
    void aDatabaseIsKeptUnderItsLowerCaseName() {
        client().createDatabase(create -> create.databaseInput(
                database -> database.name("Feeds").description("all feeds").parameters(Map.of("owner", "Ops"))));

        var database = client().getDatabase(get -> get.name("FEEDS")).database();

        assertThat(database.name()).isEqualTo("feeds");
        assertThat(database.description()).isEqualTo("all feeds");
        assertThat(database.parameters()).containsExactly(Map.entry("owner", "Ops"));
        assertThat(database.catalogId()).isEqualTo("000000000000");
        assertThat(database.createTime()).isNotNull();
    }

    @Test
    void aSecondDatabaseOfTheSameNameIsRefused() {
        createDatabase("feeds");

        assertThatThrownBy(() -> createDatabase("Feeds")).isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void anUpdatedDatabaseKeepsItsCreationTime() {
        createDatabase("feeds");
        var before = client().getDatabase(get -> get.name("feeds")).database();

        client().updateDatabase(update -> update.name("feeds")
                .databaseInput(database -> database.name("feeds").description("changed")));

        var after = client().getDatabase(get -> get.name("feeds")).database();
        assertThat(after.description()).isEqualTo("changed");
        assertThat(after.createTime()).isEqualTo(before.createTime());
    }

    @Test
    void databasesAreListedInPages() {
        List.of("c", "a", "b").forEach(this::createDatabase);

        var first = client().getDatabases(get -> get.maxResults(2));
        var second = client().getDatabases(get -> get.maxResults(2).nextToken(first.nextToken()));

        assertThat(first.databaseList()).extracting("name").containsExactly("a", "b");
        assertThat(second.databaseList()).extracting("name").containsExactly("c");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void deletingADatabaseDeletesItsTables() {
        createTable("orders");
        client().deleteDatabase(delete -> delete.name("feeds"));
        createDatabase("feeds");

        assertThatThrownBy(() -> table("orders")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> client().deleteDatabase(delete -> delete.name("other")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void everyMemberOfATableComesBack() {
        createDatabase("feeds");
        StorageDescriptor storage = StorageDescriptor.builder()
                .columns(
                        Column.builder()
                                .name("id")
                                .type("bigint")
                                .comment("the key")
                                .build(),
                        Column.builder()
                                .name("At")
                                .type("timestamp")
                                .parameters(Map.of("a", "b"))
                                .build())
                .location("s3://feedline-landing/orders/")
                .additionalLocations("s3://elsewhere/")
                .inputFormat("in")
                .outputFormat("out")
                .compressed(true)
                .numberOfBuckets(-1)
                .serdeInfo(serde -> serde.name("s").serializationLibrary("lib").parameters(Map.of("p", "q")))
                .bucketColumns("id")
                .sortColumns(Order.builder().column("id").sortOrder(1).build())
                .parameters(Map.of("x", ""))
                .skewedInfo(skewed -> skewed.skewedColumnNames("id").skewedColumnValues("1"))
                .storedAsSubDirectories(false)
                .build();
        client().createTable(create -> create.databaseName("feeds")
                .tableInput(input -> input.name("Orders")
                        .owner("me")
                        .retention(7)
                        .storageDescriptor(storage)
                        .partitionKeys(Column.builder().name("day").type("date").build())
                        .tableType("EXTERNAL_TABLE")
                        .parameters(Map.of("classification", "json"))));

        Table table = table("orders");

        assertThat(table.name()).isEqualTo("orders");
        assertThat(table.databaseName()).isEqualTo("feeds");
        assertThat(table.storageDescriptor()).isEqualTo(storage);
        assertThat(table.partitionKeys()).extracting("name").containsExactly("day");
        assertThat(table.parameters()).containsExactly(Map.entry("classification", "json"));
        assertThat(table.owner()).isEqualTo("me");
        assertThat(table.retention()).isEqualTo(7);
        assertThat(table.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(table.versionId()).isEqualTo("0");
    }

    @Test
    void aTableNeedsItsDatabaseAndAFreeName() {
        createTable("orders");

        assertThatThrownBy(() -> client().createTable(
                                create -> create.databaseName("none").tableInput(input -> input.name("orders"))))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> client().createTable(
                                create -> create.databaseName("feeds").tableInput(input -> input.name("ORDERS"))))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void anUpdateMakesANewVersionAndKeepsTheOldOne() {
        createTable("orders");
        update("orders", "one", null, false);

        List<TableVersion> versions = client().getTableVersions(
                        get -> get.databaseName("feeds").tableName("orders"))
                .tableVersions();

        assertThat(table("orders").versionId()).isEqualTo("1");
        assertThat(versions).extracting(TableVersion::versionId).containsExactly("1", "0");
        assertThat(versions.getFirst().table().description()).isEqualTo("one");
        assertThat(client().getTableVersion(get ->
                                get.databaseName("feeds").tableName("orders").versionId("0"))
                        .tableVersion()
                        .table()
                        .description())
                .isNull();
    }

    @Test
    void anUpdateThatSkipsTheArchiveKeepsNoOldVersion() {
        createTable("orders");
        update("orders", "one", null, true);

        assertThat(client().getTableVersions(get -> get.databaseName("feeds").tableName("orders"))
                        .tableVersions())
                .extracting(TableVersion::versionId)
                .containsExactly("1");
        assertThatThrownBy(() -> client().getTableVersion(get ->
                        get.databaseName("feeds").tableName("orders").versionId("0")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void ofTwoUpdatesThatReadOneVersionTheSecondIsRefused() {
        createTable("orders");
        String read = table("orders").versionId();
        update("orders", "first", read, false);

        assertThatThrownBy(() -> update("orders", "second", read, false))
                .isInstanceOf(ConcurrentModificationException.class);
        assertThat(table("orders").description()).isEqualTo("first");
    }

    @Test
    void versionsAreListedInPages() {
        createTable("orders");
        for (int i = 1; i <= 4; i++) {
            update("orders", "v" + i, null, false);
        }

        var first = client().getTableVersions(
                        get -> get.databaseName("feeds").tableName("orders").maxResults(3));
        var second = client().getTableVersions(get ->
                get.databaseName("feeds").tableName("orders").maxResults(3).nextToken(first.nextToken()));

        assertThat(first.tableVersions()).extracting(TableVersion::versionId).containsExactly("4", "3", "2");
        assertThat(second.tableVersions()).extracting(TableVersion::versionId).containsExactly("1", "0");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void tablesAreListedByExpressionAndInPages() {
        List.of("orders", "orders_eu", "events").forEach(this::createTable);

        var matching = client().getTables(get -> get.databaseName("feeds").expression("orders.*"));
        var first = client().getTables(get -> get.databaseName("feeds").maxResults(2));
        var second = client().getTables(
                        get -> get.databaseName("feeds").maxResults(2).nextToken(first.nextToken()));

        assertThat(matching.tableList()).extracting(Table::name).containsExactly("orders", "orders_eu");
        assertThat(first.tableList()).extracting(Table::name).containsExactly("events", "orders");
        assertThat(second.tableList()).extracting(Table::name).containsExactly("orders_eu");
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void namesAreAlsoChosenByHivesPatterns() {
        List.of("orders", "orders_eu", "events").forEach(this::createTable);

        assertThat(names("*")).containsExactly("events", "orders", "orders_eu");
        assertThat(names("orders*")).containsExactly("orders", "orders_eu");
        assertThat(names("*_eu|ev*")).containsExactly("events", "orders_eu");
        assertThat(names("[oe].*s")).containsExactly("events", "orders");
        assertThat(names("orders\\w*")).containsExactly("orders", "orders_eu");
        assertThat(names("(orders|events)")).containsExactly("events", "orders");
        assertThatThrownBy(() -> names("[")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void anExpressionThatNeverEndsIsRefused() {
        createTable("a".repeat(200));

        assertThatThrownBy(() -> names(".+.+.+.+.+.+.+.+0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("steps");
        assertThatThrownBy(() -> names("(".repeat(600) + "a|b" + ")*".repeat(600)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void whatIsMissingIsRefusedByItsName() {
        createTable("orders");

        assertMissing("DatabaseInput", () -> client().createDatabase(create -> {}));
        assertMissing("DatabaseInput", () -> client().updateDatabase(update -> update.name("feeds")));
        assertMissing("TableInput", () -> client().createTable(create -> create.databaseName("feeds")));
        assertMissing("TableInput", () -> client().updateTable(update -> update.databaseName("feeds")));
        assertMissing("TableName", () -> client().getTableVersions(get -> get.databaseName("feeds")));
        assertMissing("DatabaseName", () -> client().getTables(get -> {}));
        assertMissing("ResourceArn", () -> client().getTags(get -> {}));
        assertMissing("JobUpdate", () -> client().updateJob(update -> update.jobName("any")));
        assertMissing(
                "VersionId",
                () -> client().deleteTableVersion(
                                delete -> delete.databaseName("feeds").tableName("orders")));
    }

    private static void assertMissing(String member, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(member);
    }

    @Test
    void aTokenIsGoodForItsOwnListingOnly() {
        List.of("orders", "events").forEach(this::createTable);
        createDatabase("other");
        String token = client().getTables(get -> get.databaseName("feeds").maxResults(1))
                .nextToken();

        assertThatThrownBy(() ->
                        client().getTables(get -> get.databaseName("other").nextToken(token)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NextToken");
        assertThatThrownBy(() -> client().getDatabases(get -> get.nextToken(token)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void unknownAttributesAreRefusedWhereNothingIsListed() {
        createDatabase("feeds");

        assertThatThrownBy(() ->
                        client().getTables(get -> get.databaseName("feeds").attributesToGetWithStrings("OWNER")))
                .isInstanceOf(InvalidInputException.class);
        client().deleteDatabase(delete -> delete.name("feeds"));
        assertThatThrownBy(() -> client().getDatabases(get -> get.attributesToGetWithStrings("OWNER")))
                .isInstanceOf(InvalidInputException.class);
    }

    private List<String> names(String expression) {
        return client().getTables(get -> get.databaseName("feeds").expression(expression)).tableList().stream()
                .map(Table::name)
                .toList();
    }

    @Test
    void aListingCanBeOfNamesOnly() {
        createTable("orders");

        Table named = client().getTables(get -> get.databaseName("feeds").attributesToGet(TableAttributes.NAME))
                .tableList()
                .getFirst();

        assertThat(named).isEqualTo(Table.builder().name("orders").build());
    }

    @Test
    void aVersionIsDeletedUnlessItIsThePresentOne() {
        createTable("orders");
        for (int i = 1; i <= 3; i++) {
            update("orders", "v" + i, null, false);
        }

        client().deleteTableVersion(delete ->
                delete.databaseName("feeds").tableName("orders").versionId("1"));
        var errors = client().batchDeleteTableVersion(delete ->
                        delete.databaseName("feeds").tableName("orders").versionIds("0", "1", "3"))
                .errors();

        assertThat(client().getTableVersions(get -> get.databaseName("feeds").tableName("orders"))
                        .tableVersions())
                .extracting(TableVersion::versionId)
                .containsExactly("3", "2");
        assertThat(errors).extracting("versionId").containsExactly("1", "3");
        assertThat(errors)
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("EntityNotFoundException", "InvalidInputException");
        assertThatThrownBy(() -> client().deleteTableVersion(delete ->
                        delete.databaseName("feeds").tableName("orders").versionId("7")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void aBatchDeletesTheTablesThatExist() {
        List.of("orders", "events").forEach(this::createTable);

        var errors = client().batchDeleteTable(
                        delete -> delete.databaseName("feeds").tablesToDelete("Orders", "none"))
                .errors();

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.tableName()).isEqualTo("none");
            assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
        });
        assertThat(names("*")).containsExactly("events");
    }

    @Test
    void whatIsTooLongIsRefusedByItsName() {
        createDatabase("feeds");

        assertRefused(table -> table.description("x".repeat(2049)), "Description must have at most 2048 bytes");
        assertRefused(table -> table.description("ü".repeat(1025)), "not 2050");
        assertRefused(table -> table.retention(-1), "Retention");
        assertRefused(table -> table.parameters(Map.of("p", "x".repeat(512_001))), "Parameter p");
        assertRefused(
                table -> table.storageDescriptor(storage -> storage.location("s3://" + "x".repeat(2052))), "Location");
        assertRefused(
                table -> table.partitionKeys(Column.builder().type("string").build()), "PartitionKeys");
        assertRefused(
                table -> table.storageDescriptor(
                        storage -> storage.schemaReference(reference -> reference.schemaVersionId("x".repeat(36)))),
                "StorageDescriptor.SchemaReference");
        assertThatThrownBy(() -> createDatabase("x".repeat(256))).isInstanceOf(InvalidInputException.class);
    }

    private void assertRefused(Consumer<TableInput.Builder> flaw, String reason) {
        assertThatThrownBy(() -> client().createTable(
                                create -> create.databaseName("feeds").tableInput(table -> {
                                    table.name("orders");
                                    flaw.accept(table);
                                })))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aDeletedTableIsGoneWithItsVersions() {
        createTable("orders");
        update("orders", "one", null, false);
        client().deleteTable(delete -> delete.databaseName("feeds").name("orders"));

        assertThatThrownBy(() -> table("orders")).isInstanceOf(EntityNotFoundException.class);
        createTable("orders");
        assertThat(client().getTableVersions(get -> get.databaseName("feeds").tableName("orders"))
                        .tableVersions())
                .hasSize(1);
    }

    @Test
    void aMemberThatIsNotHonouredIsRefusedByName() {
        createDatabase("feeds");

        assertThatThrownBy(() -> client().createTable(create -> create.databaseName("feeds")
                        .tableInput(input -> input.name("link").targetTable(target -> target.name("t")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("TargetTable");
    }

    @Test
    void anotherCatalogIsNotFound() {
        assertThatThrownBy(() -> client().getDatabases(get -> get.catalogId("111122223333")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void tagsAreAddedAndRemoved() {
        client().createDatabase(create ->
                create.databaseInput(database -> database.name("feeds")).tags(Map.of("a", "1", "b", "2")));
        String arn = "arn:aws:glue:us-east-1:000000000000:database/feeds";
        client().tagResource(tag -> tag.resourceArn(arn).tagsToAdd(Map.of("b", "3", "c", "4")));
        client().untagResource(untag -> untag.resourceArn(arn).tagsToRemove("a"));

        assertThat(client().getTags(get -> get.resourceArn(arn)).tags()).isEqualTo(Map.of("b", "3", "c", "4"));
        assertThatThrownBy(() -> client().getTags(get -> get.resourceArn(arn + "x")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void anErrorCarriesItsCodeAndStatus() {
        assertThatThrownBy(() -> client().getDatabase(get -> get.name("none")))
                .isInstanceOfSatisfying(GlueException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(400);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("EntityNotFoundException");
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Database none not found.");
                });
    }

    private void createDatabase(String name) {
        client().createDatabase(create -> create.databaseInput(database -> database.name(name)));
    }

    private void createTable(String name) {
        if (client().getDatabases(get -> {}).databaseList().isEmpty()) {
            createDatabase("feeds");
        }
        client().createTable(create -> create.databaseName("feeds")
                .tableInput(TableInput.builder().name(name).build()));
    }

    private Table table(String name) {
        return client().getTable(get -> get.databaseName("feeds").name(name)).table();
    }

    private void update(
            String name, String description, @org.jspecify.annotations.Nullable String version, boolean skipArchive) {
        client().updateTable(update -> update.databaseName("feeds")
                .tableInput(input -> input.name(name).description(description))
                .versionId(version)
                .skipArchive(skipArchive));
    }
}
