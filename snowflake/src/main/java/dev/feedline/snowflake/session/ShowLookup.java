package dev.feedline.snowflake.session;

import dev.feedline.snowflake.catalog.Databases.Database;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.ShowScope;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds what a SHOW's IN clause asks for.
final class ShowLookup {
    private final Warehouse warehouse;
    private final SessionState state;
    private final Duck duck;

    ShowLookup(Warehouse warehouse, SessionState state) {
        this.warehouse = warehouse;
        this.state = state;
        this.duck = state.duck();
    }

    List<Database> databasesOf(ShowScope scope) {
        return switch (scope) {
            case ShowScope.Account account -> warehouse.databases().all();
            case ShowScope.Database database ->
                database.name().or(() -> state.scope().database()).stream()
                        .map(warehouse.databases()::require)
                        .toList();
            case ShowScope.Schema schema ->
                List.of(warehouse
                        .databases()
                        .require(state.scope().resolveSchema(schema.name()).database()));
            case ShowScope.Table table ->
                List.of(warehouse
                        .databases()
                        .require(state.scope().resolve(table.name()).database()));
            case ShowScope.Current current ->
                state.scope().database().isPresent()
                        ? List.of(warehouse
                                .databases()
                                .require(state.scope().database().get()))
                        : warehouse.databases().all();
        };
    }

    /// The one schema asked for, or empty for all of the database.
    Optional<String> schemaOf(ShowScope scope) throws SQLException {
        return switch (scope) {
            case ShowScope.Account account -> Optional.empty();
            case ShowScope.Database database -> Optional.empty();
            case ShowScope.Schema schema -> {
                SchemaName name = state.scope().resolveSchema(schema.name());
                warehouse.tables().requireSchema(duck, name);
                yield Optional.of(name.schema());
            }
            case ShowScope.Table table ->
                Optional.of(state.scope().resolve(table.name()).schema());
            case ShowScope.Current current -> state.scope().schema();
        };
    }

    List<TableInfo> tablesOf(ShowScope scope) throws SQLException {
        if (scope instanceof ShowScope.Table table) {
            databasesOf(scope);
            return List.of(warehouse.tables().require(duck, state.table(table.name())));
        }
        List<TableInfo> found = new ArrayList<>();
        for (Database database : databasesOf(scope)) {
            found.addAll(warehouse.tables().list(duck, database.name(), schemaOf(scope)));
        }
        found.sort(Comparator.comparing(table -> table.name().toString()));
        return found;
    }

    /// DuckDB knows the last number it gave, or none.
    long nextValue(Qualified sequence, Command.CreateSequence created) throws SQLException {
        return duck.first(
                        "SELECT last_value FROM duckdb_sequences() WHERE database_name = ? AND schema_name = ?"
                                + " AND sequence_name = ? AND last_value IS NOT NULL",
                        row -> row.getLong(1) + created.step(),
                        sequence.database(),
                        sequence.schema(),
                        sequence.name())
                .orElse(created.start());
    }

    List<StoredObject> objectsOf(ObjectKind kind, ShowScope scope) throws SQLException {
        List<StoredObject> found = new ArrayList<>();
        for (Database database : databasesOf(scope)) {
            found.addAll(warehouse.objects().list(duck, kind, database.name(), schemaOf(scope)));
        }
        return found;
    }
}
