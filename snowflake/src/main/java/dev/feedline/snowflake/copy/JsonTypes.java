package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The types that new columns of a JSON file get: the narrowest that holds all of a file's values
/// exactly.
final class JsonTypes {
    private final Map<String, Seen> columns = new LinkedHashMap<>();

    private static final class Seen {
        private boolean text;
        private boolean bool;
        private boolean number;
        private boolean nested;
        private long wholeDigits;
        private long scale;
    }

    /// Looks at the value the parser stands on and leaves it on the value's last token.
    void see(String column, JsonParser parser) {
        Seen seen = columns.computeIfAbsent(column, name -> new Seen());
        JsonToken token = parser.currentToken();
        switch (token) {
            case VALUE_STRING -> seen.text = true;
            case VALUE_TRUE, VALUE_FALSE -> seen.bool = true;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                BigDecimal value = new BigDecimal(parser.getString()).stripTrailingZeros();
                seen.number = true;
                seen.scale = Math.max(seen.scale, value.scale());
                seen.wholeDigits = Math.max(seen.wholeDigits, (long) value.precision() - value.scale());
            }
            case VALUE_NULL -> {}
            default -> {
                seen.nested = true;
                parser.skipChildren();
            }
        }
    }

    /// By column; one that was only ever null is left out.
    Map<String, SnowflakeType> types() {
        Map<String, SnowflakeType> types = new LinkedHashMap<>();
        columns.forEach((name, seen) -> {
            if (seen.text || seen.bool || seen.number || seen.nested) {
                types.put(name, type(seen));
            }
        });
        return types;
    }

    private static SnowflakeType type(Seen seen) {
        int kinds = (seen.text ? 1 : 0) + (seen.bool ? 1 : 0) + (seen.number ? 1 : 0) + (seen.nested ? 1 : 0);
        if (kinds > 1 || seen.nested) {
            return SnowflakeType.VARIANT;
        }
        if (seen.text) {
            return SnowflakeType.VARCHAR;
        }
        if (seen.bool) {
            return SnowflakeType.BOOLEAN;
        }
        boolean fits = seen.scale <= 37 && seen.wholeDigits + seen.scale <= 38;
        return fits ? SnowflakeType.number(38, (int) seen.scale) : SnowflakeType.VARIANT;
    }
}
