package dev.feedline.feeds.ingest;

import dev.feedline.convert.ChunkName;
import dev.feedline.rows.BadRow;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A bad row as one line of JSON: a row of `FEEDLINE.OPS.QUARANTINE`, and of the chunk record.
final class QuarantineLines {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private QuarantineLines() {}

    static void write(String feed, ChunkName chunk, BadRow row, OutputStream out) throws IOException {
        Optional<String> text = row.text();
        ObjectNode line = JSON.createObjectNode()
                .put("FEED", feed)
                .put("FILE_ID", chunk.fileId())
                .put("CHUNK", chunk.chunk())
                .put("ROW_NUMBER", row.row())
                .put("CODE", row.code().text())
                .put("LINE", row.line())
                .put("BYTE_OFFSET", row.offset())
                .put("COLUMN_NAME", row.column())
                .put("POINTER", row.pointer())
                .put("DETAIL", row.detail())
                .put("RAW", text.orElse(null))
                .put("RAW_BASE64", text.isPresent() ? null : Base64.getEncoder().encodeToString(row.raw()));
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
    }
}
