package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Description;
import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.engine.Cursor;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.engine.Duck.Steps;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.Command.Change;
import dev.feedline.snowflake.sql.Command.Query;
import dev.feedline.snowflake.sql.Translator;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Runs what DuckDB has: SELECT and DML, after translation.
final class Queries {
    /// How often a change that met another transaction's is tried again by itself.
    private static final int TRIES = 5;

    /// In the order in which Snowflake counts them.
    private static final List<String> MERGE_ACTIONS = List.of("INSERT", "UPDATE", "DELETE");

    private final SessionState state;
    private final Translator translator;

    Queries(SessionState state, Translator translator) {
        this.state = state;
        this.translator = translator;
    }

    Result query(Query query, List<@Nullable Object> binds) throws SQLException {
        Cursor cursor = state.duck().open(translator.query(query.sql()), binds, !state.inTransaction());
        return new Result(StatementType.SELECT, cursor.columns(), OptionalLong.empty(), new CursorRows(cursor));
    }

    Result change(Change change, List<@Nullable Object> binds) throws SQLException {
        state.beginChange();
        String sql = translator.change(change.sql());
        for (int attempt = 1; ; attempt++) {
            try {
                if (change.overwritten().isPresent()) {
                    return overwrite(state.table(change.overwritten().get()), sql, binds);
                }
                return change.type() == StatementType.MERGE ? merge(sql, binds) : counted(change.type(), sql, binds);
            } catch (SQLException e) {
                if (state.inTransaction() || !DuckDbErrors.isConflict(e) || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// The new rows may be made of the old ones, so those go last. Rows of an open transaction have the higher numbers.
    private Result overwrite(Qualified table, String sql, List<@Nullable Object> binds) throws SQLException {
        Duck duck = state.duck();
        Steps<Long> steps = () -> {
            duck.describe(sql); // tells of a table that is none
            long last = duck.first("SELECT coalesce(max(rowid), -1) FROM " + table.duck(), row -> row.getLong(1))
                    .orElseThrow();
            long inserted = duck.execute(sql, binds.toArray());
            duck.execute("DELETE FROM " + table.duck() + " WHERE rowid <= ?", last);
            return inserted;
        };
        return counts(StatementType.INSERT, state.inTransaction() ? steps.run() : duck.inTransaction(steps));
    }

    /// One transaction, the session's own if it has one open.
    Result changeMany(Change change, List<List<@Nullable Object>> rows) throws SQLException {
        String sql = translator.change(change.sql());
        state.beginChange();
        Steps<Long> all = () -> state.duck().executeMany(sql, rows);
        long count = state.inTransaction() ? all.run() : state.duck().inTransaction(all);
        return counts(change.type(), count);
    }

    Description describe(Query query) throws SQLException {
        Duck.Shape shape = state.duck().describe(translator.query(query.sql()));
        return new Description(StatementType.SELECT, shape.columns(), shape.binds(), false);
    }

    Description describe(Change change) throws SQLException {
        Duck.Shape shape = state.duck().describe(translator.change(change.sql()));
        boolean many =
                change.type() != StatementType.MERGE && change.overwritten().isEmpty() && shape.binds() > 0;
        List<ResultColumn> columns = change.type() == StatementType.MERGE
                ? List.of(ResultColumn.number("number of rows inserted"), ResultColumn.number("number of rows updated"))
                : counts(change.type(), 0).columns();
        return new Description(change.type(), columns, shape.binds(), many);
    }

    private Result counted(StatementType type, String sql, List<@Nullable Object> binds) throws SQLException {
        return counts(type, state.duck().execute(sql, binds.toArray()));
    }

    private static Result counts(StatementType type, long rows) {
        return switch (type) {
            case INSERT -> Result.counts(type, List.of("number of rows inserted"), List.of(rows));
            case UPDATE ->
                Result.counts(
                        type,
                        List.of("number of rows updated", "number of multi-joined rows updated"),
                        List.of(rows, 0L));
            case DELETE -> Result.counts(type, List.of("number of rows deleted"), List.of(rows));
            default -> throw new IllegalStateException("no change: " + type);
        };
    }

    /// MERGE counts its kinds by DuckDB's `RETURNING merge_action`.
    private Result merge(String sql, List<@Nullable Object> binds) throws SQLException {
        TreeMap<String, Long> counts = new TreeMap<>();
        try (Cursor cursor = state.duck().open(sql + " RETURNING merge_action", binds, false)) {
            for (var batch = cursor.fetch(); !batch.isEmpty(); batch = cursor.fetch()) {
                batch.forEach(row -> counts.merge(String.valueOf(row.getFirst()), 1L, Long::sum));
            }
        }
        List<String> names = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        for (String action : MERGE_ACTIONS) {
            if (sql.contains("THEN " + action)) {
                String done = action.toLowerCase(Locale.ROOT) + (action.endsWith("E") ? "d" : "ed");
                names.add("number of rows " + done);
                values.add(counts.getOrDefault(action, 0L));
            }
        }
        return Result.counts(StatementType.MERGE, names, values);
    }

    /// A cursor as a result's rows, one batch in memory.
    private final class CursorRows implements Result.Rows {
        private final Cursor cursor;
        private final Deque<List<@Nullable Object>> batch = new ArrayDeque<>();

        private CursorRows(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public @Nullable List<@Nullable Object> next() {
            if (batch.isEmpty()) {
                fill();
            }
            return batch.poll();
        }

        private void fill() {
            if (!cursor.isOpen()) {
                return;
            }
            try {
                batch.addAll(cursor.fetch());
                if (batch.isEmpty()) {
                    cursor.close();
                }
            } catch (SQLException e) {
                close();
                throw failure(e);
            }
        }

        @Override
        public void close() {
            batch.clear();
            try {
                cursor.close();
            } catch (SQLException e) {
                throw SnowflakeError.INTERNAL.with("The result could not be closed: " + e.getMessage(), e);
            }
        }
    }

    private RuntimeException failure(SQLException e) {
        try {
            state.failed();
        } catch (SQLException rollback) {
            e.addSuppressed(rollback);
        }
        return DuckDbErrors.translate(e);
    }
}
