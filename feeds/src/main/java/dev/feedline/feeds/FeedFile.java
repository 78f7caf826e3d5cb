package dev.feedline.feeds;

import dev.feedline.feeds.ingest.Container;
import dev.feedline.feeds.ingest.FileLook;
import dev.feedline.feeds.ingest.StoredFile;
import dev.feedline.parquet.PlacedBytes;
import dev.feedline.rows.Reading;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A local file with rows, found to be packed and read as ingest would find it. Not for two threads at once.
public final class FeedFile {
    private final Path path;
    private final FileLook look;
    private final AtomicLong taken = new AtomicLong();

    private FeedFile(Path path, FileLook look) {
        this.path = path;
        this.look = look;
    }

    /// Looks at the file's beginning.
    ///
    /// @throws IOException when it has no rows, or cannot be read as the settings want
    public static FeedFile at(Path path, FeedSettings settings) throws IOException {
        FileLook look =
                FileLook.at(StoredFile.at(path), String.valueOf(path.getFileName()), settings, ContainerLimits.DEFAULT);
        if (look.notAFeed() != null) {
            throw new IOException(path + " has no rows to read: it is " + look.notAFeed() + ".");
        }
        if (look.refusal() != null) {
            throw new IOException(path + " cannot be read: " + look.refusal());
        }
        return new FeedFile(path, look);
    }

    public Path path() {
        return path;
    }

    public Reading reading() {
        return look.reading();
    }

    /// How many bytes of the file, as it is stored, have been taken since it was opened last.
    public long taken() {
        return taken.get();
    }

    /// Its rows' bytes, unpacked. Reading throws, and names the file, where a container is cut off, damaged or unpacks
    /// to too much.
    public InputStream open() throws IOException {
        taken.set(0);
        StoredFile counted = offset -> new Counted(StoredFile.at(path).open(offset));
        return new Named(look.container().open(counted, 0, ContainerLimits.DEFAULT));
    }

    /// Its rows' bytes, to be read from every place, when it is not packed.
    public Optional<PlacedBytes> openPlaced() throws IOException {
        if (look.container() != Container.PLAIN || Files.size(path) == 0) {
            return Optional.empty(); // files of a system that makes them as they are read say that they are empty
        }
        taken.set(0);
        return Optional.of(new Placed(FileChannel.open(path)));
    }

    private IOException named(IOException e) {
        return new IOException(path + " cannot be read to its end: " + e.getMessage(), e);
    }

    private final class Placed implements PlacedBytes {
        private final FileChannel file;

        Placed(FileChannel file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(long position, byte[] into, int from, int length) throws IOException {
            try {
                int read = file.read(ByteBuffer.wrap(into, from, length), position);
                taken.addAndGet(Math.max(0, read));
                return read;
            } catch (ClosedChannelException e) {
                throw e; // of a thread that was told to end
            } catch (IOException e) {
                throw named(e);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            taken.addAndGet(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            taken.addAndGet(Math.max(0, read));
            return read;
        }
    }

    private final class Named extends FilterInputStream {
        Named(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw named(e);
            }
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return super.read(into, from, length);
            } catch (IOException e) {
                throw named(e);
            }
        }
    }
}
