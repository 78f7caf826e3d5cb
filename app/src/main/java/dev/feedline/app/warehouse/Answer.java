package dev.feedline.app.warehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One statement's answer as it is read: its columns and first rows go to the sink at once; it remembers where the
/// other rows are, or where to ask again for a statement that still runs.
final class Answer {
    private static final String IN_PROGRESS = "333333";

    private final RowSink sink;
    private final List<String> chunks = new ArrayList<>();
    private String token = "";
    private String resultPath = "";
    private boolean success;
    private String code = "";
    private String message = "";

    Answer(RowSink sink) {
        this.sink = sink;
    }

    boolean isToBeAskedAgain() {
        return code.equals(IN_PROGRESS);
    }

    /// What a login's answer gives the session.
    String token() {
        return token;
    }

    String resultPath() {
        return resultPath;
    }

    List<String> chunks() {
        return chunks;
    }

    /// @throws SqlFailure when the answer is a refusal
    void read(JsonParser json) throws IOException {
        success = false;
        code = "";
        message = "no message";
        expect(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "data" -> readData(json);
                case "success" -> success = json.currentToken() == JsonToken.VALUE_TRUE;
                case "code" -> code = text(json, code);
                case "message" -> message = text(json, message);
                default -> json.skipChildren();
            }
        }
        if (!success) {
            throw new SqlFailure(code, message);
        }
    }

    private void readData(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) { // a refusal's
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "rowtype" -> sink.columns(columns(json));
                case "rowset" -> readRows(json, sink);
                case "chunks" -> readChunks(json);
                case "token" -> token = text(json, token);
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

    private void readChunks(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("url")) {
                    chunks.add(json.getString());
                }
                json.skipChildren();
            }
        }
    }

    private static List<SqlColumn> columns(JsonParser json) throws IOException {
        List<SqlColumn> columns = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return columns;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            columns.add(column(json));
        }
        return columns;
    }

    private static SqlColumn column(JsonParser json) throws IOException {
        String columnName = "";
        String type = "";
        int scale = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "name" -> columnName = json.getString();
                case "type" -> type = json.getString();
                case "scale" -> scale = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : 0;
                default -> json.skipChildren();
            }
        }
        return new SqlColumn(columnName, type, scale);
    }

    private static String text(JsonParser json, String whenNull) {
        return json.currentToken() == JsonToken.VALUE_NULL ? whenNull : json.getString();
    }

    private static void expect(boolean met) throws IOException {
        if (!met) {
            throw new IOException("the warehouse's answer is not what its protocol says");
        }
    }
}
