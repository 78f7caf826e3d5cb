package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.model.BatchCreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchDeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchGetPartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequest;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.DeletePartitionRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionRequest;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.UpdatePartitionRequest;

/// The partitions of the catalog's tables, each named by its values, one for each partition key.
///
/// A batch is one transaction; an entry that cannot be done, or is refused, is told in the answer and leaves the others
/// alone.
final class Partitions {
    // https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-partitions.html: the arrays' limits.
    private static final int MOST_CREATED = 100;
    private static final int MOST_UPDATED = 100;
    private static final int MOST_DELETED = 25;
    private static final int MOST_GOT = 1_000;

    private final GlueStore store;
    private final Ground ground;

    Partitions(GlueStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    void create(CreatePartitionRequest request) {
        TableName table = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        store.write(tx -> {
            insert(tx, table.existing(tx), request.partitionInput());
            return null;
        });
    }

    List<PartitionError> create(BatchCreatePartitionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        CatalogLimits.requireAtMost("PartitionInputList", request.partitionInputList(), MOST_CREATED);
        return store.write(tx -> {
            Table table = name.existing(tx);
            List<PartitionError> errors = new ArrayList<>();
            for (PartitionInput input : request.partitionInputList()) {
                try {
                    insert(tx, table, input);
                } catch (AwsServiceException e) {
                    errors.add(error(input == null ? List.of() : input.values(), e));
                }
            }
            return errors;
        });
    }

    Partition get(GetPartitionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        return store.read(tx -> existing(tx, name.existing(tx), request.partitionValues()));
    }

    /// Those of the named partitions that exist.
    List<Partition> get(BatchGetPartitionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        Names.requireOnly(Set.of("CatalogId", "DatabaseName", "TableName", "PartitionsToGet"), request);
        CatalogLimits.requireAtMost("PartitionsToGet", request.partitionsToGet(), MOST_GOT);
        return store.read(tx -> {
            Table table = name.existing(tx);
            List<Partition> found = new ArrayList<>();
            for (PartitionValueList one : request.partitionsToGet()) {
                List<String> values = Names.required("PartitionsToGet", one).values();
                Optional<Partition> partition = find(tx, table, values);
                if (partition.isEmpty()) {
                    requireOneForEachKey(table, values);
                }
                partition.ifPresent(found::add);
            }
            return found;
        });
    }

    void update(UpdatePartitionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        store.write(tx -> {
            replace(tx, name.existing(tx), request.partitionValueList(), request.partitionInput());
            return null;
        });
    }

    List<BatchUpdatePartitionFailureEntry> update(BatchUpdatePartitionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        CatalogLimits.requireAtMost("Entries", request.entries(), MOST_UPDATED);
        return store.write(tx -> {
            Table table = name.existing(tx);
            List<BatchUpdatePartitionFailureEntry> errors = new ArrayList<>();
            for (BatchUpdatePartitionRequestEntry one : request.entries()) {
                BatchUpdatePartitionRequestEntry entry = Names.required("Entries", one);
                try {
                    replace(tx, table, entry.partitionValueList(), entry.partitionInput());
                } catch (AwsServiceException e) {
                    errors.add(BatchUpdatePartitionFailureEntry.builder()
                            .partitionValueList(entry.partitionValueList())
                            .errorDetail(GlueError.detail(e))
                            .build());
                }
            }
            return errors;
        });
    }

    void delete(DeletePartitionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        store.write(tx -> {
            delete(tx, name.existing(tx), request.partitionValues());
            return null;
        });
    }

    List<PartitionError> delete(BatchDeletePartitionRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        CatalogLimits.requireAtMost("PartitionsToDelete", request.partitionsToDelete(), MOST_DELETED);
        return store.write(tx -> {
            Table table = name.existing(tx);
            List<PartitionError> errors = new ArrayList<>();
            for (PartitionValueList given : request.partitionsToDelete()) {
                PartitionValueList one = Names.required("PartitionsToDelete", given);
                try {
                    delete(tx, table, one.values());
                } catch (AwsServiceException e) {
                    errors.add(error(one.values(), e));
                }
            }
            return errors;
        });
    }

    private void insert(Transaction tx, Table table, @Nullable PartitionInput given) throws SQLException {
        PartitionInput input = checked(given);
        if (table.partitionKeys().isEmpty()) {
            throw GlueError.INVALID_INPUT.because(
                    "Table " + table.databaseName() + "." + table.name() + " has no partition keys, so no partitions");
        }
        requireOneForEachKey(table, input.values());
        if (find(tx, table, input.values()).isPresent()) {
            throw GlueError.ALREADY_EXISTS.because("Partition already exists.");
        }
        Partition partition = partition(table, input.values(), input).toBuilder()
                .creationTime(ground.clock().instant())
                .build();
        tx.update(
                "INSERT INTO glue_partition (database, name, key, body) VALUES (?, ?, ?, ?)",
                table.databaseName(),
                table.name(),
                PartitionKey.of(input.values()),
                SdkJson.write(partition));
    }

    /// "The Values property can't be changed": https://docs.aws.amazon.com/glue/latest/webapi/API_UpdatePartition.html
    private static void replace(Transaction tx, Table table, List<String> values, @Nullable PartitionInput given)
            throws SQLException {
        PartitionInput input = checked(given);
        if (!input.values().isEmpty() && !input.values().equals(values)) {
            throw GlueError.INVALID_INPUT.because("The values of a partition cannot be changed, from " + values + " to "
                    + input.values() + "; delete it and create the other");
        }
        Partition old = existing(tx, table, values);
        Partition partition = partition(table, values, input).toBuilder()
                .creationTime(old.creationTime())
                .build();
        tx.update(
                "UPDATE glue_partition SET body = ? WHERE database = ? AND name = ? AND key = ?",
                SdkJson.write(partition),
                table.databaseName(),
                table.name(),
                PartitionKey.of(values));
    }

    private static void delete(Transaction tx, Table table, List<String> values) throws SQLException {
        int deleted = tx.update(
                "DELETE FROM glue_partition WHERE database = ? AND name = ? AND key = ?",
                table.databaseName(),
                table.name(),
                PartitionKey.of(values));
        if (deleted == 0) {
            throw notFound(table, values);
        }
    }

    private static Partition existing(Transaction tx, Table table, List<String> values) throws SQLException {
        return find(tx, table, values).orElseThrow(() -> notFound(table, values));
    }

    private static Optional<Partition> find(Transaction tx, Table table, List<String> values) throws SQLException {
        return find(tx, new TableName(table.databaseName(), table.name()), PartitionKey.of(values));
    }

    /// The partition of a [PartitionKey].
    static Optional<Partition> find(Transaction tx, TableName table, String key) throws SQLException {
        return tx.first(
                "SELECT body FROM glue_partition WHERE database = ? AND name = ? AND key = ?",
                row -> SdkJson.read(row.getString(1), Partition.builder()),
                table.database(),
                table.table(),
                key);
    }

    private static PartitionInput checked(@Nullable PartitionInput given) {
        PartitionInput input = Names.required("PartitionInput", given);
        CatalogLimits.check(input);
        return input;
    }

    /// A partition that is there is found whatever its table's keys are now: an update of the table may have made them
    /// more or fewer than its values.
    private static void requireOneForEachKey(Table table, List<String> values) {
        if (values.size() != table.partitionKeys().size()) {
            throw GlueError.INVALID_INPUT.because(
                    "The number of partition keys do not match the number of partition values: "
                            + table.databaseName() + "." + table.name() + " has "
                            + table.partitionKeys().size() + ", and the values are " + values);
        }
    }

    private static AwsServiceException notFound(Table table, List<String> values) {
        requireOneForEachKey(table, values);
        return GlueError.ENTITY_NOT_FOUND.because(
                "Cannot find partition " + values + " of " + table.databaseName() + "." + table.name() + ".");
    }

    private static PartitionError error(List<String> values, AwsServiceException e) {
        return PartitionError.builder()
                .partitionValues(values)
                .errorDetail(GlueError.detail(e))
                .build();
    }

    private static Partition partition(Table table, List<String> values, PartitionInput input) {
        return Partition.builder()
                .values(values)
                .databaseName(table.databaseName())
                .tableName(table.name())
                .lastAccessTime(input.lastAccessTime())
                .lastAnalyzedTime(input.lastAnalyzedTime())
                .storageDescriptor(input.storageDescriptor())
                .parameters(input.parameters())
                .catalogId(table.catalogId())
                .build();
    }
}
