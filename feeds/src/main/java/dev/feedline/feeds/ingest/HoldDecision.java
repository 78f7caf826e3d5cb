package dev.feedline.feeds.ingest;

import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Names;
import dev.feedline.rows.BadRow;
import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.JsonLines.Position;
import dev.feedline.rows.RawRow;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides before anything is sent whether a file is held: more of its rows are bad than the feed allows, or its
/// container
/// is damaged. Where neither can be, nothing is read twice.
final class HoldDecision {
    private static final FirstPass NOT_NEEDED = new FirstPass(0, 0, null);

    private final Records records;
    private final IngestSettings settings;

    HoldDecision(Records records, IngestSettings settings) {
        this.records = records;
        this.settings = settings;
    }

    FirstPass decide(FeedTable feed, Terms terms, FileRows rows) throws IOException {
        if (terms.content() == Terms.Content.PLAIN && !feed.settings().hasLimits()) {
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
            return new FirstPass(1, 1, overLimit(feed, count));
        }
        try (SourceRows source = rows.open(Position.START, settings.limits().maxSourceBytes())) {
            Judge judge = new Judge(
                    SchemaBook.inMemory(new SchemaBook.Edition(feed.schema(), feed.version())),
                    feed.settings().policy(),
                    settings.limits());
            while (source.peek() != null) {
                read(feed, terms, source, judge, count);
            }
            return new FirstPass(count.received, count.bad, overLimit(feed, count));
        } catch (BrokenFeedException e) {
            if (e.getCause() instanceof DamagedContainerException damage) {
                return new FirstPass(count.received, count.bad, "CONTAINER-DAMAGED: " + damage.getMessage());
            }
            throw e;
        }
    }

    /// Judges a chunk's rows where their number matters; else only goes past them.
    private void read(FeedTable feed, Terms terms, SourceRows source, Judge judge, Count count) throws IOException {
        if (!feed.settings().hasLimits()) {
            count.received++;
            source.advance();
            return;
        }
        try (ChunkRows chunk = ChunkRows.cut(source, terms.chunkBytes())) {
            judge.judge(chunk, judge.edition(chunk).schema(), count);
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
