package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.SnowflakeType.Kind;
import java.util.ArrayList;
import java.util.List;

/// Reads a data type with all the names Snowflake has for it.
final class TypeParser {
    private TypeParser() {}

    static SnowflakeType parse(Tokens tokens) {
        String name = tokens.identifier();
        switch (name) {
            case "DOUBLE" -> tokens.accept("PRECISION");
            case "CHARACTER", "CHAR", "NCHAR" -> tokens.accept("VARYING");
            default -> {}
        }
        List<Integer> sizes = sizes(tokens);
        return type(name, sizes);
    }

    private static List<Integer> sizes(Tokens tokens) {
        List<Integer> sizes = new ArrayList<>();
        if (tokens.acceptSymbol("(")) {
            do {
                sizes.add(tokens.integer());
            } while (tokens.acceptSymbol(","));
            tokens.expectSymbol(")");
        }
        return sizes;
    }

    private static SnowflakeType type(String name, List<Integer> sizes) {
        return switch (name) {
            case "NUMBER", "DECIMAL", "DEC", "NUMERIC" -> number(sizes);
            case "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT" ->
                plain(name, sizes, SnowflakeType.NUMBER);
            case "FLOAT", "FLOAT4", "FLOAT8", "DOUBLE", "REAL" -> plain(name, sizes, SnowflakeType.FLOAT);
            case "VARCHAR", "STRING", "TEXT", "NVARCHAR", "NVARCHAR2" ->
                SnowflakeType.varchar(size(name, sizes, SnowflakeType.LONGEST_VARCHAR, 1, 134_217_728));
            case "CHAR", "CHARACTER", "NCHAR" -> SnowflakeType.varchar(size(name, sizes, 1, 1, 134_217_728));
            case "BINARY", "VARBINARY" ->
                new SnowflakeType(Kind.BINARY, size(name, sizes, SnowflakeType.LONGEST_BINARY, 1, 67_108_864), 0);
            case "BOOLEAN" -> plain(name, sizes, SnowflakeType.BOOLEAN);
            case "DATE" -> plain(name, sizes, SnowflakeType.DATE);
            case "TIME" -> timed(Kind.TIME, name, sizes);
            // TIMESTAMP is what TIMESTAMP_TYPE_MAPPING says; its default is NTZ.
            case "TIMESTAMP", "DATETIME", "TIMESTAMP_NTZ", "TIMESTAMPNTZ" -> timed(Kind.TIMESTAMP_NTZ, name, sizes);
            case "TIMESTAMP_LTZ", "TIMESTAMPLTZ" -> timed(Kind.TIMESTAMP_LTZ, name, sizes);
            case "TIMESTAMP_TZ", "TIMESTAMPTZ" -> timed(Kind.TIMESTAMP_TZ, name, sizes);
            case "VARIANT" -> plain(name, sizes, SnowflakeType.VARIANT);
            case "OBJECT" -> plain(name, sizes, SnowflakeType.of(Kind.OBJECT));
            case "ARRAY" -> plain(name, sizes, SnowflakeType.of(Kind.ARRAY));
            case "GEOGRAPHY", "GEOMETRY", "VECTOR", "MAP", "FILE", "DECFLOAT", "UUID" ->
                throw SnowflakeError.unsupported("The data type " + name);
            default -> throw SnowflakeError.SYNTAX.with("Unsupported data type '" + name + "'.");
        };
    }

    private static SnowflakeType number(List<Integer> sizes) {
        if (sizes.size() > 2) {
            throw SnowflakeError.SYNTAX.with("NUMBER takes a precision and a scale.");
        }
        int precision = sizes.isEmpty() ? 38 : sizes.getFirst();
        int scale = sizes.size() == 2 ? sizes.get(1) : 0;
        if (precision < 1 || precision > 38 || scale < 0 || scale > 37 || scale > precision) {
            throw SnowflakeError.SYNTAX.with("invalid precision or scale in NUMBER(" + precision + "," + scale + ").");
        }
        return SnowflakeType.number(precision, scale);
    }

    private static SnowflakeType timed(Kind kind, String name, List<Integer> sizes) {
        return new SnowflakeType(kind, size(name, sizes, 9, 0, 9), 0);
    }

    private static SnowflakeType plain(String name, List<Integer> sizes, SnowflakeType type) {
        if (!sizes.isEmpty()) {
            throw SnowflakeError.SYNTAX.with("The data type " + name + " takes no size.");
        }
        return type;
    }

    private static int size(String name, List<Integer> sizes, int otherwise, int least, int most) {
        if (sizes.isEmpty()) {
            return otherwise;
        }
        if (sizes.size() > 1 || sizes.getFirst() < least || sizes.getFirst() > most) {
            throw SnowflakeError.SYNTAX.with("invalid size " + sizes + " of data type " + name + ".");
        }
        return sizes.getFirst();
    }
}
