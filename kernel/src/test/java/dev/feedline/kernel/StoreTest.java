package dev.feedline.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final List<String> SCHEMA =
            List.of("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB)");

    @TempDir
    Path folder;

    private Store open(List<String> migrations) throws IOException {
        return Store.open(folder.resolve("a.db"), new RealDisk(failure -> {}), migrations, failure -> {});
    }

    @Test
    void whatWasWrittenIsThereAfterOpeningAgain() throws Exception {
        try (Store store = open(SCHEMA)) {
            store.write(tx -> tx.insert("INSERT INTO thing (name, body) VALUES (?, ?)", "a", new byte[] {1, 2}));
        }
        try (Store store = open(SCHEMA)) {
            Optional<byte[]> body =
                    store.read(tx -> tx.first("SELECT body FROM thing WHERE name = ?", row -> row.getBytes(1), "a"));
            assertThat(body).hasValue(new byte[] {1, 2});
        }
    }

    @Test
    void workThatThrowsLeavesNothingAndDoesNotDisturbItsNeighbours() throws Exception {
        try (Store store = open(SCHEMA);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = IntStream.range(0, 200)
                    .mapToObj(i -> callers.submit(() -> store.write(tx -> {
                        tx.insert("INSERT INTO thing (name) VALUES (?)", "n" + i);
                        if (i % 3 == 0) {
                            throw new IllegalArgumentException("refused " + i);
                        }
                        return i;
                    })))
                    .toList();
            for (int i = 0; i < 200; i++) {
                var result = results.get(i);
                if (i % 3 == 0) {
                    assertThatThrownBy(result::get).hasMessageContaining("refused " + i);
                } else {
                    assertThat(result.get()).isEqualTo(i);
                }
            }
            List<String> names = store.read(tx -> tx.query("SELECT name FROM thing", row -> row.getString(1)));
            assertThat(names).hasSize(133);
        }
    }

    /// Whoever waits for something new compares the number of commits and reads only when it has changed.
    @Test
    void whatCanBeReadIsCountedAsACommitAndAReadingIsNot() throws Exception {
        try (Store store = open(SCHEMA)) {
            long before = store.commits();
            store.write(tx -> tx.insert("INSERT INTO thing (name) VALUES (?)", "a"));
            long after = store.commits();
            assertThat(after).isGreaterThan(before);
            store.read(tx -> tx.query("SELECT name FROM thing", row -> row.getString(1)));
            assertThat(store.commits()).isEqualTo(after);
        }
    }

    @Test
    @Timeout(60)
    void anIdleStoreClosesAtOnce() throws Exception {
        open(SCHEMA).close();
    }

    @Test
    void aReaderCannotWrite() throws Exception {
        try (Store store = open(SCHEMA)) {
            assertThatThrownBy(() -> store.read(tx -> tx.update("DELETE FROM thing")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void aStatementThatFailedOnceWorksAgain() throws Exception {
        // SQLite's driver closes a prepared statement that failed, as one does when the disk is full.
        try (Store store = open(SCHEMA)) {
            Store.Work<Optional<String>> bad = tx -> tx.first("SELECT json(?)", row -> row.getString(1), "no json");
            Store.Work<Optional<String>> good = tx -> tx.first("SELECT json(?)", row -> row.getString(1), "[1]");
            assertThatThrownBy(() -> store.write(bad)).hasStackTraceContaining("malformed JSON");
            assertThat(store.write(good)).hasValue("[1]");
            for (int reader = 0; reader < Store.READERS; reader++) {
                assertThatThrownBy(() -> store.read(bad)).hasMessageContaining("malformed JSON");
            }
            assertThat(store.read(good)).hasValue("[1]");
        }
    }

    @Test
    void aStoreOfANewerFeedlineIsRefused() throws Exception {
        open(List.of(SCHEMA.getFirst(), "CREATE TABLE later (id INTEGER PRIMARY KEY)"))
                .close();
        assertThatThrownBy(() -> open(SCHEMA)).isInstanceOf(IOException.class).hasMessageContaining("newer Feedline");
    }

    @Test
    void aClosedStoreRefuses() throws Exception {
        Store store = open(SCHEMA);
        store.close();
        assertThatThrownBy(() -> store.write(tx -> 1)).hasMessageContaining("is closed");
    }
}
