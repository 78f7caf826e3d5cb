package dev.feedline.firehose;

import java.util.List;

/// The tables of `firehose.db`; a released script is never edited, a new one is added.
final class FirehoseSchema {
    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE delivery_stream (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              name TEXT NOT NULL UNIQUE,
              status TEXT NOT NULL,
              source TEXT,
              source_role TEXT,
              version INTEGER NOT NULL,
              created_millis INTEGER NOT NULL,
              updated_millis INTEGER,
              configuration TEXT NOT NULL);
            CREATE TABLE tag (
              stream_id INTEGER NOT NULL REFERENCES delivery_stream ON DELETE CASCADE,
              key TEXT NOT NULL,
              value TEXT NOT NULL,
              PRIMARY KEY (stream_id, key));
            CREATE TABLE checkpoint (
              stream_id INTEGER NOT NULL REFERENCES delivery_stream ON DELETE CASCADE,
              shard TEXT NOT NULL,
              sequence TEXT NOT NULL,
              PRIMARY KEY (stream_id, shard));
            CREATE TABLE delivery (
              stream_id INTEGER PRIMARY KEY REFERENCES delivery_stream ON DELETE CASCADE,
              bucket TEXT NOT NULL,
              key TEXT NOT NULL,
              compression TEXT NOT NULL,
              delimiter TEXT NOT NULL);
            CREATE TABLE delivery_range (
              stream_id INTEGER NOT NULL REFERENCES delivery ON DELETE CASCADE,
              place INTEGER NOT NULL,
              shard TEXT NOT NULL,
              first TEXT NOT NULL,
              last TEXT NOT NULL,
              PRIMARY KEY (stream_id, place));
            CREATE TABLE pending (
              sequence INTEGER PRIMARY KEY AUTOINCREMENT,
              stream_id INTEGER NOT NULL REFERENCES delivery_stream ON DELETE CASCADE,
              arrival_millis INTEGER NOT NULL,
              bytes INTEGER NOT NULL,
              data BLOB NOT NULL);
            CREATE INDEX pending_by_stream ON pending (stream_id, sequence, bytes);
            """);

    private FirehoseSchema() {}
}
