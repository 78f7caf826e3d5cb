package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CreatePartitionIndexRequest;
import software.amazon.awssdk.services.glue.model.DeletePartitionIndexRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionIndexesResponse;
import software.amazon.awssdk.services.glue.model.KeySchemaElement;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.PartitionIndexStatus;
import software.amazon.awssdk.services.glue.model.Table;

/// The indexes of a table's partitions. They are kept and told, and active at once; an answer is the same with them
/// and without, and no faster.
final class PartitionIndexes {
    /// https://docs.aws.amazon.com/glue/latest/dg/partition-indexes.html: "up to 3 partition indexes on a table".
    private static final int MOST = 3;

    private final GlueStore store;
    private final Ground ground;

    PartitionIndexes(GlueStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    void create(CreatePartitionIndexRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        store.write(tx -> {
            create(tx, name.existing(tx), request.partitionIndex());
            return null;
        });
    }

    static void create(Transaction tx, Table table, @Nullable PartitionIndex given) throws SQLException {
        PartitionIndex index = Names.required("PartitionIndex", given);
        String name = Names.checked("IndexName", index.indexName());
        List<KeySchemaElement> keys =
                index.keys().stream().map(key -> key(table, key)).toList();
        if (keys.isEmpty()) {
            throw GlueError.INVALID_INPUT.because("An index needs at least one of the table's partition keys");
        }
        if (keys.stream().distinct().count() < keys.size()) {
            throw GlueError.INVALID_INPUT.because("Index " + name + " has a key twice: " + index.keys());
        }
        List<PartitionIndexDescriptor> existing = of(tx, table, "", MOST);
        if (existing.stream().anyMatch(one -> one.indexName().equals(name))) {
            throw GlueError.ALREADY_EXISTS.because("Partition index " + name + " already exists.");
        }
        if (existing.stream().anyMatch(one -> one.keys().equals(keys))) {
            throw GlueError.ALREADY_EXISTS.because("An index of the keys " + index.keys() + " already exists.");
        }
        if (existing.size() >= MOST) {
            throw GlueError.RESOURCE_NUMBER_LIMIT_EXCEEDED.because("A table has at most " + MOST + " indexes");
        }
        PartitionIndexDescriptor made = PartitionIndexDescriptor.builder()
                .indexName(name)
                .keys(keys)
                .indexStatus(PartitionIndexStatus.ACTIVE)
                .build();
        tx.update(
                "INSERT INTO partition_index (database, name, index_name, body) VALUES (?, ?, ?, ?)",
                table.databaseName(),
                table.name(),
                name,
                SdkJson.write(made));
    }

    GetPartitionIndexesResponse list(GetPartitionIndexesRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        Page page =
                Page.of("GetPartitionIndexes/" + name.database() + "/" + name.table(), request.nextToken(), null, MOST);
        List<PartitionIndexDescriptor> indexes =
                store.read(tx -> of(tx, name.existing(tx), page.after(), page.limit()));
        return GetPartitionIndexesResponse.builder()
                .partitionIndexDescriptorList(page.entries(indexes))
                .nextToken(page.next(indexes, PartitionIndexDescriptor::indexName))
                .build();
    }

    void delete(DeletePartitionIndexRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        String index = Names.checked("IndexName", request.indexName());
        store.write(tx -> {
            Table table = name.existing(tx);
            int deleted = tx.update(
                    "DELETE FROM partition_index WHERE database = ? AND name = ? AND index_name = ?",
                    table.databaseName(),
                    table.name(),
                    index);
            if (deleted == 0) {
                throw GlueError.ENTITY_NOT_FOUND.because("Partition index " + index + " not found.");
            }
            return null;
        });
    }

    private static List<PartitionIndexDescriptor> of(Transaction tx, Table table, String after, int most)
            throws SQLException {
        return tx.query(
                "SELECT body FROM partition_index WHERE database = ? AND name = ? AND index_name > ? "
                        + "ORDER BY index_name LIMIT ?",
                row -> SdkJson.read(row.getString(1), PartitionIndexDescriptor.builder()),
                table.databaseName(),
                table.name(),
                after,
                most);
    }

    private static KeySchemaElement key(Table table, String name) {
        return table.partitionKeys().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .map(column -> KeySchemaElement.builder()
                        .name(column.name())
                        .type(column.type())
                        .build())
                .findFirst()
                .orElseThrow(() -> GlueError.INVALID_INPUT.because(
                        "An index takes partition keys of the table, and " + name + " is none"));
    }
}
