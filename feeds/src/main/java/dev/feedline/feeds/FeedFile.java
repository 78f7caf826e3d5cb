package dev.feedline.feeds;

import dev.feedline.feeds.ingest.FileLook;
import dev.feedline.feeds.ingest.StoredFile;
import dev.feedline.rows.Reading;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// A local file with rows, found to be packed and read as ingest would find it. Not for two threads at once.
public final class FeedFile {
    private final Path path;
    private final FileLook look;
    private long taken;

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

    /// How many bytes of the file, as it is stored, the stream opened last has taken.
    public long taken() {
        return taken;
    }

    /// Its rows' bytes, unpacked. Reading throws, and names the file, where a container is cut off, damaged or unpacks
    /// to too much.
    public InputStream open() throws IOException {
        taken = 0;
        StoredFile counted = offset -> new Counted(StoredFile.at(path).open(offset));
        return new Named(look.container().open(counted, 0, ContainerLimits.DEFAULT));
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            taken += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            taken += Math.max(0, read);
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

        private IOException named(IOException e) {
            return new IOException(path + " cannot be read to its end: " + e.getMessage(), e);
        }
    }
}
