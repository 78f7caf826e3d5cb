package dev.feedline.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The machine's own file system.
///
/// After the first failed force every further write is refused and the listener is told once, so that the process can
/// stop.
public final class RealDisk implements Disk {
    private final Consumer<ForceFailedException> onForceFailed;
    private final AtomicReference<@Nullable ForceFailedException> failed = new AtomicReference<>();

    public RealDisk(Consumer<ForceFailedException> onForceFailed) {
        this.onForceFailed = onForceFailed;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        refuseAfterFailure();
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = directory.toAbsolutePath(); at != null && !Files.isDirectory(at); at = at.getParent()) {
            missing.push(at);
        }
        for (Path one : missing) {
            try {
                Files.createDirectory(one);
            } catch (java.nio.file.FileAlreadyExistsException e) {
                if (!Files.isDirectory(one)) {
                    throw e;
                }
            } catch (IOException e) {
                throw named(e, one);
            }
            forceDirectory(parent(one));
        }
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        refuseAfterFailure();
        try {
            return new RealFile(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw named(e, file);
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new RealFile(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        refuseAfterFailure();
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw named(e, to);
        }
        forceDirectory(parent(to));
        if (!parent(from).equals(parent(to))) {
            forceDirectory(parent(from));
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        refuseAfterFailure();
        // Opening a directory for reading and forcing it is how Java fsyncs one on Linux.
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(channel, directory);
        }
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private void force(FileChannel channel, Path path) throws IOException {
        try {
            channel.force(true);
        } catch (ClosedByInterruptException e) {
            throw e; // the thread was told to stop; this says nothing of the disk, and nothing was acknowledged
        } catch (IOException e) {
            ForceFailedException failure = new ForceFailedException(
                    "fsync of " + path + " failed (" + e.getMessage()
                            + "): what was written last may be lost, so no more is written. Check the disk, then start again.",
                    e);
            if (failed.compareAndSet(null, failure)) {
                onForceFailed.accept(failure);
            }
            throw failure;
        }
    }

    private void refuseAfterFailure() throws ForceFailedException {
        ForceFailedException failure = failed.get();
        if (failure != null) {
            throw new ForceFailedException("not written: an earlier " + failure.getMessage(), failure);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("has no parent: " + path);
        }
        return parent;
    }

    private static IOException named(IOException e, Path path) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = message.contains("no space left") || message.contains("quota exceeded");
        return full ? new DiskFullException("No space left on the volume of " + path, e) : e;
    }

    private final class RealFile implements DiskFile {
        private final Path path;
        private final FileChannel channel;

        RealFile(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            refuseAfterFailure();
            long position = channel.size();
            try {
                while (bytes.hasRemaining()) {
                    position += channel.write(bytes, position);
                }
            } catch (IOException e) {
                throw named(e, path);
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void force() throws IOException {
            refuseAfterFailure();
            RealDisk.this.force(channel, path);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
