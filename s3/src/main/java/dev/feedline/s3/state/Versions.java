package dev.feedline.s3.state;

import dev.feedline.kernel.Transaction;
import dev.feedline.s3.body.BlockSums;
import dev.feedline.s3.body.Body;
import dev.feedline.s3.body.Segment;
import dev.feedline.s3.checksum.ObjectChecksum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The table of object versions and delete markers.
public final class Versions {
    /// What [#read] reads; the body is left out.
    public static final String COLUMNS = "sequence, bucket, key, version_id, latest, marker, modified, size, etag,"
            + " headers, metadata, tags, checksum";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM version ";

    private Versions() {}

    /// The newest version or delete marker of the key.
    public static Optional<ObjectVersion> latest(Transaction tx, String bucket, byte[] key) throws SQLException {
        return tx.first(SELECT + "WHERE latest = 1 AND bucket = ? AND key = ?", Versions::read, bucket, key);
    }

    public static Optional<ObjectVersion> find(Transaction tx, String bucket, byte[] key, String versionId)
            throws SQLException {
        return tx.first(
                SELECT + "WHERE bucket = ? AND key = ? AND version_id = ?", Versions::read, bucket, key, versionId);
    }

    /// The bytes of a version, or where they are.
    public static Body body(Transaction tx, ObjectVersion version) throws SQLException {
        List<Segment> segments = segments(tx, version.sequence());
        if (!segments.isEmpty()) {
            return new Body.Filed(segments);
        }
        return tx.first(
                        "SELECT body, crc32c FROM version WHERE sequence = ?",
                        row -> new Body.Inline(row.getBytes(1), row.getInt(2)),
                        version.sequence())
                .orElseThrow();
    }

    public static List<Segment> segments(Transaction tx, long sequence) throws SQLException {
        return tx.query(
                "SELECT file, length, crc32c, sums FROM segment WHERE sequence = ? ORDER BY ordinal",
                row -> new Segment(row.getString(1), row.getLong(2), row.getInt(3), BlockSums.of(row.getBytes(4))),
                sequence);
    }

    static void insert(Transaction tx, ObjectVersion version, Body body) throws SQLException {
        boolean inline = body instanceof Body.Inline;
        tx.update(
                "INSERT INTO version (" + COLUMNS + ", crc32c, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                version.sequence(),
                version.bucket(),
                Key.bytes(version.key()),
                version.versionId(),
                version.latest(),
                version.deleteMarker(),
                version.modified().toEpochMilli(),
                version.size(),
                version.etag(),
                Form.write(version.description().headers()),
                Form.write(version.description().metadata()),
                Form.write(version.description().tags()),
                version.checksum().map(ObjectChecksum::stored).orElse(null),
                inline ? ((Body.Inline) body).crc32c() : null,
                inline ? ((Body.Inline) body).bytes() : null);
        if (body instanceof Body.Filed filed) {
            insertSegments(tx, version.sequence(), filed.segments());
        }
    }

    /// Removes one version and returns its files; the newest one left becomes the latest.
    static List<String> remove(Transaction tx, ObjectVersion version) throws SQLException {
        List<String> files =
                segments(tx, version.sequence()).stream().map(Segment::file).toList();
        tx.update("DELETE FROM segment WHERE sequence = ?", version.sequence());
        tx.update("DELETE FROM version WHERE sequence = ?", version.sequence());
        if (version.latest()) {
            tx.update(
                    "UPDATE version SET latest = 1 WHERE sequence ="
                            + " (SELECT max(sequence) FROM version WHERE bucket = ? AND key = ?)",
                    version.bucket(),
                    Key.bytes(version.key()));
        }
        return files;
    }

    static void retireLatest(Transaction tx, String bucket, byte[] key) throws SQLException {
        tx.update("UPDATE version SET latest = 0 WHERE latest = 1 AND bucket = ? AND key = ?", bucket, key);
    }

    public static void setTags(Transaction tx, ObjectVersion version, java.util.Map<String, String> tags)
            throws SQLException {
        tx.update("UPDATE version SET tags = ? WHERE sequence = ?", Form.write(tags), version.sequence());
    }

    /// Current objects under a prefix that were last changed no later than `modified`.
    public static List<ObjectVersion> notModifiedSince(
            Transaction tx, String bucket, byte[] prefix, Instant modified, int limit) throws SQLException {
        return tx.query(
                SELECT + "WHERE latest = 1 AND bucket = ? AND key >= ? AND key < ? AND marker = 0 AND modified <= ?"
                        + " LIMIT ?",
                Versions::read,
                bucket,
                prefix,
                Key.afterAll(prefix),
                modified.toEpochMilli(),
                limit);
    }

    public static boolean any(Transaction tx, String bucket) throws SQLException {
        return tx.first("SELECT 1 FROM version WHERE bucket = ? LIMIT 1", row -> true, bucket)
                .isPresent();
    }

    /// Reads a row of [#COLUMNS].
    public static ObjectVersion read(ResultSet row) throws SQLException {
        return new ObjectVersion(
                row.getLong(1),
                row.getString(2),
                Key.text(row.getBytes(3)),
                row.getString(4),
                row.getInt(5) == 1,
                row.getInt(6) == 1,
                Instant.ofEpochMilli(row.getLong(7)),
                row.getLong(8),
                row.getString(9),
                new ObjectDescription(
                        Form.read(row.getString(10)), Form.read(row.getString(11)), Form.read(row.getString(12))),
                Optional.ofNullable(row.getString(13)).map(ObjectChecksum::parse));
    }

    private static void insertSegments(Transaction tx, long sequence, List<Segment> segments) throws SQLException {
        int ordinal = 0;
        for (Segment segment : segments) {
            tx.update(
                    "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?)",
                    sequence,
                    ordinal++,
                    segment.file(),
                    segment.length(),
                    segment.crc32c(),
                    segment.sums() == null ? null : segment.sums().stored());
        }
    }
}
