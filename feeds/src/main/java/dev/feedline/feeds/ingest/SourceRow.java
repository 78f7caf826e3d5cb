package dev.feedline.feeds.ingest;

import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;

/// A row of a source file and where it ends.
record SourceRow(RawRow row, Position end) {}
