package dev.feedline.snowflake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a statement answered: its columns and, streamed, its rows.
///
/// Every statement has rows, as in Snowflake: DDL one `status`, DML its counts. Values are of the
/// classes that [SnowflakeType.Kind] names. A query's rows come from the warehouse in batches while
/// they are read; the next statement of the session closes what is still open.
public final class Result implements AutoCloseable {
    private final StatementType type;
    private final List<ResultColumn> columns;
    private final OptionalLong updateCount;
    private final Rows rows;

    /// Where the rows come from.
    public interface Rows extends AutoCloseable {
        /// The next row, or null after the last; the list is not reused.
        @Nullable
        List<@Nullable Object> next();

        @Override
        void close();
    }

    public Result(StatementType type, List<ResultColumn> columns, OptionalLong updateCount, Rows rows) {
        this.type = type;
        this.columns = List.copyOf(columns);
        this.updateCount = updateCount;
        this.rows = rows;
    }

    /// A result whose few rows are already here.
    public static Result of(StatementType type, List<ResultColumn> columns, List<List<@Nullable Object>> rows) {
        return new Result(type, columns, OptionalLong.empty(), inMemory(rows));
    }

    /// DDL's answer.
    public static Result status(StatementType type, String message) {
        return of(type, List.of(ResultColumn.text("status")), List.of(List.of(message)));
    }

    /// DML's answer: one count per kind of change.
    public static Result counts(StatementType type, List<String> names, List<Long> counts) {
        List<ResultColumn> columns = names.stream().map(ResultColumn::number).toList();
        List<@Nullable Object> row = new ArrayList<>();
        counts.forEach(count -> row.add(BigDecimal.valueOf(count)));
        long sum = counts.stream().mapToLong(Long::longValue).sum();
        return new Result(type, columns, OptionalLong.of(sum), inMemory(List.of(row)));
    }

    public StatementType type() {
        return type;
    }

    public List<ResultColumn> columns() {
        return columns;
    }

    /// How many rows the statement changed; empty when it is none that changes rows.
    public OptionalLong updateCount() {
        return updateCount;
    }

    /// The next row, or null after the last.
    public @Nullable List<@Nullable Object> next() {
        return rows.next();
    }

    /// All remaining rows, for results known to be small.
    public List<List<@Nullable Object>> all() {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (List<@Nullable Object> row = next(); row != null; row = next()) {
            all.add(row);
        }
        return all;
    }

    @Override
    public void close() {
        rows.close();
    }

    /// Rows that are already here.
    public static Rows inMemory(List<List<@Nullable Object>> rows) {
        Iterator<List<@Nullable Object>> left =
                Collections.unmodifiableList(rows).iterator();
        return new Rows() {
            @Override
            public @Nullable List<@Nullable Object> next() {
                return left.hasNext() ? left.next() : null;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
