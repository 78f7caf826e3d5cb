package dev.feedline.glue;

import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.LastCrawlInfo;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;

/// The crawlers as they are kept, each with the state of its crawl: what a crawl is doing was on disk before anybody
/// could see it.
final class CrawlerRecords {
    private CrawlerRecords() {}

    /// @param crawler with its state and last crawl
    /// @param started when the crawl at work began, in milliseconds since 1970; 0 when none is
    record Kept(Crawler crawler, long started, Counts counts) {}

    /// What crawls have done so far.
    ///
    /// @param lastSeconds how long the last one took, and the middle of all that are remembered
    record Counts(long created, long updated, long deleted, double lastSeconds, double medianSeconds) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }

    static Kept existing(Transaction tx, String name) throws SQLException {
        return find(tx, name)
                .orElseThrow(() ->
                        GlueError.ENTITY_NOT_FOUND.because("Crawler entry with name " + name + " does not exist"));
    }

    static Optional<Kept> find(Transaction tx, String name) throws SQLException {
        return tx.first(SELECT + " WHERE name = ?", CrawlerRecords::kept, name);
    }

    static List<Kept> after(Transaction tx, String name, int limit) throws SQLException {
        return tx.query(SELECT + " WHERE name > ? ORDER BY name LIMIT ?", CrawlerRecords::kept, name, limit);
    }

    static void insert(Transaction tx, Crawler crawler) throws SQLException {
        tx.update("INSERT INTO crawler (name, body) VALUES (?, ?)", crawler.name(), SdkJson.write(crawler));
    }

    static void update(Transaction tx, Crawler crawler) throws SQLException {
        tx.update("UPDATE crawler SET body = ? WHERE name = ?", SdkJson.write(crawler), crawler.name());
    }

    static void begin(Transaction tx, Crawler crawler, Instant now) throws SQLException {
        update(tx, crawler.toBuilder().state(CrawlerState.RUNNING).build());
        tx.update("UPDATE crawler SET started = ? WHERE name = ?", now.toEpochMilli(), crawler.name());
    }

    /// Writes how a crawl ended, and counts what it did.
    static void end(Transaction tx, Kept kept, CrawlEnding ending, Instant now) throws SQLException {
        Instant started = Instant.ofEpochMilli(kept.started());
        LastCrawlInfo last = LastCrawlInfo.builder()
                .status(ending.status())
                .errorMessage(ending.error())
                .startTime(started)
                .build();
        update(
                tx,
                kept.crawler().toBuilder()
                        .state(CrawlerState.READY)
                        .lastCrawl(last)
                        .build());
        double seconds = Math.max(0, now.toEpochMilli() - kept.started()) / 1000.0;
        tx.update(
                "UPDATE crawler SET started = 0, created = created + ?, updated = updated + ?, deleted = deleted + ?,"
                        + " seconds = ? WHERE name = ?",
                ending.created(),
                ending.updated(),
                ending.deleted(),
                ending.status() == LastCrawlStatus.SUCCEEDED
                        ? Seconds.with(tx, kept.crawler().name(), seconds)
                        : Seconds.of(tx, kept.crawler().name()),
                kept.crawler().name());
    }

    private static final String SELECT = "SELECT body, started, created, updated, deleted, seconds FROM crawler";

    private static Kept kept(ResultSet row) throws SQLException {
        List<Double> seconds = Seconds.parse(row.getString(6));
        List<Double> sorted = seconds.stream().sorted().toList();
        return new Kept(
                SdkJson.read(row.getString(1), Crawler.builder()),
                row.getLong(2),
                new Counts(
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        seconds.isEmpty() ? 0 : seconds.getLast(),
                        sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2)));
    }

    /// How long the last crawls took, the newest last.
    private static final class Seconds {
        private static final int MOST = 100;

        private Seconds() {}

        static String of(Transaction tx, String name) throws SQLException {
            return tx.first("SELECT seconds FROM crawler WHERE name = ?", row -> row.getString(1), name)
                    .orElse("");
        }

        static String with(Transaction tx, String name, double more) throws SQLException {
            String text = of(tx, name);
            List<String> all = new java.util.ArrayList<>(text.isEmpty() ? List.of() : List.of(text.split(" ", -1)));
            all.add(Double.toString(more));
            return String.join(" ", all.subList(Math.max(0, all.size() - MOST), all.size()));
        }

        static List<Double> parse(String text) {
            return text.isEmpty()
                    ? List.of()
                    : java.util.Arrays.stream(text.split(" ", -1))
                            .map(Double::valueOf)
                            .toList();
        }
    }
}
