package dev.feedline.iam;

import dev.feedline.kernel.Blame;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import dev.feedline.kernel.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// IAM's tables in its store, and the store's failures in IAM's words.
final class IamStore implements AutoCloseable {
    private static final List<String> SCHEMA = List.of("""
            CREATE TABLE role (name TEXT PRIMARY KEY, path TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
            CREATE INDEX role_whatever_case ON role (name COLLATE NOCASE);
            CREATE TABLE inline_policy (
                role TEXT NOT NULL REFERENCES role (name),
                name TEXT NOT NULL,
                document TEXT NOT NULL,
                PRIMARY KEY (role, name)) WITHOUT ROWID;
            CREATE TABLE attached_policy (
                role TEXT NOT NULL REFERENCES role (name),
                arn TEXT NOT NULL,
                PRIMARY KEY (role, arn)) WITHOUT ROWID;
            """);

    private final Store store;

    private IamStore(Store store) {
        this.store = store;
    }

    static IamStore open(Path folder, Ground ground) throws IOException {
        return new IamStore(Store.open(folder.resolve("iam.db"), ground.disk(), SCHEMA, ground.onFailure()));
    }

    <T extends @Nullable Object> T write(Store.Work<T> work) {
        return inIamsWords(() -> store.write(work));
    }

    <T extends @Nullable Object> T read(Store.Work<T> work) {
        return inIamsWords(() -> store.read(work));
    }

    @Override
    public void close() {
        store.close();
    }

    private static <T extends @Nullable Object> T inIamsWords(Supplier<T> call) {
        try {
            return call.get();
        } catch (StoreException e) {
            IamError error = e.blame() == Blame.RESOURCE ? IamError.SLOW_DOWN : IamError.SERVICE_FAILURE;
            throw error.because(String.valueOf(e.getMessage()), e);
        }
    }
}
