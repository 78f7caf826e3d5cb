package dev.feedline.feeds;

import dev.feedline.feeds.ingest.FileLook;
import dev.feedline.feeds.ingest.StoredFile;
import dev.feedline.rows.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A local file with rows, found to be packed and read as ingest would find it.
public final class FeedFile {
    private final StoredFile stored;
    private final FileLook look;
    private final ContainerLimits limits;

    private FeedFile(StoredFile stored, FileLook look, ContainerLimits limits) {
        this.stored = stored;
        this.look = look;
        this.limits = limits;
    }

    /// Looks at the file's beginning.
    ///
    /// @throws IOException when it has no rows, or cannot be read as the settings want
    public static FeedFile at(Path path, FeedSettings settings) throws IOException {
        StoredFile stored = offset -> from(path, offset);
        ContainerLimits limits = ContainerLimits.DEFAULT;
        FileLook look = FileLook.at(stored, String.valueOf(path.getFileName()), settings, limits);
        if (look.notAFeed() != null) {
            throw new IOException(path + " has no rows to read: it is " + look.notAFeed() + ".");
        }
        if (look.refusal() != null) {
            throw new IOException(path + " cannot be read: " + look.refusal());
        }
        return new FeedFile(stored, look, limits);
    }

    public Reading reading() {
        return look.reading();
    }

    /// Its rows' bytes, unpacked; reading throws where a container is cut off, damaged or unpacks to
    /// too much.
    public InputStream open() throws IOException {
        return look.container().open(stored, 0, limits);
    }

    private static InputStream from(Path path, long offset) throws IOException {
        InputStream in = Files.newInputStream(path);
        in.skipNBytes(offset);
        return in;
    }
}
