package dev.feedline.glue;

import dev.feedline.glue.crawl.CrawlFailure;
import dev.feedline.glue.crawl.Found;
import dev.feedline.glue.crawl.FoundTable;
import dev.feedline.glue.crawl.IncludePath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;

/// Writes what a crawl found to the Data Catalog, by the crawler's schema change policy:
/// https://docs.aws.amazon.com/glue/latest/dg/crawler-schema-changes-prevent.html
///
/// A crawl that finds what is there already writes nothing. Deletions come last, when all else is written.
final class CrawlWriter {
    /// Its value is the time in milliseconds since 1970.
    private static final String DEPRECATED = "DEPRECATED_BY_CRAWLER";

    private static final int CREATED_AT_ONCE = 100;
    private static final int DELETED_AT_ONCE = 25;

    private final Tables tables;
    private final Partitions partitions;
    private final PartitionListing listing;
    private final GlueStore store;
    private final InstantSource clock;

    CrawlWriter(GlueStore store, Tables tables, Partitions partitions, PartitionListing listing, InstantSource clock) {
        this.store = store;
        this.tables = tables;
        this.partitions = partitions;
        this.listing = listing;
        this.clock = clock;
    }

    void write(
            Crawler crawler,
            CrawlerDefinition definition,
            List<Crawl.Located> found,
            CrawlResult done,
            Runnable checkpoint)
            throws CrawlFailure {
        store.read(tx -> Databases.existing(tx, crawler.databaseName()));
        Map<String, Table> byName = new HashMap<>();
        tablesOf(crawler.databaseName()).forEach(table -> byName.put(table.name(), table));
        Set<String> names = new HashSet<>();
        for (Crawl.Located one : found) {
            checkpoint.run();
            String name = name(crawler, one, byName, names);
            names.add(name);
            write(crawler, definition, one, name, Optional.ofNullable(byName.get(name)), done, checkpoint);
        }
        checkpoint.run();
        for (Table table : byName.values()) {
            boolean isMine = crawler.name().equals(table.parameters().get(CrawledTable.BY))
                    && definition.paths().stream().anyMatch(path -> isUnder(path, table));
            if (isMine && !names.contains(table.name())) {
                remove(crawler, table, done);
            }
        }
    }

