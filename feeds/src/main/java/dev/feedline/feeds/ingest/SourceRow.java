package dev.feedline.feeds.ingest;

import dev.feedline.rows.JsonLines.Position;
import dev.feedline.rows.RawRow;
import org.jspecify.annotations.Nullable;

/// A row of a source file and where it ends.
///
/// @param tail when it is not a whole row but what was left of a container that was cut off: how it ended
record SourceRow(RawRow row, Position end, @Nullable String tail) {}
