package dev.feedline.app.warehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One statement's answer as it is read: its columns and first rows go to the sink at once; it remembers where the
/// other
/// rows are, or where to ask again for a statement that still runs.
final class Answer {
    private static final String IN_PROGRESS = "333333";

    private final RowSink sink;
    private final List<String> chunks = new ArrayList<>();
    private String resultPath = "";
    private boolean askAgain;

    Answer(RowSink sink) {
        this.sink = sink;
    }

    boolean isToBeAskedAgain() {
        return askAgain;
    }

    String resultPath() {
        return resultPath;
    }

    List<String> chunks() {
        return chunks;
    }

    void read(JsonParser json) throws IOException {
        ObjectNode rest = ProtocolClient.JSON.createObjectNode();
        expect(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (name.equals("data") && json.nextToken() == JsonToken.START_OBJECT) {
                readData(json);
            } else {
                if (!name.equals("data")) {
                    json.nextToken();
                }
                rest.set(name, ProtocolClient.JSON.readTree(json));
            }
        }
        refuseFailure(rest);
        askAgain = rest.path("code").asString("").equals(IN_PROGRESS);
    }

    private void readData(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "rowtype" -> sink.columns(columns(ProtocolClient.JSON.readTree(json)));
                case "rowset" -> readRows(json, sink);
                case "chunks" -> {
                    for (JsonNode chunk : ProtocolClient.JSON.readTree(json)) {
                        chunks.add(chunk.path("url").asString());
                    }
                }
                case "getResultUrl" -> resultPath = json.getString();
                default -> json.skipChildren();
            }
        }
    }

    /// @param json at the array of rows
    static void readRows(JsonParser json, RowSink sink) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            List<@Nullable String> cells = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                cells.add(json.currentToken() == JsonToken.VALUE_NULL ? null : json.getString());
            }
            sink.row(cells);
        }
    }

    static void refuseFailure(JsonNode answer) throws SqlFailure {
        if (!answer.path("success").asBoolean(false)) {
            throw new SqlFailure(
                    answer.path("code").asString(""), answer.path("message").asString("no message"));
        }
    }

    private static List<SqlColumn> columns(JsonNode rowtype) {
        List<SqlColumn> columns = new ArrayList<>();
        for (JsonNode one : rowtype) {
            columns.add(new SqlColumn(
                    one.path("name").asString(),
                    one.path("type").asString(),
                    one.path("scale").asInt(0)));
        }
        return columns;
    }

    private static void expect(boolean met) throws IOException {
        if (!met) {
            throw new IOException("the warehouse's answer is not what its protocol says");
        }
    }
}