    /// The last folder's name, in lower case; another table's of that name gets the location's digest behind it.
    private static String name(Crawler crawler, Crawl.Located one, Map<String, Table> byName, Set<String> taken) {
        String path = one.table().path().replaceFirst("/$", "");
        String last = path.isEmpty() ? one.path().bucket() : path.substring(path.lastIndexOf('/') + 1);
        String prefix = crawler.tablePrefix() == null ? "" : crawler.tablePrefix();
        String name = (prefix + last).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_]", "_");
        Table there = byName.get(name);
        boolean isAnothers = there != null
                && (there.storageDescriptor() == null
                        || !one.location().equals(there.storageDescriptor().location()));
        return isAnothers || taken.contains(name) ? name + "_" + digest(one.location()) : name;
    }

    private static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private void write(
            Crawler crawler,
            CrawlerDefinition definition,
            Crawl.Located one,
            String name,
            Optional<Table> there,
            CrawlResult done,
            Runnable checkpoint)
            throws CrawlFailure {
        List<String> keys = one.table().keys();
        Found found = one.table().found();
        List<Column> columns = CrawledTable.columns(found, keys);
        Map<String, String> parameters = CrawledTable.parameters(found, crawler.name(), one.path());
        TableInput input = TableInput.builder()
                .name(name)
                .owner("owner")
                .retention(0)
                .tableType("EXTERNAL_TABLE")
                .partitionKeys(keys.stream()
                        .map(key -> Column.builder().name(key).type("string").build())
                        .toList())
                .parameters(parameters)
                .storageDescriptor(CrawledTable.storage(found, columns, one.location(), parameters))
                .build();
        if (there.isEmpty()) {
            tables.create(CreateTableRequest.builder()
                    .databaseName(crawler.databaseName())
                    .tableInput(input)
                    .build());
            done.tableCreated();
        } else {
            update(crawler, definition, there.get(), input, done);
        }
        if (!keys.isEmpty()) {
            Table table = store.read(tx -> Tables.existing(tx, crawler.databaseName(), name));
            writePartitions(crawler, definition, one, table, checkpoint);
        }
    }

    private void update(Crawler crawler, CrawlerDefinition definition, Table there, TableInput found, CrawlResult done)
            throws CrawlFailure {
        List<String> keys = there.partitionKeys().stream().map(Column::name).toList();
        List<String> foundKeys =
                found.partitionKeys().stream().map(Column::name).toList();
        if (!keys.equals(foundKeys)) {
            throw new CrawlFailure("Table " + there.databaseName() + "." + there.name() + " has the partition keys "
                    + keys + ", and its folders give " + foundKeys + "; delete the table, or crawl another folder");
        }
        if (crawler.schemaChangePolicy().updateBehavior() == UpdateBehavior.LOG
                && !there.parameters().containsKey(DEPRECATED)) {
            return;
        }
        Map<String, String> parameters = new LinkedHashMap<>(there.parameters());
        parameters.remove(DEPRECATED);
        StorageDescriptor storage = there.storageDescriptor();
        if (crawler.schemaChangePolicy().updateBehavior() != UpdateBehavior.LOG) {
            parameters = CrawledTable.merged(parameters, found.parameters());
            storage = CrawledTable.merged(there.storageDescriptor(), found.storageDescriptor()).toBuilder()
                    .columns(
                            definition.newColumnsOnly()
                                    ? withNew(
                                            there.storageDescriptor().columns(),
                                            found.storageDescriptor().columns())
                                    : commented(
                                            there.storageDescriptor().columns(),
                                            found.storageDescriptor().columns()))
                    .build();
        }
        boolean isSame = parameters.equals(there.parameters()) && storage.equals(there.storageDescriptor());
        if (!isSame) {
            tables.update(UpdateTableRequest.builder()
                    .databaseName(there.databaseName())
                    .skipArchive(
                            storage.columns().equals(there.storageDescriptor().columns()))
                    .tableInput(input(there)
                            .storageDescriptor(storage)
                            .parameters(parameters)
                            .build())
                    .build());
            done.tableUpdated();
        }
    }

    /// All that the table has.
    private static TableInput.Builder input(Table table) {
        return TableInput.builder()
                .name(table.name())
                .description(table.description())
                .owner(table.owner())
                .lastAccessTime(table.lastAccessTime())
                .lastAnalyzedTime(table.lastAnalyzedTime())
                .retention(table.retention())
                .storageDescriptor(table.storageDescriptor())
                .partitionKeys(table.partitionKeys())
                .viewOriginalText(table.viewOriginalText())
                .viewExpandedText(table.viewExpandedText())
                .tableType(table.tableType())
                .parameters(table.parameters());
    }

    private static List<Column> withNew(List<Column> there, List<Column> found) {
        Set<String> names = new HashSet<>(there.stream().map(Column::name).toList());
        List<Column> all = new ArrayList<>(there);
        found.stream().filter(column -> names.add(column.name())).forEach(all::add);
        return all;
    }

    /// What was found, with the comments that people have written.
    private static List<Column> commented(List<Column> there, List<Column> found) {
        Map<String, Column> known = new HashMap<>();
        there.forEach(column -> known.put(column.name(), column));
        return found.stream()
                .map(column -> known.containsKey(column.name())
                        ? column.toBuilder()
                                .comment(known.get(column.name()).comment())
                                .build()
                        : column)
                .toList();
    }

    /// A hundred at a time: a table may have a hundred thousand.
    private void writePartitions(
            Crawler crawler, CrawlerDefinition definition, Crawl.Located one, Table table, Runnable checkpoint)
            throws CrawlFailure {
        Set<List<String>> values = new HashSet<>();
        for (List<FoundTable.FoundPartition> some : parts(one.table().partitions(), CREATED_AT_ONCE)) {
            checkpoint.run();
            for (FoundTable.FoundPartition partition : some) {
                if (!values.add(partition.values())) {
                    throw new CrawlFailure("Two folders of " + one.location() + " are the partition "
                            + partition.values() + ", one of them " + one.path().location(partition.path()));
                }
            }
            write(
                    crawler,
                    table,
                    some.stream()
                            .map(partition -> partition(crawler, definition, one, partition, table))
                            .toList(),
                    definition.inheriting());
        }
        if (crawler.schemaChangePolicy().deleteBehavior() == DeleteBehavior.DELETE_FROM_DATABASE) {
            delete(table, gone(crawler, table, one.location(), values));
        }
    }

    private void write(Crawler crawler, Table table, List<PartitionInput> inputs, boolean inheriting)
            throws CrawlFailure {
        Map<List<String>, Partition> there = new HashMap<>();
        partitions
                .get(BatchGetPartitionRequest.builder()
                        .databaseName(table.databaseName())
                        .tableName(table.name())
                        .partitionsToGet(inputs.stream()
                                .map(input -> PartitionValueList.builder()
                                        .values(input.values())
                                        .build())
                                .toList())
                        .build())
                .forEach(partition -> there.put(partition.values(), partition));
        create(
                table,
                inputs.stream()
                        .filter(input -> !there.containsKey(input.values()))
                        .toList());
        if (crawler.schemaChangePolicy().updateBehavior() != UpdateBehavior.LOG) {
            List<PartitionInput> changed = new ArrayList<>();
            for (PartitionInput input : inputs) {
                Partition old = there.get(input.values());
                if (old != null && isChanged(merged(input, old, inheriting), old)) {
                    changed.add(merged(input, old, inheriting));
                }
            }
            change(table, changed);
        }
    }

    /// All that the partition has and a crawl does not find stays; what it inherits is its table's.
    private static PartitionInput merged(PartitionInput found, Partition there, boolean inheriting) {
        StorageDescriptor storage = found.storageDescriptor();
        return found.toBuilder()
                .parameters(CrawledTable.merged(there.parameters(), found.parameters()))
                .storageDescriptor(inheriting ? storage : CrawledTable.merged(there.storageDescriptor(), storage))
                .lastAccessTime(there.lastAccessTime())
                .lastAnalyzedTime(there.lastAnalyzedTime())
                .build();
    }

    private static boolean isChanged(PartitionInput input, Partition old) {
        return !(input.storageDescriptor().equals(old.storageDescriptor())
                && input.parameters().equals(old.parameters()));
    }

    private static PartitionInput partition(
            Crawler crawler,
            CrawlerDefinition definition,
            Crawl.Located one,
            FoundTable.FoundPartition partition,
            Table table) {
        Map<String, String> parameters = CrawledTable.parameters(partition.found(), crawler.name(), one.path());
        String location = one.path().location(partition.path());
        StorageDescriptor storage = definition.inheriting()
                ? table.storageDescriptor().toBuilder().location(location).build()
                : CrawledTable.storage(
                        partition.found(),
                        CrawledTable.columns(partition.found(), one.table().keys()),
                        location,
                        parameters);
        return PartitionInput.builder()
                .values(partition.values())
                .parameters(parameters)
                .storageDescriptor(storage)
                .build();
    }

    private void create(Table table, List<PartitionInput> inputs) throws CrawlFailure {
        var errors = partitions.create(BatchCreatePartitionRequest.builder()
                .databaseName(table.databaseName())
                .tableName(table.name())
                .partitionInputList(inputs)
                .build());
        if (!errors.isEmpty()) {
            throw refused(
                    table,
                    errors.getFirst().partitionValues(),
                    errors.getFirst().errorDetail());
        }
    }

    private void change(Table table, List<PartitionInput> inputs) throws CrawlFailure {
        var errors = partitions.update(BatchUpdatePartitionRequest.builder()
                .databaseName(table.databaseName())
                .tableName(table.name())
                .entries(inputs.stream()
                        .map(input -> BatchUpdatePartitionRequestEntry.builder()
                                .partitionValueList(input.values())
                                .partitionInput(input)
                                .build())
                        .toList())
                .build());
        if (!errors.isEmpty()) {
            throw refused(
                    table,
                    errors.getFirst().partitionValueList(),
                    errors.getFirst().errorDetail());
        }
    }

    private void delete(Table table, List<List<String>> values) {
        for (List<List<String>> some : parts(values, DELETED_AT_ONCE)) {
            partitions.delete(BatchDeletePartitionRequest.builder()
                    .databaseName(table.databaseName())
                    .tableName(table.name())
                    .partitionsToDelete(some.stream()
                            .map(one -> PartitionValueList.builder().values(one).build())
                            .toList())
                    .build());
        }
    }

    private void remove(Crawler crawler, Table table, CrawlResult done) {
        switch (crawler.schemaChangePolicy().deleteBehavior()) {
            case DELETE_FROM_DATABASE -> {
                tables.delete(DeleteTableRequest.builder()
                        .databaseName(table.databaseName())
                        .name(table.name())
                        .build());
                done.tableDeleted();
            }
            case DEPRECATE_IN_DATABASE -> deprecate(table, done);
            case LOG, UNKNOWN_TO_SDK_VERSION -> {}
        }
    }

    private void deprecate(Table table, CrawlResult done) {
        if (table.parameters().containsKey(DEPRECATED)) {
            return;
        }
        Map<String, String> parameters = new LinkedHashMap<>(table.parameters());
        parameters.put(DEPRECATED, Long.toString(clock.instant().toEpochMilli()));
        tables.update(UpdateTableRequest.builder()
                .databaseName(table.databaseName())
                .skipArchive(true)
                .tableInput(input(table).parameters(parameters).build())
                .build());
        done.tableUpdated();
    }

    private static boolean isUnder(IncludePath path, Table table) {
        String location = table.storageDescriptor() == null
                ? null
                : table.storageDescriptor().location();
        return location != null
                && (location.startsWith(path.location(path.prefix().isEmpty() ? "" : path.prefix() + "/"))
                        || location.equals(path.location(path.prefix())));
    }

    private List<Table> tablesOf(String database) {
        List<Table> all = new ArrayList<>();
        String token = null;
        do {
            GetTablesResponse page = tables.list(GetTablesRequest.builder()
                    .databaseName(database)
                    .nextToken(token)
                    .build());
            all.addAll(page.tableList());
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    /// The values of the partitions that this crawler has written below the table's location and did not find.
    private List<List<String>> gone(Crawler crawler, Table table, String location, Set<List<String>> found) {
        List<List<String>> gone = new ArrayList<>();
        String token = null;
        do {
            GetPartitionsResponse page = listing.list(GetPartitionsRequest.builder()
                    .databaseName(table.databaseName())
                    .tableName(table.name())
                    .excludeColumnSchema(true)
                    .nextToken(token)
                    .build());
            page.partitions().stream()
                    .filter(partition -> isOf(crawler, location, partition))
                    .map(Partition::values)
                    .filter(values -> !found.contains(values))
                    .forEach(gone::add);
            token = page.nextToken();
        } while (token != null);
        return gone;
    }

    private static boolean isOf(Crawler crawler, String location, Partition partition) {
        StorageDescriptor storage = partition.storageDescriptor();
        return crawler.name().equals(partition.parameters().get(CrawledTable.BY))
                && storage != null
                && storage.location() != null
                && storage.location().startsWith(location);
    }

    private static <T> List<List<T>> parts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int at = 0; at < all.size(); at += size) {
            parts.add(all.subList(at, Math.min(all.size(), at + size)));
        }
        return parts;
    }

    private static CrawlFailure refused(Table table, List<String> values, ErrorDetail why) {
        return new CrawlFailure("Partition " + values + " of " + table.databaseName() + "." + table.name()
                + " could not be written: " + why.errorMessage());
    }
}
