package dev.feedline.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// The folder a Feedline lives in; it belongs to one process at a time and carries the version of its layout.
///
/// A new one is for its owner alone (0700): it holds customers' files.
public final class DataFolder implements AutoCloseable {
    /// The layout that this Feedline writes and reads.
    public static final int VERSION = 1;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private static final Pattern VERSION_TEXT = Pattern.compile("\\d{1,9}");

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// Opens or creates the folder and locks it.
    ///
    /// @throws InUseException when another process has it
    /// @throws IOException when it cannot be made, or was written by a newer Feedline
    public static DataFolder open(Path path, Disk disk) throws IOException {
        boolean isNew = !Files.exists(path);
        disk.createDirectories(path);
        if (isNew) {
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        }
        FileChannel lockFile =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(lockFile);
        if (lock == null) {
            lockFile.close();
            throw new InUseException(path);
        }
        try {
            checkVersion(path, disk);
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
        return new DataFolder(path, lockFile, lock);
    }

    /// The layout version that the folder carries; empty when it carries none, so is no data folder yet.
    ///
    /// @throws IOException when its version file cannot be read, or holds no version
    public static OptionalInt version(Path path) throws IOException {
        Path file = path.resolve("version");
        if (Files.isDirectory(path) && !Files.isExecutable(path)) {
            throw new AccessDeniedException(path.toString()); // else it would look as if nothing were in it
        }
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        String advice = " Restore it from a copy of the folder, or choose another folder with --data.";
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, not the version file of a data folder." + advice);
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip(); // whatever is in it
        if (!VERSION_TEXT.matcher(text).matches()) {
            throw new IOException("The version file " + file + " is damaged: "
                    + (text.isEmpty() ? "it is empty." : "no number is in it.") + advice);
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    public Path path() {
        return path;
    }

    /// The path of a part of the folder; the part's own room creates it.
    public Path at(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it open already
        }
    }

    private static void checkVersion(Path path, Disk disk) throws IOException {
        Path file = path.resolve("version");
        if (!Files.exists(file)) {
            Path fresh = path.resolve("version.new");
            disk.delete(fresh);
            try (Disk.DiskFile out = disk.create(fresh)) {
                out.append(ByteBuffer.wrap((VERSION + "\n").getBytes(StandardCharsets.US_ASCII)));
                out.force();
            }
            disk.rename(fresh, file);
            return;
        }
        int version = version(path).orElse(VERSION);
        if (version != VERSION) {
            throw new IOException(
                    "The data folder " + path + " has layout version " + version + "; this Feedline reads version "
                            + VERSION + ". Use the Feedline that wrote it, or another folder with --data.");
        }
    }

    /// Another process has the folder.
    public static final class InUseException extends IOException {
        private static final long serialVersionUID = 1;

        InUseException(Path path) {
            super("The data folder " + path
                    + " is in use by another Feedline process. Stop that one, or choose another folder with --data.");
        }
    }
}
