package dev.feedline.gateway.snowflake;

import dev.feedline.snowflake.Description;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.Session;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.StatementType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// What a statement answered, before it is put into words: where the session stands after it, and its rows.
///
/// @param binds how many values it takes; told by a description only
record QueryAnswer(
        String queryId,
        StatementType type,
        List<ResultColumn> columns,
        Rows rows,
        int binds,
        boolean arrayBinds,
        Place place,
        Map<String, Object> parameters) {
    /// What the session is in, as drivers track it.
    record Place(@Nullable String database, @Nullable String schema, String warehouse, String role) {
        static Place of(Session session) {
            return new Place(
                    session.database().orElse(null),
                    session.schema().orElse(null),
                    session.warehouse(),
                    session.role());
        }
    }

    static QueryAnswer described(String queryId, Description description, Session session) {
        return new QueryAnswer(
                queryId,
                description.type(),
                description.columns(),
                Rows.NONE,
                description.binds(),
                description.arrayBinds(),
                Place.of(session),
                session.parameters());
    }

    /// The same rows as the answer of another statement: RESULT_SCAN.
    QueryAnswer again(String newQueryId) {
        return new QueryAnswer(newQueryId, StatementType.SELECT, columns, rows, 0, false, place, parameters);
    }

    /// @param base where the client reaches us, e.g. `http://127.0.0.1:4566`
    byte[] json(String base) {
        ObjectNode answer = Envelope.object();
        ObjectNode data = answer.putObject("data");
        Envelope.parameters(data.putArray("parameters"), parameters);
        rowType(data.putArray("rowtype"));
        data.putRawValue("rowset", new RawValue("[" + rows.first() + "]"));
        data.put("total", rows.total())
                .put("returned", rows.total())
                .put("queryId", queryId)
                .put("finalDatabaseName", place.database())
                .put("finalSchemaName", place.schema())
                .put("finalWarehouseName", place.warehouse())
                .put("finalRoleName", place.role())
                .put("numberOfBinds", binds)
                .put("arrayBindSupported", arrayBinds)
                .put("statementTypeId", type.id())
                .put("version", 1)
                .put("queryResultFormat", "json");
        if (!rows.chunks().isEmpty()) {
            chunks(data, base);
        }
        if (binds > 0) {
            binds(data.putArray("metaDataOfBinds"));
        }
        return Envelope.success(answer);
    }

    /// DuckDB does not say what a bind should be: each is a text, which it casts.
    private void binds(ArrayNode list) {
        for (int i = 1; i <= binds; i++) {
            list.addObject()
                    .put("name", Integer.toString(i))
                    .put("type", "text")
                    .put("nullable", true)
                    .put("byteLength", SnowflakeType.LONGEST_VARCHAR)
                    .put("length", SnowflakeType.LONGEST_VARCHAR)
                    .putNull("scale")
                    .putNull("precision");
        }
    }

    private void chunks(ObjectNode data, String base) {
        ArrayNode list = data.putArray("chunks");
        for (Rows.Chunk chunk : rows.chunks()) {
            list.addObject()
                    .put("url", base + "/queries/chunks/" + chunk.address())
                    .put("rowCount", chunk.rows())
                    .put("uncompressedSize", chunk.length())
                    .put("compressedSize", chunk.length());
        }
        data.putObject("chunkHeaders");
    }

    static byte[] failure(String queryId, SnowflakeException failure) {
        ObjectNode answer = Envelope.object();
        answer.putObject("data")
                .put("errorCode", failure.code())
                .put("sqlState", failure.sqlState())
                .put("queryId", queryId)
                .put("internalError", false)
                .put("line", -1)
                .put("pos", -1)
                .put("type", "COMPILATION");
        answer.put("code", failure.code()).put("message", failure.getMessage()).put("success", false);
        return Envelope.JSON.writeValueAsBytes(answer);
    }

    private void rowType(ArrayNode list) {
        for (ResultColumn column : columns) {
            SnowflakeType type = column.type();
            boolean text = type.kind() == SnowflakeType.Kind.VARCHAR || type.kind() == SnowflakeType.Kind.BINARY;
            boolean number = type.kind() == SnowflakeType.Kind.NUMBER;
            boolean time = type.kind().name().startsWith("TIME");
            list.addObject()
                    .put("name", column.name())
                    .put("database", "")
                    .put("schema", "")
                    .put("table", "")
                    .put("nullable", column.nullable())
                    .put("type", type.kind().wireName())
                    .put("byteLength", text ? (Integer) type.precision() : null)
                    .put("length", text ? (Integer) type.precision() : null)
                    .put("scale", number ? (Integer) type.scale() : time ? (Integer) 9 : null)
                    .put("precision", number ? (Integer) type.precision() : time ? (Integer) 0 : null)
                    .putNull("collation");
        }
    }
}
