package dev.feedline.convert;

import dev.feedline.rows.CellForm;
import dev.feedline.rows.Position;
import dev.feedline.rows.SchemaJson;
import dev.feedline.rows.SchemaPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/// The header line of a chunk record's object.
public final class ChunkRecordJson {
    /// A header is mostly its schema, and a schema is at most 2,000 columns.
    private static final int MAX_HEADER_BYTES = 4 * 1024 * 1024;

    private ChunkRecordJson() {}

    /// Writes the header and its line end.
    public static void writeHeader(ChunkRecord record, OutputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JsonTree.generator(line)) {
            json.writeStartObject();
            json.writeStringProperty("feed", record.feed());
            json.writeStringProperty("fileId", record.name().fileId());
            json.writeNumberProperty("chunk", record.name().chunk());
            position(json, "start", record.start());
            position(json, "end", record.end());
            json.writeBooleanProperty("last", record.last());
            json.writeNumberProperty("good", record.good());
            json.writeNumberProperty("bad", record.bad());
            json.writeStringProperty("contentSum", record.contentSum());
            json.writeStringProperty("schemaVersion", record.schemaVersion());
            json.writeStringProperty(
                    "onNewColumn", record.policy().onNewColumn().name());
            json.writeStringProperty("onMismatch", record.policy().onMismatch().name());
            if (record.form() != CellForm.JSON) {
                json.writeStringProperty("form", record.form().name());
            }
            json.writeStringProperty("schema", SchemaJson.write(record.schema()));
            json.writeEndObject();
        }
        line.write('\n');
        line.writeTo(out);
    }

    /// Reads the header and leaves the stream at the first line behind it.
    public static ChunkRecord readHeader(InputStream in) throws IOException {
        Map<?, ?> tree;
        try (JsonParser parser = JsonTree.parser(new ByteArrayInputStream(line(in)))) {
            tree = (Map<?, ?>) JsonTree.read(parser);
        }
        return new ChunkRecord(
                text(tree, "feed"),
                new ChunkName(text(tree, "fileId"), number(tree, "chunk")),
                position(tree, "start"),
                position(tree, "end"),
                Boolean.TRUE.equals(tree.get("last")),
                number(tree, "good"),
                number(tree, "bad"),
                text(tree, "contentSum"),
                text(tree, "schemaVersion"),
                SchemaJson.read(text(tree, "schema")),
                new SchemaPolicy(
                        SchemaPolicy.OnNewColumn.valueOf(text(tree, "onNewColumn")),
                        SchemaPolicy.OnMismatch.valueOf(text(tree, "onMismatch"))),
                tree.containsKey("form") ? CellForm.valueOf(text(tree, "form")) : CellForm.JSON);
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() == MAX_HEADER_BYTES) {
                throw new EOFException("a chunk record without a whole header line");
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    private static void position(JsonGenerator json, String name, Position position) {
        json.writeName(name);
        long[] numbers = {position.rows(), position.lines(), position.offset(), 1};
        json.writeArray(numbers, 0, position.inArray() ? 4 : 3);
    }

    private static Position position(Map<?, ?> tree, String name) {
        List<?> numbers = (List<?>) JsonTree.member(tree, name);
        return new Position((Long) numbers.get(0), (Long) numbers.get(1), (Long) numbers.get(2), numbers.size() > 3);
    }

    private static String text(Map<?, ?> tree, String name) {
        return (String) JsonTree.member(tree, name);
    }

    private static long number(Map<?, ?> tree, String name) {
        return (Long) JsonTree.member(tree, name);
    }
}
