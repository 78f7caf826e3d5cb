package dev.feedline.kernel.sim;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.DiskFullException;
import dev.feedline.kernel.ForceFailedException;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A real disk that can be made full (after some bytes of a write) and whose forces can be made to
/// fail.
public final class FaultyDisk implements Disk {
    private final Disk real = new RealDisk(failure -> {});
    private volatile boolean full;
    private volatile boolean forcesFail;

    public void makeFull(boolean nowFull) {
        full = nowFull;
    }

    public void failForces(boolean nowFailing) {
        forcesFail = nowFailing;
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        real.createDirectories(directory);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        return new FaultyFile(real.create(file));
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new FaultyFile(real.open(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        real.forceDirectory(directory);
    }

    @Override
    public boolean exists(Path path) {
        return real.exists(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return real.list(directory);
    }

    private final class FaultyFile implements DiskFile {
        private final DiskFile file;

        FaultyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            if (full) {
                int half = bytes.remaining() / 2;
                file.append(bytes.slice(bytes.position(), half));
                bytes.position(bytes.position() + half); // as a channel leaves it
                throw new DiskFullException("No space left on the volume", new IOException("injected"));
            }
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
            if (forcesFail) {
                throw new ForceFailedException("fsync failed", new IOException("injected"));
            }
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
