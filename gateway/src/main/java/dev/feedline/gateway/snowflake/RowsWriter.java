package dev.feedline.gateway.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes a result's rows as they come from the warehouse: at most one chunk of them is in memory.
final class RowsWriter {
    /// How much of the rows the answer itself carries.
    static final int FIRST_BYTES = 100 * 1024;
    /// Drivers hold several chunks at once, each in memory.
    static final int CHUNK_BYTES = 4 * 1024 * 1024;

    private final ResultFolder folder;
    private final WireCell cells;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final List<Rows.Chunk> chunks = new ArrayList<>();
    private ResultFolder.@Nullable ResultFile file;
    private String first = "";
    private long firstCount = -1;
    private long offset;

    private RowsWriter(ResultFolder folder, WireCell cells) {
        this.folder = folder;
        this.cells = cells;
    }

    /// @param goesOn asked between chunks; throws when the statement was canceled
    static Rows write(ResultFolder folder, Result result, WireCell cells, Runnable goesOn) throws IOException {
        RowsWriter writer = new RowsWriter(folder, cells);
        boolean whole = false;
        try {
            Rows rows = writer.write(result, goesOn);
            whole = true;
            return rows;
        } finally {
            writer.end(whole);
        }
    }

    private Rows write(Result result, Runnable goesOn) throws IOException {
        List<ResultColumn> columns = result.columns();
        boolean more = true;
        while (more) {
            buffer.reset();
            long count = 0;
            int most = firstCount < 0 ? FIRST_BYTES : CHUNK_BYTES;
            goesOn.run();
            try (JsonGenerator json = Envelope.JSON.createGenerator((OutputStream) buffer)) {
                json.writeStartArray();
                List<@Nullable Object> row = result.next();
                while (row != null) {
                    row(json, columns, row);
                    count++;
                    json.flush();
                    if (buffer.size() >= most) {
                        break;
                    }
                    row = result.next();
                }
                more = row != null;
                json.writeEndArray();
            }
            part(count);
        }
        return new Rows(
                first,
                firstCount,
                List.copyOf(chunks),
                Optional.ofNullable(file).map(ResultFolder.ResultFile::path));
    }

    private void row(JsonGenerator json, List<ResultColumn> columns, List<@Nullable Object> row) {
        json.writeStartArray();
        for (int i = 0; i < columns.size(); i++) {
            json.writeString(cells.text(columns.get(i).type(), row.get(i)));
        }
        json.writeEndArray();
    }

    /// Without the outer brackets, as chunks and our first rows are.
    private void part(long count) throws IOException {
        byte[] bytes = buffer.toByteArray();
        int length = bytes.length - 2;
        if (firstCount < 0) {
            firstCount = count;
            first = new String(bytes, 1, length, UTF_8);
        } else if (count > 0) {
            ResultFolder.ResultFile to = file == null ? folder.create() : file;
            file = to;
            to.append(bytes, 1, length);
            chunks.add(new Rows.Chunk(to.name() + "/" + chunks.size(), offset, length, count));
            offset += length;
        }
    }

    private void end(boolean whole) throws IOException {
        if (file != null) {
            file.close();
            if (!whole) {
                folder.remove(file.path(), offset);
            }
        }
    }
}
