package dev.feedline.app.doctor;

import dev.feedline.app.ServerFile;
import dev.feedline.kernel.DataFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The data folder: whether it is one, of which layout, and who has it.
final class FolderCheck {
    private final Path data;

    FolderCheck(Path data) {
        this.data = data;
    }

    List<Finding> look() throws IOException {
        if (!Files.exists(data)) {
            return List.of(Finding.ok("data folder", data + " is not there yet; `feedline up` makes it"));
        }
        if (!Files.isDirectory(data)) {
            return List.of(Finding.fail("data folder", data + " is a file, not a folder", "Name another with --data."));
        }
        if (!Files.isExecutable(data)) {
            return List.of(Finding.fail(
                    "data folder",
                    data + " lets nobody but " + Files.getOwner(data) + " in",
                    "Run as its owner, or name another folder with --data."));
        }
        return List.of(version(), owner());
    }

    private Finding version() throws IOException {
        OptionalInt version;
        try {
            version = DataFolder.version(data);
        } catch (AccessDeniedException e) {
            return Finding.fail(
                    "data folder", "no right to read " + e.getFile(), "Run as the folder's owner, or set it right.");
        } catch (IOException e) {
            return Finding.fail(
                    "data folder",
                    String.valueOf(e.getMessage()),
                    "See to that file; Feedline does not start on the folder before.");
        }
        if (version.isEmpty()) {
            return Finding.warn(
                    "data folder",
                    data + " has no version file, so it is no data folder yet",
                    "Check --data if you expected feeds in there; `feedline up` makes it one.");
        }
        return version.getAsInt() == DataFolder.VERSION
                ? Finding.ok("data folder", data + " has layout version " + DataFolder.VERSION)
                : Finding.fail(
                        "data folder",
                        data + " has layout version " + version.getAsInt() + "; this Feedline reads version "
                                + DataFolder.VERSION,
                        "Use the Feedline that wrote it, or another folder with --data.");
    }

    private Finding owner() throws IOException {
        if (Files.getFileStore(data).isReadOnly()) {
            return Finding.ok("lock", "free: nobody can hold it on a file system that is mounted read-only");
        }
        boolean isServed = isServed();
        @Nullable Boolean locked = isLocked();
        if (locked == null) {
            return Finding.warn(
                    "lock", "cannot be looked at: no right to " + data.resolve("lock"), "Run as the folder's owner.");
        }
        if (locked) {
            return isServed
                    ? Finding.ok("lock", "held by the server that runs on it")
                    : Finding.warn(
                            "lock",
                            "held by a process that does not serve (yet)",
                            "A command that works on the folder, or a server that is starting; look again when it is done.");
        }
        return Files.exists(data.resolve("server.json")) && !isServed
                ? Finding.warn(
                        "lock",
                        "free; " + data.resolve("server.json") + " was left by a server that was killed",
                        "Nothing: the next server replaces it.")
                : Finding.ok("lock", "free");
    }

    /// A file that does not say who serves is found by [ServerCheck].
    private boolean isServed() {
        try {
            return ServerFile.ofRunning(data).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /// Null when there is no right to look.
    private @Nullable Boolean isLocked() throws IOException {
        Path file = data.resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (AccessDeniedException e) {
            return null;
        }
    }
}
