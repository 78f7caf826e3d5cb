package dev.feedline.glue;

import dev.feedline.glue.crawl.CrawlFailure;
import dev.feedline.glue.crawl.FileFormat;
import dev.feedline.glue.crawl.Found;
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
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
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

    private final Tables tables;
    private final PartitionWriter partitions;
    private final GlueStore store;
    private final InstantSource clock;

    CrawlWriter(GlueStore store, Tables tables, PartitionWriter partitions, InstantSource clock) {
        this.store = store;
        this.tables = tables;
        this.partitions = partitions;
        this.clock = clock;
    }

    void requireDatabase(Crawler crawler) {
        store.read(tx -> Databases.existing(tx, crawler.databaseName()));
    }

    void write(
            Crawler crawler,
            CrawlerDefinition definition,
            List<Crawl.Located> found,
            CrawlResult done,
            Runnable checkpoint)
            throws CrawlFailure {
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
            partitions.write(crawler, definition, one, table, checkpoint);
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
                                    ? CrawledTable.withNew(
                                            there.storageDescriptor().columns(),
                                            found.storageDescriptor().columns(),
                                            FileFormat.Kind.CSV
                                                    .classification()
                                                    .equals(found.parameters().get("classification")))
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
}
