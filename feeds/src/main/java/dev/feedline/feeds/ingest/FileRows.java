package dev.feedline.feeds.ingest;

import dev.feedline.feeds.IngestSettings;
import dev.feedline.rows.Position;
import java.io.IOException;
import java.io.InputStream;

/// Opens the rows of a file, from its beginning or from where a chunk ended.
record FileRows(StoredFile file, Terms terms, boolean unmarkedOnly, IngestSettings settings) {
    SourceRows open(Position start) throws IOException {
        InputStream in = terms.content().open(file, start.offset(), settings.containers());
        return new SourceRows(terms.readAs().split(in, settings.limits().maxSourceBytes(), start), start, unmarkedOnly);
    }

    byte[] head(int count) throws IOException {
        return file.head(count);
    }
}
