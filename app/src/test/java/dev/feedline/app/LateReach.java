package dev.feedline.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rooms of a test that are served when they are first asked for: a contract suite's own preparations come
/// before those of the class that serves it.
final class LateReach implements AutoCloseable {
    private final Supplier<Path> folder;
    private final Rooms rooms;
    private @Nullable ServedRoom served;
    private @Nullable Reach reach;

    /// Opens rooms and serves them.
    @FunctionalInterface
    interface Rooms {
        Reach serve(ServedRoom served) throws IOException;
    }

    LateReach(Supplier<Path> folder, Rooms rooms) {
        this.folder = folder;
        this.rooms = rooms;
    }

    Reach get() {
        if (reach == null) {
            if (served == null) { // it is there when serving has failed before
                served = new ServedRoom(folder.get());
            }
            try {
                reach = rooms.serve(served);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return reach;
    }

    @Override
    public void close() {
        if (served != null) {
            served.close();
        }
    }
}
