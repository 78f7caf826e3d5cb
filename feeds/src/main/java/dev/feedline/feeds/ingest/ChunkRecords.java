package dev.feedline.feeds.ingest;

import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ChunkRecord;
import dev.feedline.convert.ChunkRecordJson;
import dev.feedline.convert.Keys;
import dev.feedline.convert.Spool;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.S3Bodies;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The immutable verdicts on chunks, in the landing bucket, and the quarantine objects derived from them.
public final class ChunkRecords {
    private final S3Bodies landing;

    public ChunkRecords(S3Bodies landing) {
        this.landing = landing;
    }

    public Optional<ChunkRecord> find(String feed, ChunkName chunk) throws IOException {
        Optional<InputStream> body = landing.find(Keys.chunkRecord(feed, chunk));
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = body.get()) {
            return Optional.of(ChunkRecordJson.readHeader(in));
        }
    }

    /// Writes the record, unless somebody has before.
    ///
    /// @return the one that holds; it is of the same rows, but may judge them otherwise
    ChunkRecord pin(ChunkRecord proposed, Spool badLines) throws IOException {
        try (Spool body = new Spool()) {
            ChunkRecordJson.writeHeader(proposed, body);
            try (InputStream lines = badLines.read()) {
                lines.transferTo(body);
            }
            if (landing.putIfAbsent(Keys.chunkRecord(proposed.feed(), proposed.name()), body)) {
                return proposed;
            }
        }
        ChunkRecord held = find(proposed.feed(), proposed.name())
                .orElseThrow(() -> new IOException("record of chunk " + proposed.name() + " was there and is gone"));
        if (!held.start().equals(proposed.start()) || !held.end().equals(proposed.end())) {
            throw new IOException("chunk " + proposed.name() + " was cut at " + held.end() + " before and at "
                    + proposed.end() + " now");
        }
        return held;
    }

    /// Writes the chunk's quarantine object, if it has bad rows: its record without the header.
    public void writeQuarantine(ChunkRecord record) throws IOException {
        if (record.bad() == 0) {
            return;
        }
        try (InputStream in = landing.read(Keys.chunkRecord(record.feed(), record.name()));
                Spool body = new Spool()) {
            ChunkRecordJson.readHeader(in);
            in.transferTo(body);
            landing.putIfAbsent(Names.quarantine(record.name()), body);
        }
    }
}
