package dev.feedline.snowflake.catalog;

import dev.feedline.kernel.Ground;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ColumnDefinition;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.DefaultValue;
import dev.feedline.snowflake.sql.DuckType;
import dev.feedline.snowflake.sql.Quoting;
import dev.feedline.snowflake.sql.TableTraits;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tables and views: DuckDB's own catalogue, with notes for what it cannot say.
public final class Tables {
    private final Ground ground;

    public Tables(Ground ground) {
        this.ground = ground;
    }

    public List<String> schemas(Duck duck, String database) throws SQLException {
        return duck.query(
                "SELECT schema_name FROM duckdb_schemas() WHERE database_name = ? AND NOT internal"
                        + " AND schema_name <> 'main' ORDER BY schema_name",
                row -> row.getString(1),
                database);
    }

    public void requireSchema(Duck duck, SchemaName schema) throws SQLException {
        if (!schemas(duck, schema.database()).contains(schema.schema())) {
            throw SnowflakeError.OBJECT_NOT_FOUND.with("Schema '" + schema + "' does not exist or not authorized.");
        }
    }

    private record Sought(Qualified name) {}

    public Optional<TableInfo> find(Duck duck, Qualified name) throws SQLException {
        return duck.known(new Sought(name), () -> read(duck, name));
    }

    private static Optional<TableInfo> read(Duck duck, Qualified name) throws SQLException {
        List<Object> parameters = List.of(name.duckDatabase(), name.duckSchema(), name.duckName());
        String where = "database_name = ? AND schema_name = ? AND %s = ?";
        List<TableInfo> table = found(duck, false, where, parameters, row -> name);
        return (table.isEmpty() ? found(duck, true, where, parameters, row -> name) : table)
                .stream().findFirst();
    }

    public TableInfo require(Duck duck, Qualified name) throws SQLException {
        return find(duck, name)
                .orElseThrow(() ->
                        SnowflakeError.TABLE_NOT_FOUND.with("Object '" + name + "' does not exist or not authorized."));
    }

    /// A table that rows can be loaded into.
    public TableInfo requireTable(Duck duck, Qualified name) throws SQLException {
        TableInfo table = require(duck, name);
        if (table.view()) {
            throw SnowflakeError.INVALID_VALUE.with("Object '" + name + "' is a view, not a table.");
        }
        return table;
    }

    /// Tables and views of a database, by schema and name; with the session's own.
    public List<TableInfo> list(Duck duck, String database, Optional<String> schema) throws SQLException {
        String where = "database_name = ? AND schema_name <> 'main' AND NOT internal";
        List<Object> parameters = new ArrayList<>(List.of(database));
        if (schema.isPresent()) {
            where += " AND schema_name = ?";
            parameters.add(schema.get());
        }
        Duck.Row<Qualified> named = row -> new Qualified(database, row.getString(1), row.getString(2));
        List<TableInfo> found = new ArrayList<>(found(duck, false, where, parameters, named));
        found.addAll(found(duck, true, where, parameters, named));
        for (TableInfo own : temporary(duck)) {
            if (own.name().database().equals(database)
                    && schema.map(own.name().schema()::equals).orElse(true)) {
                found.add(own);
            }
        }
        return found;
    }

    /// Exact, as Snowflake's are; DuckDB counts without reading rows.
    public Map<Qualified, Long> rowCounts(Duck duck, String database) throws SQLException {
        Map<Qualified, Long> counts = new HashMap<>();
        for (TableInfo table : list(duck, database, Optional.empty())) {
            if (!table.view()) {
                rowCount(duck, table.name()).ifPresent(count -> counts.put(table.name(), count));
            }
        }
        return counts;
    }

