package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.FileFormat.Compression;
import java.util.Locale;
import java.util.Optional;

/// Reads `FILE_FORMAT = (…)` and the options of CREATE FILE FORMAT.
final class FormatParser {
    private final Tokens tokens;
    private Optional<FileFormat.Type> type = Optional.empty();
    private boolean useLogicalType;
    private boolean stripOuterArray;
    private Compression compression = Compression.AUTO;

    FormatParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /// After `FILE_FORMAT =`: a name, a string, or options in brackets.
    static FormatChoice choice(Tokens tokens) {
        if (tokens.peek().kind() == Token.Kind.STRING) {
            return new FormatChoice.Named(new Tokens(tokens.string()).name());
        }
        if (!tokens.acceptSymbol("(")) {
            return new FormatChoice.Named(tokens.name());
        }
        FormatChoice choice;
        if (tokens.accept("FORMAT_NAME")) {
            tokens.expectSymbol("=");
            choice = new FormatChoice.Named(
                    tokens.peek().kind() == Token.Kind.STRING ? new Tokens(tokens.string()).name() : tokens.name());
        } else {
            FormatParser parser = new FormatParser(tokens);
            while (!tokens.atSymbol(")")) {
                parser.option();
                tokens.acceptSymbol(",");
            }
            choice = new FormatChoice.Inline(parser.format());
        }
        tokens.expectSymbol(")");
        return choice;
    }

    /// Reads one `OPTION = value`.
    void option() {
        String option = tokens.identifier();
        tokens.expectSymbol("=");
        switch (option) {
            case "TYPE" -> type = Optional.of(type(value()));
            case "USE_LOGICAL_TYPE" -> useLogicalType = tokens.bool();
            case "STRIP_OUTER_ARRAY" -> stripOuterArray = tokens.bool();
            case "COMPRESSION" -> compression = compression(value());
            default -> throw SnowflakeError.unsupported("The file format option " + option);
        }
    }

    FileFormat format() {
        FileFormat.Type of = type.orElseThrow(() -> SnowflakeError.unsupported("A file format without TYPE (CSV)"));
        if (of == FileFormat.Type.JSON && useLogicalType) {
            throw SnowflakeError.INVALID_VALUE.with("USE_LOGICAL_TYPE is no option of TYPE = JSON.");
        }
        if (of == FileFormat.Type.PARQUET && (stripOuterArray || compression == Compression.GZIP)) {
            throw SnowflakeError.INVALID_VALUE.with("STRIP_OUTER_ARRAY and GZIP are no options of TYPE = PARQUET.");
        }
        if (of == FileFormat.Type.JSON && compression == Compression.SNAPPY) {
            throw SnowflakeError.INVALID_VALUE.with("SNAPPY is no compression of TYPE = JSON.");
        }
        return new FileFormat(of, useLogicalType, stripOuterArray, compression);
    }

    private String value() {
        return (tokens.peek().kind() == Token.Kind.STRING ? tokens.string() : tokens.identifier())
                .toUpperCase(Locale.ROOT);
    }

    private static FileFormat.Type type(String name) {
        return switch (name) {
            case "PARQUET" -> FileFormat.Type.PARQUET;
            case "JSON" -> FileFormat.Type.JSON;
            default -> throw SnowflakeError.unsupported("The file format TYPE = " + name);
        };
    }

    private static Compression compression(String name) {
        return switch (name) {
            case "AUTO" -> Compression.AUTO;
            case "GZIP" -> Compression.GZIP;
            case "NONE" -> Compression.NONE;
            case "SNAPPY" -> Compression.SNAPPY;
            default -> throw SnowflakeError.unsupported("The file format COMPRESSION = " + name);
        };
    }
}
