package dev.feedline.feeds.ingest;

import dev.feedline.rows.JsonLines.Position;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Opens the rows of a file, from its beginning or from where a chunk ended.
record FileRows(SourceFile file, Terms terms, boolean unmarkedOnly) {
    SourceRows open(Position start, int maxRowBytes) throws IOException {
        return new SourceRows(from(start), maxRowBytes, start, unmarkedOnly);
    }

    byte[] head(int count) throws IOException {
        return file.head(count);
    }

    private InputStream from(Position start) throws IOException {
        return switch (terms.content()) {
            case PLAIN -> file.open(start.offset());
            case GZIP -> {
                InputStream in = new BufferedInputStream(new GunzipStream(file.open(0)));
                in.skipNBytes(start.offset());
                yield in;
            }
        };
    }
}
