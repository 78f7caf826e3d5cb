package dev.feedline.snowflake.session;

import dev.feedline.snowflake.SnowflakeType;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/// A column's type as SHOW COLUMNS writes it, e.g.
/// `{"type":"FIXED","precision":38,"scale":0,"nullable":true}`.
final class TypeJson {
    private static final JsonMapper JSON = new JsonMapper();

    private TypeJson() {}

    static String of(SnowflakeType type, boolean nullable) {
        var json = JSON.createObjectNode();
        json.put("type", type.kind().wireName().toUpperCase(Locale.ROOT));
        switch (type.kind()) {
            case NUMBER -> json.put("precision", type.precision()).put("scale", type.scale());
            case VARCHAR, BINARY -> json.put("length", type.precision()).put("byteLength", type.precision());
            case TIME, TIMESTAMP_NTZ, TIMESTAMP_LTZ, TIMESTAMP_TZ ->
                json.put("precision", 0).put("scale", type.precision());
            case FLOAT, BOOLEAN, DATE, VARIANT, OBJECT, ARRAY -> {}
        }
        return json.put("nullable", nullable).toString();
    }
}
