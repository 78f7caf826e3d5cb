package dev.feedline.feeds.ingest;

import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Names;
import dev.feedline.rows.BadRow;
import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaJson;
import dev.feedline.rows.SchemaPolicy;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides before anything is sent whether a file is held: more of its rows are bad than the feed allows, or its
/// container is damaged or unpacks without end. Where none of them can be, nothing is read twice.
final class HoldDecision {
    private static final FirstPass NOT_NEEDED = new FirstPass(0, 0, null, null);

    /// Everybody who loses the race for the next edition judges again; so many in a row means something else is wrong.
    private static final int MAX_EDITIONS = 20;

    private final Records records;
    private final FeedCatalog catalog;
    private final IngestSettings settings;

    HoldDecision(Records records, FeedCatalog catalog, IngestSettings settings) {
        this.records = records;
        this.catalog = catalog;
        this.settings = settings;
    }

    FirstPass decide(FeedTable feed, Terms terms, FileRows rows) throws IOException {
        if (terms.content() == Container.PLAIN && !feed.settings().hasLimits()) {
            return NOT_NEEDED;
        }
        String key = Names.firstPass(terms.feed(), terms.fileId());
        Optional<FirstPass> held = records.find(key, FirstPass.class);
        return held.isPresent() ? held.get() : records.pin(key, read(feed, terms, rows), FirstPass.class);
    }

    private FirstPass read(FeedTable feed, Terms terms, FileRows rows) throws IOException {
        Count count = new Count();
        if (terms.notAFeed() != null) {
            count.received = 1;
            count.bad = 1;
            return new FirstPass(1, 1, overLimit(feed, count), null);
        }
        try {
            return feed.settings().hasLimits() ? judged(feed, terms, rows, count) : counted(rows, count);
        } catch (BrokenFeedException e) {
            if (e.getCause() instanceof DamagedContainerException damage) {
                return new FirstPass(count.received, count.bad, "CONTAINER-DAMAGED: " + damage.getMessage(), null);
            }
            if (e.getCause() instanceof ExpansionException bomb) {
                return new FirstPass(count.received, count.bad, "CONTAINER-EXPANDS: " + bomb.getMessage(), null);
            }
            throw e;
        }
    }

    private static FirstPass counted(FileRows rows, Count count) throws IOException {
        try (SourceRows source = rows.open(Position.START)) {
            for (; source.peek() != null; source.advance()) {
                count.received++;
            }
        }
        return new FirstPass(count.received, 0, null, null);
    }

    /// Judges all rows, and publishes the schema that they were judged under when the file is not held.
    private FirstPass judged(FeedTable feed, Terms terms, FileRows rows, Count count) throws IOException {
        FeedTable table = feed;
        for (int i = 0; i < MAX_EDITIONS; i++) {
            Schema schema = judge(table, terms, rows, count);
            String reason = overLimit(table, count);
            if (reason != null) {
                return new FirstPass(count.received, count.bad, reason, null);
            }
            if (!schema.equals(table.schema())) {
                catalog.evolve(table, schema);
            }
            SchemaPolicy policy = table.settings().policy();
            table = catalog.find(feed.feed())
                    .orElseThrow(() -> new IllegalStateException("feed " + feed.feed() + " was removed meanwhile"));
            if (schema.equals(table.schema()) && policy.equals(table.settings().policy())) {
                FirstPass.Ruling ruling = new FirstPass.Ruling(SchemaJson.write(schema), table.version(), policy);
                return new FirstPass(count.received, count.bad, null, ruling);
            }
        }
        throw new IOException("the feed's table changed " + MAX_EDITIONS + " times while one file was to be judged");
    }

    /// Judges all rows under one schema: the one that they themselves let the present one grow to.
    private Schema judge(FeedTable table, Terms terms, FileRows rows, Count count) throws IOException {
        SchemaBook book = SchemaBook.inMemory(new SchemaBook.Edition(table.schema(), table.version()));
        Judge judge = new Judge(book, table.settings().policy(), settings.limits(), terms.readAs());
        boolean hasGrownLate;
        do {
            count.reset();
            hasGrownLate = false;
            try (SourceRows source = rows.open(Position.START)) {
                while (source.peek() != null) {
                    hasGrownLate |= judgeChunk(book, judge, terms, source, count) && count.chunks > 1;
                }
            }
        } while (hasGrownLate); // then earlier chunks have been judged under less than that
        return book.current().schema();
    }

    /// @return whether the schema has grown
    private static boolean judgeChunk(SchemaBook book, Judge judge, Terms terms, SourceRows source, Count count)
            throws IOException {
        Schema before = book.current().schema();
        try (ChunkRows chunk = ChunkRows.cut(source, terms.chunkBytes())) {
            Schema schema = judge.edition(chunk).schema();
            judge.judge(chunk, schema, count);
            count.chunks++;
            return !schema.equals(before);
        }
    }

    private static @Nullable String overLimit(FeedTable feed, Count count) {
        return feed.settings().isOverLimit(count.bad, count.received)
                ? "QUARANTINE-LIMIT: " + count.bad + " of " + count.received + " rows are bad, the feed allows "
                        + allowed(feed)
                : null;
    }

    private static String allowed(FeedTable feed) {
        long rows = feed.settings().maxBadRows();
        return (rows == Long.MAX_VALUE ? "any number" : "at most " + rows) + " and "
                + feed.settings().maxBadPercent() + " percent";
    }

    private static final class Count implements Judge.Bench {
        long received;
        long bad;
        long chunks;

        void reset() {
            received = 0;
            bad = 0;
            chunks = 0;
        }

        @Override
        public void good(RawRow row) {
            received++;
        }

        @Override
        public void bad(BadRow row) {
            received++;
            bad++;
        }
    }
}
