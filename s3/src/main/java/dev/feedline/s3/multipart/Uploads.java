package dev.feedline.s3.multipart;

import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.List;

/// The tables of multipart uploads in progress and their parts.
public final class Uploads {
    private Uploads() {}

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
}
