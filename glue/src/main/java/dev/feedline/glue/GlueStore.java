package dev.feedline.glue;

import dev.feedline.kernel.Blame;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import dev.feedline.kernel.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Glue's tables in its store, and the store's failures in Glue's words.
final class GlueStore implements AutoCloseable {
    private static final List<String> SCHEMA = List.of("""
            CREATE TABLE glue_database (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE glue_table (
                database TEXT NOT NULL REFERENCES glue_database (name) ON DELETE CASCADE,
                name TEXT NOT NULL,
                version INTEGER NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (database, name)) WITHOUT ROWID;
            CREATE TABLE table_version (
                database TEXT NOT NULL,
                name TEXT NOT NULL,
                version INTEGER NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (database, name, version),
                FOREIGN KEY (database, name) REFERENCES glue_table (database, name) ON DELETE CASCADE) WITHOUT ROWID;
            CREATE TABLE job (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE job_run (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                id TEXT NOT NULL UNIQUE,
                job TEXT NOT NULL,
                state TEXT NOT NULL,
                completed INTEGER,
                body TEXT NOT NULL,
                metrics TEXT NOT NULL DEFAULT '');
            CREATE INDEX job_run_of_job ON job_run (job, number);
            CREATE INDEX job_run_unfinished ON job_run (state, number) WHERE completed IS NULL;
            CREATE INDEX job_run_completed ON job_run (completed) WHERE completed IS NOT NULL;
            CREATE TABLE tag (
                resource TEXT NOT NULL,
                name TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (resource, name)) WITHOUT ROWID;
            """, """
            CREATE TABLE bookmark (
                job TEXT NOT NULL,
                version INTEGER NOT NULL,
                run_number INTEGER NOT NULL,
                run TEXT,
                attempt INTEGER NOT NULL,
                previous_run TEXT,
                state TEXT NOT NULL,
                PRIMARY KEY (job, version)) WITHOUT ROWID;
            CREATE TABLE driver (pid INTEGER PRIMARY KEY, started INTEGER NOT NULL);
            """, """
            CREATE TABLE glue_partition (
                database TEXT NOT NULL,
                name TEXT NOT NULL,
                key TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (database, name, key),
                FOREIGN KEY (database, name) REFERENCES glue_table (database, name) ON DELETE CASCADE) WITHOUT ROWID;
            CREATE TABLE partition_index (
                database TEXT NOT NULL,
                name TEXT NOT NULL,
                index_name TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (database, name, index_name),
                FOREIGN KEY (database, name) REFERENCES glue_table (database, name) ON DELETE CASCADE) WITHOUT ROWID;
            """, """
            CREATE TABLE crawler (
                name TEXT PRIMARY KEY,
                body TEXT NOT NULL,
                started INTEGER NOT NULL DEFAULT 0,
                created INTEGER NOT NULL DEFAULT 0,
                updated INTEGER NOT NULL DEFAULT 0,
                deleted INTEGER NOT NULL DEFAULT 0,
                seconds TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
            """, """
            CREATE TABLE pods (
                run TEXT PRIMARY KEY,
                master TEXT NOT NULL,
                line TEXT NOT NULL,
                ended INTEGER) WITHOUT ROWID;
            """, """
            ALTER TABLE pods ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
            """);

    private final Store store;

    private GlueStore(Store store) {
        this.store = store;
    }

    static GlueStore open(Path folder, Ground ground) throws IOException {
        return new GlueStore(Store.open(folder.resolve("glue.db"), ground.disk(), SCHEMA, ground.onFailure()));
    }

    <T extends @Nullable Object> T write(Store.Work<T> work) {
        return inGlueWords(() -> store.write(work));
    }

    <T extends @Nullable Object> T read(Store.Work<T> work) {
        return inGlueWords(() -> store.read(work));
    }

    /// [Store#commits]
    long commits() {
        return store.commits();
    }

    @Override
    public void close() {
        store.close();
    }

    private static <T extends @Nullable Object> T inGlueWords(Supplier<T> call) {
        try {
            return call.get();
        } catch (StoreException e) {
            GlueError error = e.blame() == Blame.RESOURCE ? GlueError.SLOW_DOWN : GlueError.INTERNAL_SERVICE;
            throw error.because(String.valueOf(e.getMessage()), e);
        }
    }
}
