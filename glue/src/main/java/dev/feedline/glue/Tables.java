package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.model.BatchDeleteTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableAttributes;
import software.amazon.awssdk.services.glue.model.TableError;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;

/// The tables of the Data Catalog; each change makes a new version, and an update may insist on the one
/// it read.
final class Tables {
    private static final int LARGEST_PAGE = 100;
    /// https://docs.aws.amazon.com/general/latest/gr/glue.html: versions per table.
    private static final int MOST_VERSIONS = 100_000;

    /// https://docs.aws.amazon.com/glue/latest/webapi/API_BatchDeleteTable.html
    private static final int MOST_DELETED = 100;

    private final GlueStore store;
    private final Tags tags;
    private final Ground ground;

    Tables(GlueStore store, Tags tags, Ground ground) {
        this.store = store;
        this.tags = tags;
        this.ground = ground;
    }

    void create(CreateTableRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        Names.requireOnly(Set.of("CatalogId", "DatabaseName", "Name", "TableInput", "PartitionIndexes"), request);
        String database = Names.catalogName("DatabaseName", request.databaseName());
        Instant now = ground.clock().instant();
        TableInput input = checked(request.tableInput());
        Table table = table(database, nameOf(request.name(), input), input, now, now, 0);
        store.write(tx -> {
            Databases.existing(tx, database);
            if (find(tx, database, table.name()).isPresent()) {
                throw GlueError.ALREADY_EXISTS.because("Table already exists.");
            }
            tx.update(
                    "INSERT INTO glue_table (database, name, version, body) VALUES (?, ?, 0, ?)",
                    database,
                    table.name(),
                    SdkJson.write(table));
            for (PartitionIndex index : request.partitionIndexes()) {
                PartitionIndexes.create(tx, table, index);
            }
            return null;
        });
    }

    Table get(GetTableRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        // No table here has a status that could be told: only views do.
        Names.requireOnly(Set.of("CatalogId", "DatabaseName", "Name", "IncludeStatusDetails"), request);
        String database = Names.catalogName("DatabaseName", request.databaseName());
        String name = Names.catalogName("Name", request.name());
        return store.read(tx -> existing(tx, database, name));
    }

