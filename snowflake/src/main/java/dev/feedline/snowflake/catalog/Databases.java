package dev.feedline.snowflake.catalog;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Quoting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The account's databases: each is one DuckDB file, attached under the database's name.
///
/// A file without a row in the store is the rest of a creation that was cut or a drop that was: it is
/// removed at open.
public final class Databases {
    private static final String SUFFIX = ".duckdb";

    /// In schema `main` of every database, which users do not see. Rows and their load history commit
    /// together because they live in one file.
    private static final List<String> HIDDEN_TABLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS %1$s.main._objects (
                kind VARCHAR NOT NULL, schema_name VARCHAR NOT NULL, name VARCHAR NOT NULL, id VARCHAR NOT NULL,
                created_on TIMESTAMPTZ NOT NULL, comment VARCHAR NOT NULL, definition VARCHAR NOT NULL,
                paused BOOLEAN NOT NULL)""",
            """
            CREATE TABLE IF NOT EXISTS %1$s.main._load_history (
                table_id VARCHAR NOT NULL, table_schema VARCHAR NOT NULL, table_name VARCHAR NOT NULL,
                pipe_id VARCHAR, pipe_database VARCHAR, pipe_schema VARCHAR, pipe_name VARCHAR,
                file VARCHAR NOT NULL, etag VARCHAR NOT NULL, stage_location VARCHAR NOT NULL, size BIGINT NOT NULL,
                status VARCHAR NOT NULL, rows_parsed BIGINT NOT NULL, rows_loaded BIGINT NOT NULL,
                errors_seen BIGINT NOT NULL, error_limit BIGINT NOT NULL, first_error VARCHAR, first_error_line BIGINT,
                first_error_character BIGINT, first_error_column VARCHAR,
                received_on TIMESTAMPTZ, loaded_on TIMESTAMPTZ NOT NULL)""",
            """
            CREATE TABLE IF NOT EXISTS %1$s.main._load_errors (
                pipe_id VARCHAR NOT NULL, stage_location VARCHAR NOT NULL, file VARCHAR NOT NULL, loaded_on TIMESTAMPTZ NOT NULL,
                error VARCHAR NOT NULL, category VARCHAR NOT NULL, code BIGINT NOT NULL, sql_state VARCHAR NOT NULL,
                line BIGINT, character BIGINT, column_name VARCHAR, row_number BIGINT, row_start_line BIGINT)""",
            // Databases of earlier versions lack them.
            "ALTER TABLE %1$s.main._load_errors ADD COLUMN IF NOT EXISTS byte_offset BIGINT",
            "ALTER TABLE %1$s.main._load_errors ADD COLUMN IF NOT EXISTS rejected_record VARCHAR");

    private final Path folder;
    private final Ground ground;
    private final Store store;

    /// A database as SHOW knows it.
    public record Database(String name, Path file, Instant createdOn, String comment) {}

    public Databases(Path folder, Ground ground, Store store) {
        this.folder = folder;
        this.ground = ground;
        this.store = store;
    }

    /// Removes what a crash left and attaches every database.
    public void attachAll(Duck duck) throws IOException, SQLException {
        List<Database> all = all();
        Set<Path> known = all.stream().map(Database::file).collect(Collectors.toSet());
        for (Path file : ground.disk().list(folder)) {
            String name = String.valueOf(file.getFileName());
            Path database = folder.resolve(name.replaceFirst("\\.wal$", ""));
            if (database.toString().endsWith(SUFFIX) && !known.contains(database)) {
                ground.disk().delete(file);
            }
        }
        for (Database database : all) {
            Duck.endLogBeforeTear(database.file(), ground.disk());
            attach(duck, database);
        }
    }

    public List<Database> all() {
        return store.read(tx -> tx.query(
                "SELECT name, file, created_on, comment FROM databases ORDER BY name",
                row -> new Database(
                        row.getString(1),
                        folder.resolve(row.getString(2)),
                        Instant.parse(row.getString(3)),
                        row.getString(4))));
    }

    public Optional<Database> find(String name) {
        return all().stream().filter(database -> database.name().equals(name)).findFirst();
    }

    public Database require(String name) {
        return find(name)
                .orElseThrow(() -> SnowflakeError.OBJECT_NOT_FOUND.with(
                        "Database '" + Quoting.readable(name) + "' does not exist or not authorized."));
    }

    public void create(Duck duck, String name, String comment) throws SQLException {
        refuseReserved(name);
        Database database = new Database(
                name,
                folder.resolve("db-" + ground.ids().hex(16) + SUFFIX),
                ground.clock().instant(),
                comment);
        attach(duck, database);
        duck.execute("CREATE SCHEMA " + new SchemaName(name, "PUBLIC").duck());
        store.write(tx -> tx.update(
                "INSERT INTO databases (name, file, created_on, comment) VALUES (?, ?, ?, ?)",
                name,
                String.valueOf(database.file().getFileName()),
                database.createdOn().toString(),
                comment));
    }

    public void drop(Duck duck, Database database) throws SQLException, IOException {
        store.write(tx -> tx.update("DELETE FROM databases WHERE name = ?", database.name()));
        duck.execute("DETACH " + Quoting.identifier(database.name()));
        ground.disk().delete(database.file());
        ground.disk().delete(folder.resolve(database.file().getFileName() + ".wal"));
    }

    public void setComment(String name, String comment) {
        store.write(tx -> tx.update("UPDATE databases SET comment = ? WHERE name = ?", comment, name));
    }

    private void attach(Duck duck, Database database) throws SQLException {
        String name = Quoting.identifier(database.name());
        duck.execute("ATTACH " + Quoting.literal(database.file().toString()) + " AS " + name);
        for (String table : HIDDEN_TABLES) {
            duck.execute(String.format(java.util.Locale.ROOT, table, name));
        }
    }

    /// DuckDB's own catalogs, which compare names without case.
    private static void refuseReserved(String name) {
        if (Set.of("memory", "system", "temp").contains(name.toLowerCase(java.util.Locale.ROOT))) {
            throw SnowflakeError.unsupported("A database named " + name);
        }
    }
}
