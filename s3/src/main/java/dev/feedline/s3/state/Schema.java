package dev.feedline.s3.state;

import java.util.List;

/// The tables of S3's store, oldest script first.
///
/// Keys are BLOBs holding UTF-8, so that SQLite orders them as S3 does. Times are milliseconds since 1970. Maps
/// (headers, metadata, tags) are stored in the form `a=1&b=2`, see [Form].
public final class Schema {
    private static final String FIRST = """
            CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            INSERT INTO counter VALUES ('sequence', 0), ('dropped-notifications', 0);

            CREATE TABLE bucket (
                name TEXT PRIMARY KEY,
                created INTEGER NOT NULL,
                versioning TEXT NOT NULL DEFAULT 'NEVER',
                tags TEXT) WITHOUT ROWID;

            -- One row per version of an object or delete marker; the newest has the largest sequence.
            CREATE TABLE version (
                sequence INTEGER PRIMARY KEY,
                bucket TEXT NOT NULL REFERENCES bucket,
                key BLOB NOT NULL,
                version_id TEXT NOT NULL,
                latest INTEGER NOT NULL,
                marker INTEGER NOT NULL,
                modified INTEGER NOT NULL,
                size INTEGER NOT NULL,
                etag TEXT NOT NULL,
                headers TEXT NOT NULL,
                metadata TEXT NOT NULL,
                tags TEXT NOT NULL,
                checksum TEXT,
                crc32c INTEGER,
                body BLOB);
            CREATE UNIQUE INDEX version_by_id ON version (bucket, key, version_id);
            CREATE UNIQUE INDEX version_latest ON version (bucket, key) WHERE latest = 1;
            CREATE INDEX version_by_age ON version (bucket, key, sequence DESC);

            -- The files of a body that is not in its row.
            CREATE TABLE segment (
                sequence INTEGER NOT NULL REFERENCES version,
                ordinal INTEGER NOT NULL,
                file TEXT NOT NULL,
                length INTEGER NOT NULL,
                crc32c INTEGER NOT NULL,
                PRIMARY KEY (sequence, ordinal)) WITHOUT ROWID;
            CREATE UNIQUE INDEX segment_by_file ON segment (file);

            CREATE TABLE upload (
                id TEXT PRIMARY KEY,
                bucket TEXT NOT NULL REFERENCES bucket,
                key BLOB NOT NULL,
                initiated INTEGER NOT NULL,
                headers TEXT NOT NULL,
                metadata TEXT NOT NULL,
                tags TEXT NOT NULL,
                algorithm TEXT NOT NULL,
                checksum_type TEXT NOT NULL,
                checksum_chosen INTEGER NOT NULL) WITHOUT ROWID;
            CREATE INDEX upload_by_key ON upload (bucket, key, id);

            CREATE TABLE part (
                upload TEXT NOT NULL REFERENCES upload,
                number INTEGER NOT NULL,
                file TEXT NOT NULL,
                length INTEGER NOT NULL,
                crc32c INTEGER NOT NULL,
                etag TEXT NOT NULL,
                checksum TEXT NOT NULL,
                modified INTEGER NOT NULL,
                PRIMARY KEY (upload, number)) WITHOUT ROWID;
            CREATE UNIQUE INDEX part_by_file ON part (file);

            CREATE TABLE notification_rule (
                bucket TEXT NOT NULL REFERENCES bucket,
                id TEXT NOT NULL,
                target TEXT NOT NULL,
                events TEXT NOT NULL,
                prefix TEXT NOT NULL,
                suffix TEXT NOT NULL,
                PRIMARY KEY (bucket, id)) WITHOUT ROWID;

            -- The outbox: an event is written with the change it tells of and deleted when its target has it.
            CREATE TABLE event (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                target TEXT NOT NULL,
                bucket TEXT NOT NULL,
                key BLOB NOT NULL,
                payload TEXT NOT NULL,
                created INTEGER NOT NULL,
                attempts INTEGER NOT NULL,
                due INTEGER NOT NULL);
            CREATE INDEX event_by_due ON event (due);
            CREATE INDEX event_by_key ON event (target, bucket, key, id);
            """;

    private static final String LIFECYCLE = """
            -- A lifecycle configuration as it was put, see SdkJson.
            ALTER TABLE bucket ADD COLUMN lifecycle TEXT;
            """;

    private static final String BLOCK_SUMS = """
            -- CRC-32C of every 64 KiB of a body's file, see BlockSums; null in rows of older releases.
            ALTER TABLE segment ADD COLUMN sums BLOB;
            ALTER TABLE part ADD COLUMN sums BLOB;
            """;

    /// What the store is opened with.
    public static final List<String> SCRIPTS = List.of(FIRST, LIFECYCLE, BLOCK_SUMS);

    private Schema() {}
}
