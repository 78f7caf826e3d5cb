package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.SnowflakeType;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes a statement's answer in the shape that Snowflake's drivers read.
///
/// The rows are written as they come from the warehouse, so an answer of any size passes through a small memory.
final class QueryAnswer {
    private static final JsonMapper JSON = new JsonMapper();

    private QueryAnswer() {}

    /// @param schema the session's current schema after the statement, as drivers track it; likewise `database`
    static void write(
            OutputStream out, String queryId, @Nullable String database, @Nullable String schema, Result result) {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("data");
            // Empty, or the full list: a partial one would replace all of the driver's session parameters.
            json.writeArrayPropertyStart("parameters");
            json.writeEndArray();
            rowType(json, result.columns());
            long count = rowSet(json, result);
            json.writeNumberProperty("total", count);
            json.writeNumberProperty("returned", count);
            json.writeStringProperty("queryId", queryId);
            json.writeStringProperty("queryResultFormat", "json");
            json.writeNumberProperty("statementTypeId", result.type().id());
            json.writeStringProperty("finalDatabaseName", database);
            json.writeStringProperty("finalSchemaName", schema);
            json.writeNullProperty("finalWarehouseName");
            json.writeStringProperty("finalRoleName", "ACCOUNTADMIN");
            json.writeNumberProperty("numberOfBinds", 0);
            json.writeBooleanProperty("arrayBindSupported", false);
            json.writeNumberProperty("version", 1);
            json.writeEndObject();
            json.writeNullProperty("code");
            json.writeNullProperty("message");
            json.writeBooleanProperty("success", true);
            json.writeEndObject();
        }
    }

    static byte[] failure(String queryId, SnowflakeException failure) {
        var answer = JSON.createObjectNode();
        answer.putObject("data")
                .put("errorCode", failure.error().code())
                .put("sqlState", failure.error().sqlState())
                .put("queryId", queryId)
                .put("line", -1)
                .put("pos", -1)
                .put("type", "COMPILATION");
        answer.put("code", failure.error().code())
                .put("message", failure.getMessage())
                .put("success", false);
        return JSON.writeValueAsBytes(answer);
    }

    private static void rowType(JsonGenerator json, List<ResultColumn> columns) {
        json.writeArrayPropertyStart("rowtype");
        for (ResultColumn column : columns) {
            SnowflakeType type = column.type();
            boolean text = type.kind() == SnowflakeType.Kind.VARCHAR || type.kind() == SnowflakeType.Kind.BINARY;
            boolean number = type.kind() == SnowflakeType.Kind.NUMBER;
            boolean time = type.kind().name().toUpperCase(Locale.ROOT).startsWith("TIME");
            json.writeStartObject();
            json.writeStringProperty("name", column.name());
            json.writeStringProperty("database", "");
            json.writeStringProperty("schema", "");
            json.writeStringProperty("table", "");
            json.writeBooleanProperty("nullable", column.nullable());
            json.writeStringProperty("type", type.kind().wireName());
            size(json, "byteLength", text ? type.precision() : null);
            size(json, "length", text ? type.precision() : null);
            size(json, "scale", number ? (Integer) type.scale() : time ? (Integer) 9 : null);
            size(json, "precision", number ? (Integer) type.precision() : time ? (Integer) 0 : null);
            json.writeNullProperty("collation");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void size(JsonGenerator json, String name, @Nullable Integer size) {
        if (size == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, size);
        }
    }

    private static long rowSet(JsonGenerator json, Result result) {
        List<ResultColumn> columns = result.columns();
        long count = 0;
        json.writeArrayPropertyStart("rowset");
        for (List<@Nullable Object> row = result.next(); row != null; row = result.next()) {
            json.writeStartArray();
            for (int i = 0; i < columns.size(); i++) {
                json.writeString(WireCell.text(columns.get(i).type(), row.get(i)));
            }
            json.writeEndArray();
            count++;
        }
        json.writeEndArray();
        return count;
    }
}
