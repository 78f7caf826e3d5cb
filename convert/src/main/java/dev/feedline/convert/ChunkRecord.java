package dev.feedline.convert;

import dev.feedline.rows.CellForm;
import dev.feedline.rows.Position;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;

/// The verdict on one chunk of a source file, written once and never changed: which rows it is, which are good, and
/// under which schema they were judged.
///
/// Its object is this header as one line of JSON, then one line per bad row: exactly the chunk's quarantine object.
///
/// @param start behind the last row of the chunk before
/// @param end behind the chunk's last row
/// @param last whether the file ends with this chunk
/// @param contentSum over the good rows, see [dev.feedline.rows.ContentSum]
/// @param schemaVersion the version of the Glue table that the schema was read from
/// @param form how the values of its rows are written
public record ChunkRecord(
        String feed,
        ChunkName name,
        Position start,
        Position end,
        boolean last,
        long good,
        long bad,
        String contentSum,
        String schemaVersion,
        Schema schema,
        SchemaPolicy policy,
        CellForm form) {
    public ChunkRecord {
        if (good < 0 || bad < 0 || good + bad != end.rows() - start.rows()) {
            throw new IllegalArgumentException("chunk " + name + " has rows " + (start.rows() + 1) + " to " + end.rows()
                    + ", but " + good + " good and " + bad + " bad ones");
        }
    }

    public long firstRow() {
        return start.rows() + 1;
    }

    public long lastRow() {
        return end.rows();
    }
}
