package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.Command.CopyInto;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.Command.Metadata;
import dev.feedline.snowflake.sql.Command.OnError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `COPY INTO table FROM @stage …`, as a statement and as the body of a pipe.
final class CopyParser {
    /// Snowflake's limit of names in FILES.
    static final int MOST_FILES = 1000;

    private final Tokens tokens;
    private final List<String> files = new ArrayList<>();
    private Optional<String> pattern = Optional.empty();
    private Optional<FormatChoice> format = Optional.empty();
    private MatchBy match = MatchBy.NONE;
    private final Map<String, Metadata> metadata = new LinkedHashMap<>();
    private Optional<OnError> onError = Optional.empty();
    private boolean force;

    private CopyParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static CopyInto parse(Tokens tokens) {
        return new CopyParser(tokens).copy();
    }

    private CopyInto copy() {
        tokens.expect("COPY", "INTO");
        if (tokens.peek().kind() == Token.Kind.STAGE || tokens.peek().kind() == Token.Kind.STRING) {
            throw SnowflakeError.unsupported("COPY INTO a location (unload)");
        }
        ObjectName table = tokens.name();
        if (tokens.atSymbol("(")) {
            throw SnowflakeError.unsupported("COPY INTO with a column list");
        }
        tokens.expect("FROM");
        if (tokens.atSymbol("(")) {
            throw SnowflakeError.unsupported("COPY INTO with a transformation (FROM (SELECT …))");
        }
        StageLocation from = location(tokens);
        while (tokens.peek().kind() != Token.Kind.END) {
            option();
            tokens.acceptSymbol(",");
        }
        return new CopyInto(
                table,
                from,
                List.copyOf(files),
                pattern,
                format,
                match,
                java.util.Collections.unmodifiableMap(metadata),
                onError,
                force);
    }

    static StageLocation location(Tokens tokens) {
        return switch (tokens.peek().kind()) {
            case STAGE -> StageLocation.parse(tokens.take().text());
            case STRING -> quotedLocation(tokens.string());
            case WORD, QUOTED, NUMBER, DOLLAR, SYMBOL, END -> throw tokens.unexpected("expected @stage");
        };
    }

    private static StageLocation quotedLocation(String text) {
        if (!text.startsWith("@")) {
            throw SnowflakeError.unsupported("Loading from a location without a stage (" + text + ")");
        }
        return StageLocation.parse(text);
    }

    private void option() {
        String option = tokens.identifier();
        tokens.expectSymbol("=");
        switch (option) {
            case "FILES" -> files();
            case "PATTERN" -> pattern = Optional.of(tokens.string());
            case "FILE_FORMAT" -> format = Optional.of(FormatParser.choice(tokens));
            case "MATCH_BY_COLUMN_NAME" -> match = match(tokens.identifier());
            case "INCLUDE_METADATA" -> includeMetadata();
            case "ON_ERROR" -> onError = Optional.of(onError());
            case "FORCE" -> force = tokens.bool();
            default -> throw SnowflakeError.unsupported("The COPY option " + option);
        }
    }

    private void files() {
        tokens.expectSymbol("(");
        do {
            files.add(tokens.string());
        } while (tokens.acceptSymbol(","));
        tokens.expectSymbol(")");
        if (files.size() > MOST_FILES) {
            throw SnowflakeError.INVALID_VALUE.with("FILES may name at most " + MOST_FILES + " files.");
        }
    }

    private static MatchBy match(String name) {
        return switch (name) {
            case "NONE" -> MatchBy.NONE;
            case "CASE_SENSITIVE" -> MatchBy.CASE_SENSITIVE;
            case "CASE_INSENSITIVE" -> MatchBy.CASE_INSENSITIVE;
            default -> throw SnowflakeError.INVALID_VALUE.with("invalid MATCH_BY_COLUMN_NAME: " + name);
        };
    }

    private void includeMetadata() {
        tokens.expectSymbol("(");
        do {
            String column = tokens.identifier();
            tokens.expectSymbol("=");
            String source = tokens.identifier();
            if (metadata.putIfAbsent(column, metadata(source)) != null) {
                throw SnowflakeError.INVALID_VALUE.with("INCLUDE_METADATA names the column " + column + " twice.");
            }
        } while (tokens.acceptSymbol(","));
        tokens.expectSymbol(")");
    }

    private static Metadata metadata(String source) {
        return switch (source) {
            case "METADATA$FILENAME" -> Metadata.FILENAME;
            case "METADATA$FILE_ROW_NUMBER" -> Metadata.FILE_ROW_NUMBER;
            case "METADATA$FILE_LAST_MODIFIED" -> Metadata.FILE_LAST_MODIFIED;
            case "METADATA$FILE_CONTENT_KEY" -> Metadata.FILE_CONTENT_KEY;
            case "METADATA$START_SCAN_TIME" -> Metadata.START_SCAN_TIME;
            default -> throw SnowflakeError.INVALID_VALUE.with("unknown metadata column " + source);
        };
    }

    private OnError onError() {
        String choice = tokens.peek().kind() == Token.Kind.STRING ? Token.fold(tokens.string()) : tokens.identifier();
        return switch (choice) {
            case "ABORT_STATEMENT" -> OnError.ABORT_STATEMENT;
            case "SKIP_FILE" -> OnError.SKIP_FILE;
            default -> throw SnowflakeError.unsupported("ON_ERROR = " + choice);
        };
    }
}
