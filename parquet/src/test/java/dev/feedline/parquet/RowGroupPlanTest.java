package dev.feedline.parquet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// In whose turn blocks become parts of a row group.
class RowGroupPlanTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column("id", new Type.Int64())));

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final RowGroupPlan plan = new RowGroupPlan(1, 2, 1 << 20);

    @AfterEach
    void end() {
        other.shutdownNow();
    }

    @Test
    void aBlockWaitsForThoseBeforeIt() throws Exception {
        Future<RowGroupPlan.Part> second = other.submit(() -> plan.join(1, rows(1)));
        RowGroupPlan.Part first = plan.join(0, rows(1));
        assertThat(first.isLast()).isFalse();
        assertThat(second.get(10, SECONDS).isLast()).as("two rows are enough").isTrue();
        assertThat(second.get().dictionaries()).isSameAs(first.dictionaries());
        assertThat(plan.join(2, rows(1)).dictionaries()).isNotSameAs(first.dictionaries());
    }

    @Test
    void nobodyWaitsForABlockThatFailed() {
        Future<RowGroupPlan.Part> second = other.submit(() -> plan.join(1, rows(1)));
        plan.giveUp(0);
        assertThatThrownBy(() -> second.get(10, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("a block before has failed");
    }

    private static RowGroupWriter rows(int count) throws IOException {
        RowGroupWriter writer = new RowGroupWriter(SCHEMA, ParquetOptions.DEFAULT);
        for (int row = 0; row < count; row++) {
            writer.write(new Object[] {(long) row});
        }
        return writer;
    }
}
