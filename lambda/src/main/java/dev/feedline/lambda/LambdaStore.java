package dev.feedline.lambda;

import dev.feedline.kernel.Blame;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import dev.feedline.kernel.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lambda's tables in its store, and the store's failures in Lambda's words.
///
/// An event that is being run is an event that waits: nothing marks it, so that after a crash it simply
/// is there and runs again at once.
final class LambdaStore implements AutoCloseable {
    private static final List<String> SCHEMA = List.of("""
            CREATE TABLE function (
                name TEXT PRIMARY KEY,
                code TEXT NOT NULL,
                body TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE invoke_config (
                function TEXT PRIMARY KEY REFERENCES function (name) ON DELETE CASCADE,
                body TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE permission (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                function TEXT NOT NULL REFERENCES function (name) ON DELETE CASCADE,
                sid TEXT NOT NULL,
                statement TEXT NOT NULL,
                revision TEXT NOT NULL,
                UNIQUE (function, sid));
            CREATE TABLE tag (
                function TEXT NOT NULL REFERENCES function (name) ON DELETE CASCADE,
                name TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (function, name)) WITHOUT ROWID;
            CREATE TABLE event (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                function TEXT NOT NULL REFERENCES function (name) ON DELETE CASCADE,
                request_id TEXT NOT NULL,
                accepted INTEGER NOT NULL,
                attempts INTEGER NOT NULL,
                failures INTEGER NOT NULL,
                not_before INTEGER NOT NULL,
                payload BLOB NOT NULL);
            CREATE INDEX event_due ON event (function, not_before, id);
            CREATE TABLE letter (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                queue TEXT NOT NULL,
                written INTEGER NOT NULL,
                failures INTEGER NOT NULL,
                not_before INTEGER NOT NULL,
                attributes TEXT NOT NULL,
                body TEXT NOT NULL);
            CREATE INDEX letter_due ON letter (not_before);
            """, """
            CREATE TABLE source_mapping (
                uuid TEXT PRIMARY KEY,
                function TEXT NOT NULL REFERENCES function (name) ON DELETE CASCADE,
                queue TEXT NOT NULL,
                body TEXT NOT NULL,
                UNIQUE (function, queue)) WITHOUT ROWID;
            """);

    private final Store store;

    private LambdaStore(Store store) {
        this.store = store;
    }

    static LambdaStore open(Path folder, Ground ground) throws IOException {
        return new LambdaStore(Store.open(folder.resolve("lambda.db"), ground.disk(), SCHEMA, ground.onFailure()));
    }

    <T extends @Nullable Object> T write(Store.Work<T> work) {
        return inLambdaWords(() -> store.write(work));
    }

    <T extends @Nullable Object> T read(Store.Work<T> work) {
        return inLambdaWords(() -> store.read(work));
    }

    /// [Store#commits]
    long commits() {
        return store.commits();
    }

    @Override
    public void close() {
        store.close();
    }

    private static <T extends @Nullable Object> T inLambdaWords(Supplier<T> call) {
        try {
            return call.get();
        } catch (StoreException e) {
            LambdaError error = e.blame() == Blame.RESOURCE ? LambdaError.SLOW_DOWN : LambdaError.SERVICE;
            throw error.because(String.valueOf(e.getMessage()), e);
        }
    }
}
