package dev.feedline.sqs.queue;

import java.util.List;

/// The tables of the queues' store, oldest script first. Times are milliseconds since 1970.
public final class Schema {
    private static final String FIRST = """
            CREATE TABLE queue (
                name TEXT PRIMARY KEY,
                created INTEGER NOT NULL,
                modified INTEGER NOT NULL) WITHOUT ROWID;

            CREATE TABLE queue_attribute (
                queue TEXT NOT NULL REFERENCES queue ON DELETE CASCADE,
                name TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (queue, name)) WITHOUT ROWID;

            CREATE TABLE queue_tag (
                queue TEXT NOT NULL REFERENCES queue ON DELETE CASCADE,
                key TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (queue, key)) WITHOUT ROWID;

            -- A message is visible when `visible` has passed; `receipt` is that of its last reception.
            CREATE TABLE message (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                queue TEXT NOT NULL REFERENCES queue ON DELETE CASCADE,
                id TEXT NOT NULL,
                body TEXT NOT NULL,
                sender TEXT NOT NULL,
                trace TEXT,
                dead_letter_source TEXT,
                sent INTEGER NOT NULL,
                expires INTEGER NOT NULL,
                visible INTEGER NOT NULL,
                received INTEGER NOT NULL DEFAULT 0,
                first_received INTEGER,
                receipt TEXT);
            CREATE INDEX message_by_visibility ON message (queue, visible, sequence);
            CREATE INDEX message_by_expiry ON message (queue, expires);

            CREATE TABLE message_attribute (
                message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                text TEXT,
                bytes BLOB,
                PRIMARY KEY (message, name)) WITHOUT ROWID;
            """;

    /// What the store is opened with.
    public static final List<String> SCRIPTS = List.of(FIRST);

    private Schema() {}
}
