package dev.feedline.app;

import dev.feedline.kernel.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A disk that may leave out forcing, and says when a file has been forced.
///
/// @param forcesFiles false leaves out fsync of files
/// @param forcesDirectories false leaves out fsync of directories, where Feedline asks for it by itself
record TrialDisk(Disk disk, boolean forcesFiles, boolean forcesDirectories, Consumer<Path> forced) implements Disk {
    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new TrialFile(file, disk.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new TrialFile(file, disk.open(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (forcesDirectories) {
            disk.rename(from, to);
        } else {
            java.nio.file.Files.move(
                    from,
                    to,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (forcesDirectories) {
            disk.forceDirectory(directory);
        }
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    private final class TrialFile implements DiskFile {
        private final Path path;
        private final DiskFile file;

        TrialFile(Path path, DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            file.append(bytes);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            if (forcesFiles) {
                file.force();
            }
            forced.accept(path);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
