package dev.feedline.glue;

import dev.feedline.glue.crawl.CrawlFailure;
import dev.feedline.glue.crawl.FoundTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

/// Writes the partitions of a table that a crawl found, and deletes those that are gone, by the crawler's schema change
/// policy. What is there already is not written.
final class PartitionWriter {
    private static final int CREATED_AT_ONCE = 100;
    private static final int DELETED_AT_ONCE = 25;

    private final Partitions partitions;
    private final PartitionListing listing;

    PartitionWriter(Partitions partitions, PartitionListing listing) {
        this.partitions = partitions;
        this.listing = listing;
    }

    /// A hundred at a time: a table may have a hundred thousand.
    void write(Crawler crawler, CrawlerDefinition definition, Crawl.Located one, Table table, Runnable checkpoint)
            throws CrawlFailure {
        Set<List<String>> values = new HashSet<>();
        for (List<FoundTable.FoundPartition> some : one.table().partitions().stream()
                .gather(Gatherers.windowFixed(CREATED_AT_ONCE))
                .toList()) {
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
        values.stream()
                .gather(Gatherers.windowFixed(DELETED_AT_ONCE))
                .forEach(some -> partitions.delete(BatchDeletePartitionRequest.builder()
                        .databaseName(table.databaseName())
                        .tableName(table.name())
                        .partitionsToDelete(some.stream()
                                .map(one ->
                                        PartitionValueList.builder().values(one).build())
                                .toList())
                        .build()));
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

    private static CrawlFailure refused(Table table, List<String> values, ErrorDetail why) {
        return new CrawlFailure("Partition " + values + " of " + table.databaseName() + "." + table.name()
                + " could not be written: " + why.errorMessage());
    }
}