    /// Empty when another session has dropped the table meanwhile.
    public Optional<Long> rowCount(Duck duck, Qualified table) throws SQLException {
        try {
            return duck.first("SELECT count(*) FROM " + table.duck(), row -> row.getLong(1));
        } catch (SQLException e) {
            if (find(duck, table).isPresent()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// The session's own tables and views, of all databases.
    public List<TableInfo> temporary(Duck duck) throws SQLException {
        // What has no note is a load's.
        String where = "database_name = 'temp'";
        Duck.Row<Qualified> named = row -> {
            List<String> parts = CommandParser.name(row.getString(2)).parts();
            return new Qualified(parts.get(0), parts.get(1), parts.get(2), true);
        };
        List<TableInfo> found = new ArrayList<>(found(duck, false, where, true, List.of(), named));
        found.addAll(found(duck, true, where, true, List.of(), named));
        return found;
    }

    private static List<TableInfo> found(
            Duck duck, boolean view, String where, List<Object> parameters, Duck.Row<Qualified> named)
            throws SQLException {
        return found(duck, view, where, false, parameters, named);
    }

    /// @param where with `%s` for what the name is called
    /// @param noted whether those without a note are left out
    /// @param named from a row of schema and name
    private static List<TableInfo> found(
            Duck duck, boolean view, String where, boolean noted, List<Object> parameters, Duck.Row<Qualified> named)
            throws SQLException {
        String name = view ? "view_name" : "table_name";
        List<TableInfo> found = duck.query(
                "SELECT schema_name, " + name + ", comment FROM "
                        + (view ? "duckdb_views()" : "duckdb_tables()") + " WHERE " + where.formatted(name)
                        + (noted ? " AND comment IS NOT NULL" : ""),
                row -> {
                    TableNote note = TableNote.parse(row.getString(3));
                    return new TableInfo(
                            named.read(row),
                            view,
                            note.id(),
                            note.createdOn(),
                            note.schemaEvolution(),
                            note.traits(),
                            note.comment(),
                            note.text(),
                            List.of());
                },
                parameters.toArray());
        return found.isEmpty() ? found : withColumns(duck, found, where, parameters);
    }

    private static List<TableInfo> withColumns(Duck duck, List<TableInfo> tables, String where, List<Object> parameters)
            throws SQLException {
        record Found(String schema, String table, ColumnInfo column) {}
        List<Found> columns = duck.query(
                "SELECT schema_name, table_name, column_name, data_type, is_nullable, column_default, comment"
                        + " FROM duckdb_columns() WHERE " + where.formatted("table_name")
                        + " ORDER BY schema_name, table_name, column_index",
                row -> {
                    ColumnNote note = ColumnNote.parse(row.getString(7));
                    String type = row.getString(4);
                    return new Found(
                            row.getString(1),
                            row.getString(2),
                            new ColumnInfo(
                                    row.getString(3),
                                    note.type().orElseGet(() -> DuckType.toSnowflake(type)),
                                    type,
                                    row.getBoolean(5),
                                    defaultValue(note, row.getString(6)),
                                    note.identity(),
                                    note.comment()));
                },
                parameters.toArray());
        return tables.stream()
                .map(table -> new TableInfo(
                        table.name(),
                        table.view(),
                        table.id(),
                        table.createdOn(),
                        table.schemaEvolution(),
                        table.traits(),
                        table.comment(),
                        table.text(),
                        columns.stream()
                                .filter(found -> found.schema()
                                                .equals(table.name().duckSchema())
                                        && found.table().equals(table.name().duckName()))
                                .map(Found::column)
                                .toList()))
                .toList();
    }

    private static Optional<DefaultValue> defaultValue(ColumnNote note, @Nullable String expression) {
        return expression == null || note.identity().isPresent()
                ? Optional.empty()
                : Optional.of(new DefaultValue(note.defaultValue().orElse(expression), expression));
    }

    /// Creates a table in the running transaction.
    ///
    /// @param select DuckDB's SELECT of a CREATE TABLE … AS
    public void create(
            Duck duck,
            Qualified name,
            List<ColumnDefinition> columns,
            Optional<String> select,
            boolean schemaEvolution,
            TableTraits traits,
            String comment)
            throws SQLException {
        remember(duck, name);
        for (ColumnDefinition column : columns) {
            if (column.identity().isPresent()) {
                ColumnDefinition.Identity numbers = column.identity().get();
                duck.execute(create(name) + "SEQUENCE "
                        + identity(name, column.name()).duck() + steps(numbers.start(), numbers.step()));
            }
        }
        StringBuilder sql = new StringBuilder(create(name) + "TABLE " + name.duck());
        if (!columns.isEmpty()) {
            sql.append(" (");
            for (int i = 0; i < columns.size(); i++) {
                sql.append(i == 0 ? "" : ", ").append(column(name, columns.get(i), true));
            }
            sql.append(')');
        }
        if (select.isPresent() && columns.isEmpty()) {
            sql.append(" AS ").append(select.get());
        }
        duck.execute(sql.toString());
        if (select.isPresent() && !columns.isEmpty()) {
            duck.execute("INSERT INTO " + name.duck() + " " + select.get());
        }
        for (ColumnDefinition column : columns) {
            noteColumn(duck, name, column);
        }
        noteNew(duck, name, false, schemaEvolution, traits, comment, "");
    }

    /// How DuckDB's sequence goes on: downwards, too, which its own limits do not let it without being told.
    public static String steps(long start, long step) {
        return " START " + start + " INCREMENT " + step
                + (step < 0 ? " MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807" : "");
    }

    /// What is the session's own has a load history of its own, too.
    private static void remember(Duck duck, Qualified name) throws SQLException {
        if (name.temporary()) {
            duck.execute("CREATE TEMPORARY TABLE IF NOT EXISTS _load_history AS FROM "
                    + Quoting.identifier(name.database()) + ".main._load_history LIMIT 0");
        }
    }

    private static String create(Qualified name) {
        return name.temporary() ? "CREATE TEMPORARY " : "CREATE ";
    }

    /// Within its schema.
    public void rename(Duck duck, Qualified from, Qualified to) throws SQLException {
        duck.execute("ALTER TABLE " + from.duck() + " RENAME TO " + Quoting.identifier(to.duckName()));
    }

    /// Creates a view in the running transaction.
    ///
    /// @param select as DuckDB's
    public void createView(Duck duck, Qualified name, Command.CreateView create, String select) throws SQLException {
        remember(duck, name);
        String names = create.columns().isEmpty()
                ? ""
                : create.columns().stream()
                        .map(column -> Quoting.identifier(column.name()))
                        .collect(java.util.stream.Collectors.joining(", ", " (", ")"));
        duck.execute(create(name) + "VIEW " + name.duck() + names + " AS " + select);
        TableTraits traits = create.secure() ? TableTraits.SECURE : TableTraits.NONE;
        noteNew(duck, name, true, false, traits, create.comment(), create.select());
        if (create.columns().stream().anyMatch(column -> !column.comment().isEmpty())) {
            TableInfo view = require(duck, name);
            for (int i = 0; i < create.columns().size(); i++) {
                setColumnComment(
                        duck,
                        view,
                        view.columns().get(i),
                        create.columns().get(i).comment());
            }
        }
    }

    public void addColumn(Duck duck, Qualified table, ColumnDefinition column) throws SQLException {
        duck.execute("ALTER TABLE " + table.duck() + " ADD COLUMN " + column(table, column, false));
        if (!column.nullable()) {
            duck.execute("ALTER TABLE " + table.duck() + " ALTER COLUMN " + Quoting.identifier(column.name())
                    + " SET NOT NULL");
        }
        noteColumn(duck, table, column);
    }

    public void dropNotNull(Duck duck, Qualified table, String column) throws SQLException {
        duck.execute("ALTER TABLE " + table.duck() + " ALTER COLUMN " + Quoting.identifier(column) + " DROP NOT NULL");
    }

    public void setSchemaEvolution(Duck duck, TableInfo table, boolean enabled) throws SQLException {
        note(
                duck,
                table.name(),
                false,
                new TableNote(table.id(), table.createdOn(), enabled, table.traits(), table.comment(), ""));
    }

    public void setTraits(Duck duck, TableInfo table, TableTraits traits) throws SQLException {
        note(
                duck,
                table.name(),
                false,
                new TableNote(table.id(), table.createdOn(), table.schemaEvolution(), traits, table.comment(), ""));
    }

    /// `ALTER VIEW … SET SECURE`, and UNSET
    public void setSecure(Duck duck, TableInfo view, boolean secure) throws SQLException {
        TableTraits traits = secure ? TableTraits.SECURE : TableTraits.NONE;
        note(
                duck,
                view.name(),
                true,
                new TableNote(view.id(), view.createdOn(), false, traits, view.comment(), view.text()));
    }

    public void setColumnComment(Duck duck, TableInfo table, ColumnInfo column, String comment) throws SQLException {
        ColumnNote note = new ColumnNote(
                Optional.of(column.type()),
                column.identity(),
                column.defaultValue().map(DefaultValue::shown),
                comment);
        duck.execute("COMMENT ON COLUMN " + table.name().duck() + "." + Quoting.identifier(column.name()) + " IS "
                + Quoting.literal(note.json()));
    }

    /// Makes a table anew with other columns in the running transaction; rows, notes and load history stay.
    ///
    /// @param aside a free name
    public void remake(Duck duck, TableInfo table, Qualified aside, List<ColumnDefinition> columns)
            throws SQLException {
        // Columns that are new stand behind those that are there, with their defaults.
        String added = columns.stream()
                .skip(table.columns().size())
                .map(column -> ", "
                        + column.defaultValue().map(DefaultValue::expression).orElse("NULL"))
                .collect(java.util.stream.Collectors.joining());
        Optional<String> rows =
                Optional.of("SELECT *" + added + " FROM " + table.name().duck());
        create(duck, aside, columns, rows, table.schemaEvolution(), table.traits(), table.comment());
        drop(duck, table);
        rename(duck, aside, table.name());
        note(duck, table.name(), false, TableNote.of(table));
    }

    /// Puts a table that was made aside in another's place in the running transaction: rows, id and load history are
    /// the other's.
    ///
    /// @param kept the columns whose values stay; the others take their defaults
    public void replace(Duck duck, TableInfo table, TableInfo made, List<String> kept) throws SQLException {
        String columns = kept.stream().map(Quoting::identifier).collect(java.util.stream.Collectors.joining(", "));
        duck.execute("INSERT INTO " + made.name().duck() + " (" + columns + ") SELECT " + columns + " FROM "
                + table.name().duck());
        drop(duck, table);
        rename(duck, made.name(), table.name());
        describeAs(duck, table, made);
    }

    /// Gives a table the comments and traits of another one with the same columns.
    public void redescribe(Duck duck, TableInfo table, TableInfo like) throws SQLException {
        for (int i = 0; i < like.columns().size(); i++) {
            ColumnInfo column = table.columns().get(i);
            String comment = like.columns().get(i).comment();
            if (!column.comment().equals(comment)) {
                setColumnComment(duck, table, column, comment);
            }
        }
        describeAs(duck, table, like);
    }

    private void describeAs(Duck duck, TableInfo table, TableInfo like) throws SQLException {
        note(
                duck,
                table.name(),
                false,
                new TableNote(
                        table.id(), table.createdOn(), like.schemaEvolution(), like.traits(), like.comment(), ""));
    }

    public void setComment(Duck duck, TableInfo table, String comment) throws SQLException {
        TableNote note = new TableNote(
                table.id(), table.createdOn(), table.schemaEvolution(), table.traits(), comment, table.text());
        note(duck, table.name(), table.view(), note);
    }

    /// Notes that a table or view has been defined otherwise just now.
    public void touch(Duck duck, Qualified name) throws SQLException {
        Optional<TableInfo> table = find(duck, name);
        if (table.isPresent()) {
            note(duck, name, table.get().view(), TableNote.of(table.get()));
        }
    }

    /// The hidden sequence of an AUTOINCREMENT column.
    private static Qualified identity(Qualified table, String column) {
        return table.beside("_identity." + table.name() + "." + column);
    }

    /// Drops a table, with the sequences of its AUTOINCREMENT columns, or a view.
    public void drop(Duck duck, TableInfo table) throws SQLException {
        duck.execute(
                "DROP " + (table.view() ? "VIEW " : "TABLE ") + table.name().duck());
        for (ColumnInfo column : table.columns()) {
            if (column.identity().isPresent()) {
                duck.execute("DROP SEQUENCE IF EXISTS "
                        + identity(table.name(), column.name()).duck());
            }
        }
    }

    private void noteNew(
            Duck duck,
            Qualified name,
            boolean view,
            boolean schemaEvolution,
            TableTraits traits,
            String comment,
            String text)
            throws SQLException {
        Instant now = ground.clock().instant();
        TableNote note = new TableNote(ground.ids().hex(32), now, schemaEvolution, traits, comment, text);
        write(duck, name, view, note.json(now));
    }

    private void note(Duck duck, Qualified name, boolean view, TableNote note) throws SQLException {
        write(duck, name, view, note.json(ground.clock().instant()));
    }

    private static void write(Duck duck, Qualified name, boolean view, String note) throws SQLException {
        duck.execute("COMMENT ON " + (view ? "VIEW " : "TABLE ") + name.duck() + " IS " + Quoting.literal(note));
    }

    private static void noteColumn(Duck duck, Qualified table, ColumnDefinition column) throws SQLException {
        if (column.identity().isPresent()
                || column.defaultValue().isPresent()
                || ColumnNote.isNeeded(column.type(), column.comment())) {
            ColumnNote note = new ColumnNote(
                    Optional.of(column.type()),
                    column.identity().map(ColumnDefinition.Identity::toString),
                    column.defaultValue().map(DefaultValue::shown),
                    column.comment());
            duck.execute("COMMENT ON COLUMN " + table.duck() + "." + Quoting.identifier(column.name()) + " IS "
                    + Quoting.literal(note.json()));
        }
    }

    /// @param complete with NOT NULL and the length's check, which DuckDB takes only at the table's
    ///     creation
    private static String column(Qualified table, ColumnDefinition column, boolean complete) {
        String name = Quoting.identifier(column.name());
        boolean limited = complete && column.type().isLimitedText();
        return name + " " + DuckType.of(column.type())
                + (complete && !column.nullable() ? " NOT NULL" : "")
                + column.defaultValue()
                        .map(value -> " DEFAULT " + value.expression())
                        .orElse("")
                + column.identity()
                        .map(one -> " DEFAULT nextval("
                                + Quoting.literal(identity(table, column.name()).duck()) + ")")
                        .orElse("")
                + (limited ? " CHECK (length(" + name + ") <= " + column.type().precision() + ")" : "");
    }
}
