package dev.feedline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When each stage of one file was reached, in the order of the way.
///
/// Told afterwards by what the stages wrote, each time to the millisecond: the objects in S3's store and the load
/// history. So the measurement costs the way nothing.
record StageTimes(Map<String, Double> millis) {
    private static final String LANDING = "feedline-landing";
    private static final String LAKE = "feedline-lake";

    /// The stages, each from the end of the one before.
    static List<StageTimes> of(Path data, List<SentFile> files) throws SQLException, IOException {
        Path warehouse = data.resolve("snowflake");
        List<StageTimes> all = new ArrayList<>();
        try (Connection s3 = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("s3/s3.db"));
                Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + databaseFile(warehouse))) {
            for (SentFile file : files) {
                all.add(of(file, s3, duckDb));
            }
        }
        return all;
    }

    private static StageTimes of(SentFile file, Connection s3, Connection duckDb) throws SQLException {
        Map<String, Instant> reached = new LinkedHashMap<>();
        reached.put("ingest begins (its terms are pinned)", object(s3, LANDING, "_feedline/terms/", file.id(), file));
        reached.put("rows are on the stream (chunk record)", object(s3, LANDING, "_feedline/chunks/", file.id(), file));
        reached.put("rows have landed", object(s3, LANDING, "data/" + file.feed() + "/", "", file));
        reached.put("the job has seen them (index)", object(s3, LANDING, "_feedline/index/" + file.feed(), "", file));
        reached.put("lake object", object(s3, LAKE, "data/", file.id(), file));
        reached.put("load begins", loaded(duckDb, file));
        reached.put("seen in SQL", file.visible());
        Map<String, Double> millis = new LinkedHashMap<>();
        Instant before = file.answered();
        for (Map.Entry<String, Instant> stage : reached.entrySet()) {
            millis.put(
                    stage.getKey(), Duration.between(before, stage.getValue()).toNanos() / 1e6);
            before = stage.getValue();
        }
        return new StageTimes(millis);
    }

    /// The last object under the prefix, with the word in its key, that was written between answer and sight.
    private static Instant object(Connection s3, String bucket, String prefix, String word, SentFile file)
            throws SQLException {
        try (PreparedStatement query = s3.prepareStatement(
                "SELECT max(modified) FROM version WHERE bucket = ? AND marker = 0 AND modified BETWEEN ? AND ?"
                        + " AND CAST(key AS TEXT) LIKE ?")) {
            query.setString(1, bucket);
            query.setLong(2, file.answered().toEpochMilli() - 1_000); // ingest may begin before the answer is read
            query.setLong(3, file.visible().toEpochMilli());
            query.setString(4, prefix + "%" + word + "%");
            return instant(query, row -> Instant.ofEpochMilli(row.getLong(1)), prefix);
        }
    }

    private static Instant loaded(Connection duckDb, SentFile file) throws SQLException {
        try (PreparedStatement query =
                duckDb.prepareStatement("SELECT max(loaded_on) FROM main._load_history WHERE file LIKE ?")) {
            query.setString(1, "%" + file.id() + "%parquet");
            return instant(query, row -> row.getObject(1, OffsetDateTime.class).toInstant(), "load history");
        }
    }

    /// The one database file of FEEDLINE.
    private static Path databaseFile(Path warehouse) throws IOException {
        try (var files = Files.newDirectoryStream(warehouse, "*.duckdb")) {
            return files.iterator().next();
        }
    }

    @FunctionalInterface
    private interface Reading {
        Instant read(ResultSet row) throws SQLException;
    }

    private static Instant instant(PreparedStatement query, Reading reading, String what) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            if (!row.next() || row.getObject(1) == null) {
                throw new IllegalStateException("a file that is in SQL has left nothing in " + what);
            }
            return reading.read(row);
        }
    }
}