    GetTablesResponse list(GetTablesRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        Names.requireOnly(
                Set.of(
                        "CatalogId",
                        "DatabaseName",
                        "Expression",
                        "NextToken",
                        "MaxResults",
                        "IncludeStatusDetails",
                        "AttributesToGet"),
                request);
        String database = Names.catalogName("DatabaseName", request.databaseName());
        Predicate<String> expression = NamePattern.of(request.expression());
        requireKnown(request.attributesToGet());
        Page page = Page.of("GetTables/" + database, request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<String> names = store.read(tx -> {
            Databases.existing(tx, database);
            return tx.query(
                    "SELECT name FROM glue_table WHERE database = ? AND name > ? ORDER BY name",
                    row -> row.getString(1),
                    database,
                    page.after());
        });
        List<String> matching =
                names.stream().filter(expression).limit(page.limit()).toList();
        // A table that is deleted between the two looks is simply not listed.
        List<Table> tables = page.entries(matching).stream()
                .flatMap(name -> store.read(tx -> find(tx, database, name)).stream())
                .toList();
        return GetTablesResponse.builder()
                .tableList(tables.stream()
                        .map(table -> only(table, request.attributesToGet()))
                        .toList())
                .nextToken(page.next(matching, name -> name))
                .build();
    }

    void update(UpdateTableRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        Names.requireOnly(
                Set.of("CatalogId", "DatabaseName", "Name", "TableInput", "SkipArchive", "VersionId"), request);
        String database = Names.catalogName("DatabaseName", request.databaseName());
        TableInput input = checked(request.tableInput());
        String name = nameOf(request.name(), input);
        Instant now = ground.clock().instant();
        store.write(tx -> {
            Table old = existing(tx, database, name);
            requireVersion(old, request.versionId());
            if (!Boolean.TRUE.equals(request.skipArchive())) {
                archive(tx, old);
            }
            int version = Integer.parseInt(old.versionId()) + 1;
            Table table = table(database, name, input, old.createTime(), now, version);
            return tx.update(
                    "UPDATE glue_table SET version = ?, body = ? WHERE database = ? AND name = ?",
                    version,
                    SdkJson.write(table),
                    database,
                    name);
        });
    }

    void delete(DeleteTableRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        Names.requireOnly(Set.of("CatalogId", "DatabaseName", "Name"), request);
        String database = Names.catalogName("DatabaseName", request.databaseName());
        String name = Names.catalogName("Name", request.name());
        store.write(tx -> {
            delete(tx, database, name);
            return null;
        });
    }

    List<TableError> delete(BatchDeleteTableRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        Names.requireOnly(Set.of("CatalogId", "DatabaseName", "TablesToDelete"), request);
        CatalogLimits.requireAtMost("TablesToDelete", request.tablesToDelete(), MOST_DELETED);
        String database = Names.catalogName("DatabaseName", request.databaseName());
        return store.write(tx -> {
            Databases.existing(tx, database);
            List<TableError> errors = new ArrayList<>();
            for (String name : request.tablesToDelete()) {
                try {
                    delete(tx, database, Names.catalogName("TablesToDelete", name));
                } catch (AwsServiceException e) {
                    errors.add(TableError.builder()
                            .tableName(name)
                            .errorDetail(GlueError.detail(e))
                            .build());
                }
            }
            return errors;
        });
    }

    private void delete(Transaction tx, String database, String name) throws SQLException {
        existing(tx, database, name);
        tags.forget(tx, "table/" + database + "/" + name);
        tx.update("DELETE FROM glue_table WHERE database = ? AND name = ?", database, name);
    }

    private static void requireKnown(List<TableAttributes> attributes) {
        if (attributes.contains(TableAttributes.UNKNOWN_TO_SDK_VERSION)) {
            throw GlueError.INVALID_INPUT.because("AttributesToGet takes NAME and TABLE_TYPE");
        }
    }

    private static Table only(Table table, List<TableAttributes> attributes) {
        if (attributes.isEmpty()) {
            return table;
        }
        Table.Builder chosen = Table.builder().name(table.name());
        for (TableAttributes attribute : attributes) {
            switch (attribute) {
                case NAME, UNKNOWN_TO_SDK_VERSION -> {} // requireKnown
                case TABLE_TYPE -> chosen.tableType(table.tableType());
            }
        }
        return chosen.build();
    }

    static Table existing(Transaction tx, String database, String name) throws SQLException {
        Databases.existing(tx, database);
        return find(tx, database, name)
                .orElseThrow(
                        () -> GlueError.ENTITY_NOT_FOUND.because("Entity Not Found: table " + database + "." + name));
    }

    static Optional<Table> find(Transaction tx, String database, String name) throws SQLException {
        return tx.first(
                "SELECT body FROM glue_table WHERE database = ? AND name = ?",
                row -> SdkJson.read(row.getString(1), Table.builder()),
                database,
                name);
    }

    private static void requireVersion(Table table, @Nullable String expected) {
        if (expected != null && !expected.equals(table.versionId())) {
            throw GlueError.CONCURRENT_MODIFICATION.because("Update table failed due to concurrent modifications: "
                    + table.databaseName() + "." + table.name() + " is at version " + table.versionId() + ", not "
                    + expected);
        }
    }

    private static void archive(Transaction tx, Table old) throws SQLException {
        long versions = tx.first(
                        "SELECT count(*) FROM table_version WHERE database = ? AND name = ?",
                        row -> row.getLong(1),
                        old.databaseName(),
                        old.name())
                .orElse(0L);
        if (versions >= MOST_VERSIONS) {
            throw GlueError.RESOURCE_NUMBER_LIMIT_EXCEEDED.because(
                    "Table " + old.name() + " has " + versions + " versions; update it with SkipArchive");
        }
        tx.update(
                "INSERT INTO table_version (database, name, version, body) VALUES (?, ?, ?, ?)",
                old.databaseName(),
                old.name(),
                Integer.parseInt(old.versionId()),
                SdkJson.write(old));
    }

    private static TableInput checked(@Nullable TableInput given) {
        TableInput input = Names.required("TableInput", given);
        CatalogLimits.check(input);
        return input;
    }

    private static String nameOf(@Nullable String name, TableInput input) {
        String own = Names.catalogName("TableInput.Name", input.name());
        if (name != null && !Names.catalogName("Name", name).equals(own)) {
            throw GlueError.INVALID_INPUT.because("Name and TableInput.Name differ: " + name + ", " + input.name());
        }
        return own;
    }

    private Table table(String database, String name, TableInput input, Instant created, Instant updated, int version) {
        return Table.builder()
                .name(name)
                .databaseName(database)
                .description(input.description())
                .owner(input.owner())
                .createTime(created)
                .updateTime(updated)
                .lastAccessTime(input.lastAccessTime())
                .lastAnalyzedTime(input.lastAnalyzedTime())
                .retention(input.retention() == null ? 0 : input.retention())
                .storageDescriptor(input.storageDescriptor())
                .partitionKeys(input.partitionKeys())
                .viewOriginalText(input.viewOriginalText())
                .viewExpandedText(input.viewExpandedText())
                .tableType(input.tableType())
                .parameters(input.parameters())
                .createdBy("arn:aws:iam::" + ground.account().id() + ":root")
                .isRegisteredWithLakeFormation(false)
                .catalogId(ground.account().id())
                .versionId(Integer.toString(version))
                .build();
    }
}
