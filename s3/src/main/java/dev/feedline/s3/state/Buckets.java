package dev.feedline.s3.state;

import dev.feedline.kernel.Transaction;
import dev.feedline.s3.error.S3Error;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of buckets.
public final class Buckets {
    private static final String SELECT = "SELECT name, created, versioning, tags FROM bucket";

    private Buckets() {}

    public static Optional<Bucket> find(Transaction tx, String name) throws SQLException {
        return tx.first(SELECT + " WHERE name = ?", Buckets::read, name);
    }

    /// The bucket, or NoSuchBucket.
    public static Bucket require(Transaction tx, String name) throws SQLException {
        return find(tx, name)
                .orElseThrow(() -> S3Error.NO_SUCH_BUCKET.because("The specified bucket does not exist: " + name));
    }

    /// Buckets by name, from the first one that is `from` or above.
    public static List<Bucket> list(Transaction tx, String from, String prefix, int limit) throws SQLException {
        return tx.query(
                SELECT + " WHERE name >= ? AND substr(name, 1, length(?)) = ? ORDER BY name LIMIT ?",
                Buckets::read,
                from,
                prefix,
                prefix,
                limit);
    }

    public static void create(Transaction tx, String name, Instant created, @Nullable String tags) throws SQLException {
        tx.update("INSERT INTO bucket (name, created, tags) VALUES (?, ?, ?)", name, created.toEpochMilli(), tags);
    }

    /// Removes the bucket, which must be empty, with its configuration.
    public static void delete(Transaction tx, String name) throws SQLException {
        tx.update("DELETE FROM notification_rule WHERE bucket = ?", name);
        tx.update("DELETE FROM bucket WHERE name = ?", name);
    }

    public static long count(Transaction tx) throws SQLException {
        return tx.first("SELECT count(*) FROM bucket", row -> row.getLong(1)).orElseThrow();
    }

    public static void setVersioning(Transaction tx, String name, Versioning versioning) throws SQLException {
        tx.update("UPDATE bucket SET versioning = ? WHERE name = ?", versioning.name(), name);
    }

    public static void setTags(Transaction tx, String name, @Nullable Map<String, String> tags) throws SQLException {
        tx.update("UPDATE bucket SET tags = ? WHERE name = ?", tags == null ? null : Form.write(tags), name);
    }

    /// The lifecycle configuration as it was put.
    public static Optional<String> lifecycle(Transaction tx, String name) throws SQLException {
        return tx.first(
                "SELECT lifecycle FROM bucket WHERE name = ? AND lifecycle IS NOT NULL", row -> row.getString(1), name);
    }

    public static void setLifecycle(Transaction tx, String name, @Nullable String configuration) throws SQLException {
        tx.update("UPDATE bucket SET lifecycle = ? WHERE name = ?", configuration, name);
    }

    /// The names of the buckets that have a lifecycle configuration.
    public static List<String> withLifecycle(Transaction tx) throws SQLException {
        return tx.query("SELECT name FROM bucket WHERE lifecycle IS NOT NULL", row -> row.getString(1));
    }

    private static Bucket read(ResultSet row) throws SQLException {
        return new Bucket(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                Versioning.valueOf(row.getString(3)),
                Optional.ofNullable(row.getString(4)).map(Form::read));
    }
}
