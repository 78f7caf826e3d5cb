package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Names;
import dev.feedline.feeds.Warehouse;
import java.util.Collection;
import java.util.stream.Collectors;

/// The balance of every file, computed from the rows themselves: `FEEDLINE.OPS.BALANCE`.
///
/// `n` rows loaded, `d` of them distinct, `q` distinct rows in quarantine, `overlap` rows in both. A file is `BALANCED`
/// when n = d, overlap = 0, n + q = received and no row number is above what was received;
/// `UNBALANCED` when a row is there twice or too often, or is still missing 15 minutes after the
/// receipt; `IN_FLIGHT` until then. Receipts and quarantined rows may arrive twice, so both are
/// counted by their keys.
final class BalanceView {
    private BalanceView() {}

    /// Makes the view what it should be; one that is so stays as it is, with what was granted on it.
    static void show(Warehouse warehouse, Collection<String> feeds) {
        String wanted = of(feeds);
        String query = wanted.substring(wanted.indexOf("WITH receipt"));
        boolean isThere = warehouse.query("SHOW VIEWS LIKE 'BALANCE' IN SCHEMA FEEDLINE.OPS").stream()
                .anyMatch(view -> String.valueOf(view.get("text")).endsWith(query));
        if (!isThere) {
            warehouse.execute(wanted);
        }
    }

    static String of(Collection<String> feeds) {
        String loaded = feeds.isEmpty()
                ? "SELECT CAST(NULL AS VARCHAR) AS FILE_ID, CAST(NULL AS NUMBER(38,0)) AS R WHERE 1 = 0"
                : feeds.stream()
                        .map(feed -> "SELECT _FILE_ID AS FILE_ID, _ROW AS R FROM " + Names.table(feed))
                        .collect(Collectors.joining(" UNION ALL "));
        return """
                CREATE OR REPLACE VIEW FEEDLINE.OPS.BALANCE AS
                WITH receipt AS (
                    SELECT FILE_ID, MIN(FEED) AS FEED, MIN(BUCKET) AS BUCKET, MIN(KEY) AS KEY, MIN(VERSION) AS VERSION,
                        MAX(RECEIVED) AS RECEIVED, MIN(STATE) AS STATE, MIN(REASON) AS REASON,
                        MIN(RECEIVED_AT) AS RECEIVED_AT
                    FROM FEEDLINE.OPS.RECEIPTS GROUP BY FILE_ID),
                loaded_row AS (%s),
                loaded AS (
                    SELECT FILE_ID, COUNT(*) AS N, COUNT(DISTINCT R) AS D, MAX(R) AS MAX_ROW
                    FROM loaded_row GROUP BY FILE_ID),
                bad_row AS (SELECT DISTINCT FILE_ID, ROW_NUMBER AS R FROM FEEDLINE.OPS.QUARANTINE),
                bad AS (SELECT FILE_ID, COUNT(*) AS Q, MAX(R) AS MAX_ROW FROM bad_row GROUP BY FILE_ID),
                both_rows AS (
                    SELECT b.FILE_ID AS FILE_ID, COUNT(DISTINCT b.R) AS OVERLAP
                    FROM bad_row b JOIN loaded_row l ON l.FILE_ID = b.FILE_ID AND l.R = b.R GROUP BY b.FILE_ID),
                figures AS (
                    SELECT r.FEED, r.BUCKET, r.KEY, r.VERSION, r.FILE_ID, r.RECEIVED, r.STATE AS RECEIPT_STATE, r.REASON,
                        r.RECEIVED_AT, COALESCE(l.N, 0) AS LOADED, COALESCE(l.D, 0) AS LOADED_DISTINCT,
                        COALESCE(b.Q, 0) AS QUARANTINED, COALESCE(o.OVERLAP, 0) AS OVERLAP,
                        GREATEST(COALESCE(l.MAX_ROW, 0), COALESCE(b.MAX_ROW, 0)) AS MAX_ROW
                    FROM receipt r
                    LEFT JOIN loaded l ON l.FILE_ID = r.FILE_ID
                    LEFT JOIN bad b ON b.FILE_ID = r.FILE_ID
                    LEFT JOIN both_rows o ON o.FILE_ID = r.FILE_ID)
                SELECT FEED, BUCKET, KEY, VERSION, FILE_ID, RECEIVED, LOADED, LOADED_DISTINCT, QUARANTINED, OVERLAP, MAX_ROW,
                    CASE
                        WHEN RECEIPT_STATE IN ('HELD', 'SKIPPED', 'FAILED') THEN RECEIPT_STATE
                        WHEN LOADED = LOADED_DISTINCT AND OVERLAP = 0 AND LOADED + QUARANTINED = RECEIVED
                            AND MAX_ROW <= RECEIVED THEN 'BALANCED'
                        WHEN LOADED > LOADED_DISTINCT OR OVERLAP > 0 OR LOADED + QUARANTINED > RECEIVED
                            OR MAX_ROW > RECEIVED
                            OR RECEIVED_AT < CURRENT_TIMESTAMP() - INTERVAL '15 MINUTES' THEN 'UNBALANCED'
                        ELSE 'IN_FLIGHT' END AS STATE,
                    REASON, RECEIVED_AT
                FROM figures""".formatted(loaded);
    }
}
