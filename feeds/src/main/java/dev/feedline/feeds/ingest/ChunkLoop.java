package dev.feedline.feeds.ingest;

import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ChunkRecord;
import dev.feedline.convert.Keys;
import dev.feedline.convert.Spool;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.RemainingTime;
import dev.feedline.feeds.S3Bodies;
import dev.feedline.feeds.Sleeper;
import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.ContentSum;
import dev.feedline.rows.Mark;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.SchemaJson;
import dev.feedline.rows.SchemaPolicy;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/// Goes through the chunks of a file: cut, judge, send, and only then pin the verdict.
///
/// A chunk without a record is done again from its first row; its rows may then be on the stream twice, which is why
/// every one of them carries its number.
final class ChunkLoop {
    private final KinesisClient kinesis;
    private final FeedCatalog catalog;
    private final ChunkRecords records;
    private final IngestSettings settings;
    private final Sleeper sleeper;

    ChunkLoop(Ingest.Ports ports, S3Bodies landing, FeedCatalog catalog, IngestSettings settings, Sleeper sleeper) {
        this.kinesis = ports.kinesis();
        this.catalog = catalog;
        this.records = new ChunkRecords(landing);
        this.settings = settings;
        this.sleeper = sleeper;
    }

    /// Goes on at the first chunk without a record.
    ///
    /// @return the rows of the whole file; empty when the time ran short before its end
    ///
    /// @param ruling what the rows have been judged under already, if they have
    Optional<Totals> run(
            FeedTable feed, Terms terms, FileRows file, FirstPass.@Nullable Ruling ruling, RemainingTime time)
            throws IOException {
        Totals totals = Totals.NONE;
        Position position = Position.START;
        boolean atEnd = false;
        for (Optional<ChunkRecord> done = record(terms, 0); done.isPresent(); done = record(terms, totals.chunks())) {
            records.writeQuarantine(done.get());
            totals = totals.plus(done.get());
            position = done.get().end();
            atEnd = done.get().last();
        }
        if (atEnd) {
            return Optional.of(totals);
        }
        if (terms.notAFeed() != null) {
            return Optional.of(totals.plus(pinNotAFeed(feed, terms, file)));
        }
        try (SourceRows rows = file.open(position)) {
            boolean first = true;
            while (rows.peek() != null) {
                if (!first && time.left().compareTo(settings.timeReserve()) < 0) {
                    return Optional.empty();
                }
                ChunkName name = new ChunkName(terms.fileId(), totals.chunks());
                ChunkRecord record = send(feed, name, terms, ruling, rows);
                records.writeQuarantine(record);
                totals = totals.plus(record);
                first = false;
            }
        }
        return Optional.of(totals);
    }

    /// Sends the rows again of every chunk that is recorded and has not become a lake object.
    ///
    /// The rows are judged under the record's own schema and policy, so they are those it calls good.
    /// What is there still comes twice, which is harmless.
    ///
    /// @return how many chunks were sent; fewer than wait when the time ran short
    long sendAgain(FeedTable feed, Terms terms, FileRows file, S3Bodies lake, RemainingTime time) throws IOException {
        long sent = 0;
        long chunk = 0;
        for (Optional<ChunkRecord> found = record(terms, chunk); found.isPresent(); found = record(terms, ++chunk)) {
            ChunkRecord record = found.get();
            if (record.good() == 0 || lake.isThere(Keys.lake(record.feed(), record.name()))) {
                continue;
            }
            if (sent > 0 && time.left().compareTo(settings.timeReserve()) < 0) {
                return sent;
            }
            FirstPass.Ruling ruling =
                    new FirstPass.Ruling(SchemaJson.write(record.schema()), record.schemaVersion(), record.policy());
            try (SourceRows rows = file.open(record.start())) {
                send(feed, record.name(), terms, ruling, rows);
            }
            sent++;
        }
        return sent;
    }

    private Optional<ChunkRecord> record(Terms terms, long chunk) throws IOException {
        return records.find(terms.feed(), new ChunkName(terms.fileId(), chunk));
    }

    private ChunkRecord send(
            FeedTable feed, ChunkName name, Terms terms, FirstPass.@Nullable Ruling ruling, SourceRows rows)
            throws IOException {
        try (ChunkRows chunk = ChunkRows.cut(rows, terms.chunkBytes());
                Spool badLines = new Spool()) {
            SchemaPolicy policy = ruling == null ? feed.settings().policy() : ruling.policy();
            SchemaBook book =
                    ruling == null ? SchemaBook.inCatalog(catalog, feed.feed()) : SchemaBook.settled(ruling.edition());
            Judge judge = new Judge(book, policy, settings.limits(), terms.readAs());
            SchemaBook.Edition edition = judge.edition(chunk);
            Sending sending = new Sending(feed.feed(), name, badLines);
            judge.judge(chunk, edition.schema(), sending);
            sending.sender.finish();
            return records.pin(
                    new ChunkRecord(
                            feed.feed(),
                            name,
                            chunk.start(),
                            chunk.end(),
                            chunk.last(),
                            sending.good,
                            sending.bad,
                            sending.sum.hex(),
                            edition.version(),
                            edition.schema(),
                            policy,
                            terms.readAs().cellForm()),
                    badLines);
        }
    }

    /// A file that is no feed is one bad row.
    private ChunkRecord pinNotAFeed(FeedTable feed, Terms terms, FileRows file) throws IOException {
        ChunkName name = new ChunkName(terms.fileId(), 0);
        RawRow whole = new RawRow(1, 1, 0, file.head(settings.limits().maxRawBytes()), true);
        try (Spool badLines = new Spool()) {
            BadRow bad = BadRow.of(whole, BadRowCode.NOT_A_FEED, "the file is " + terms.notAFeed(), settings.limits());
            QuarantineLines.write(feed.feed(), name, bad, badLines);
            ChunkRecord record = records.pin(
                    new ChunkRecord(
                            feed.feed(),
                            name,
                            Position.START,
                            new Position(1, 1, 0),
                            true,
                            0,
                            1,
                            new ContentSum().hex(),
                            feed.version(),
                            feed.schema(),
                            feed.settings().policy(),
                            terms.readAs().cellForm()),
                    badLines);
            records.writeQuarantine(record);
            return record;
        }
    }

    /// Marks and sends the good rows, writes down the bad ones.
    private final class Sending implements Judge.Bench {
        private final String feed;
        private final ChunkName name;
        private final Spool badLines;
        private final StreamSender sender;
        private final ContentSum sum = new ContentSum();
        private long good;
        private long bad;

        Sending(String feed, ChunkName name, Spool badLines) {
            this.feed = feed;
            this.name = name;
            this.badLines = badLines;
            this.sender = new StreamSender(kinesis, sleeper, settings, Names.stream(feed), name);
        }

        @Override
        public void good(RawRow row) throws IOException {
            good++;
            sum.add(row.number(), Mark.asSent(row.bytes()));
            sender.add(Mark.splice(row.bytes(), name.fileId(), name.chunk(), row.number()));
        }

        @Override
        public void bad(BadRow row) throws IOException {
            bad++;
            QuarantineLines.write(feed, name, row, badLines);
        }
    }
}
