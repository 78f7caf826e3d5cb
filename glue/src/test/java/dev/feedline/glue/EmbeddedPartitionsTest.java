package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.testkit.glue.PartitionContractSuite;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;

class EmbeddedPartitionsTest extends PartitionContractSuite {
    private final OpenGlue glue = new OpenGlue();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        glue.close();
    }

    @Override
    protected GlueClient client() {
        return glue.in(folder);
    }

    /// Only a caller inside the process can send it: over HTTP a list has no null.
    @Test
    void anEntryThatIsNullIsRefused() {
        assertThat(client().batchCreatePartition(create -> create.databaseName("feeds")
                                .tableName("orders")
                                .partitionInputList((PartitionInput) null, input("Bern")))
                        .errors())
                .singleElement()
                .satisfies(
                        error -> assertThat(error.errorDetail().errorMessage()).contains("PartitionInput"));
        assertThat(client().getPartitions(get -> get.databaseName("feeds").tableName("orders"))
                        .partitions())
                .hasSize(1);
        assertMissing(
                "PartitionsToGet",
                () -> client().batchGetPartition(get ->
                        get.databaseName("feeds").tableName("orders").partitionsToGet((PartitionValueList) null)));
        assertMissing(
                "PartitionsToDelete",
                () -> client().batchDeletePartition(delete -> delete.databaseName("feeds")
                        .tableName("orders")
                        .partitionsToDelete((PartitionValueList) null)));
        assertMissing(
                "Entries",
                () -> client().batchUpdatePartition(update -> update.databaseName("feeds")
                        .tableName("orders")
                        .entries((BatchUpdatePartitionRequestEntry) null)));
        assertMissing(
                "A partition value",
                () -> client().createPartition(create ->
                        create.databaseName("feeds").tableName("orders").partitionInput(input(null))));
        assertMissing(
                "Columns",
                () -> client().createTable(create -> create.databaseName("feeds")
                        .tableInput(table ->
                                table.name("other").storageDescriptor(storage -> storage.columns((Column) null)))));
    }

    private static void assertMissing(String member, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(member);
    }

    private static PartitionInput input(@Nullable String city) {
        return PartitionInput.builder().values("2026-11-27", "4", city).build();
    }
}
