package dev.feedline.s3.multipart;

import dev.feedline.kernel.Transaction;
import dev.feedline.s3.body.BlockSums;
import dev.feedline.s3.body.Segment;
import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.ObjectChecksum;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.Form;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.ObjectDescription;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tables of multipart uploads in progress and their parts.
public final class Uploads {
    private static final String SELECT = "SELECT id, bucket, key, initiated, headers, metadata, tags, algorithm,"
            + " checksum_type, checksum_chosen FROM upload";
    private static final String SELECT_PART =
            "SELECT number, file, length, crc32c, etag, checksum, modified, sums FROM part WHERE upload = ?";

    private Uploads() {}

    static Optional<Upload> find(Transaction tx, String id) throws SQLException {
        return tx.first(SELECT + " WHERE id = ?", Uploads::read, id);
    }

    /// The upload of that id, if it is one of that key, or NoSuchUpload.
    static Upload require(Transaction tx, String bucket, String key, String id) throws SQLException {
        return find(tx, id)
                .filter(upload -> upload.bucket().equals(bucket) && upload.key().equals(key))
                .orElseThrow(() -> S3Error.NO_SUCH_UPLOAD.because("The specified upload does not exist. The upload ID"
                        + " may be invalid, or the upload may have been aborted or completed: " + id));
    }

    /// Uploads of keys from `from` and below `below`, by key and then by age; of `from` itself only those after.
    static List<Upload> list(Transaction tx, String bucket, UploadCursor from, byte[] below, int limit)
            throws SQLException {
        return tx.query(
                SELECT + " WHERE bucket = ? AND key >= ? AND key < ? AND (key, initiated, id) > (?, ?, ?)"
                        + " ORDER BY key, initiated, id LIMIT ?",
                Uploads::read,
                bucket,
                from.key(),
                below,
                from.key(),
                from.initiatedMillis(),
                from.id(),
                limit);
    }

    static void insert(Transaction tx, Upload upload) throws SQLException {
        tx.update(
                "INSERT INTO upload VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                upload.id(),
                upload.bucket(),
                Key.bytes(upload.key()),
                upload.initiated().toEpochMilli(),
                Form.write(upload.description().headers()),
                Form.write(upload.description().metadata()),
                Form.write(upload.description().tags()),
                upload.algorithm().name(),
                upload.checksumType().name(),
                upload.checksumChosen());
    }

    /// Deletes the upload and its parts' rows; the files are the caller's.
    static void delete(Transaction tx, String id) throws SQLException {
        tx.update("DELETE FROM part WHERE upload = ?", id);
        tx.update("DELETE FROM upload WHERE id = ?", id);
    }

    /// Deletes every upload of a bucket and returns the files of their parts.
    public static List<String> deleteAll(Transaction tx, String bucket) throws SQLException {
        List<String> files = tx.query(
                "SELECT file FROM part WHERE upload IN (SELECT id FROM upload WHERE bucket = ?)",
                row -> row.getString(1),
                bucket);
        tx.update("DELETE FROM part WHERE upload IN (SELECT id FROM upload WHERE bucket = ?)", bucket);
        tx.update("DELETE FROM upload WHERE bucket = ?", bucket);
        return files;
    }

    static Optional<StoredPart> part(Transaction tx, String upload, int number) throws SQLException {
        return tx.first(SELECT_PART + " AND number = ?", Uploads::readPart, upload, number);
    }

    /// Parts with larger numbers than `after`, in order.
    static List<StoredPart> parts(Transaction tx, String upload, int after, int limit) throws SQLException {
        return tx.query(
                SELECT_PART + " AND number > ? ORDER BY number LIMIT ?", Uploads::readPart, upload, after, limit);
    }

    static void putPart(Transaction tx, String upload, StoredPart part) throws SQLException {
        tx.update(
                "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                upload,
                part.number(),
                part.segment().file(),
                part.segment().length(),
                part.segment().crc32c(),
                part.etag(),
                part.checksum().stored(),
                part.modified().toEpochMilli(),
                part.segment().sums() == null ? null : part.segment().sums().stored());
    }

    private static Upload read(ResultSet row) throws SQLException {
        return new Upload(
                row.getString(1),
                row.getString(2),
                Key.text(row.getBytes(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                new ObjectDescription(
                        Form.read(row.getString(5)), Form.read(row.getString(6)), Form.read(row.getString(7))),
                Algorithm.valueOf(row.getString(8)),
                ObjectChecksum.Type.valueOf(row.getString(9)),
                row.getInt(10) == 1);
    }

    private static StoredPart readPart(ResultSet row) throws SQLException {
        return new StoredPart(
                row.getInt(1),
                new Segment(row.getString(2), row.getLong(3), row.getInt(4), BlockSums.of(row.getBytes(8))),
                row.getString(5),
                ObjectChecksum.parse(row.getString(6)),
                Instant.ofEpochMilli(row.getLong(7)));
    }
}
