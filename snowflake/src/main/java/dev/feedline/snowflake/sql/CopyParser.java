package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.Command.CopyInto;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.Command.Metadata;
import dev.feedline.snowflake.sql.Command.Transformation;
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
    private boolean loadUncertainFiles;

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
        List<String> columns = columns();
        tokens.expect("FROM");
        Optional<Transformation> transformation = Optional.empty();
        StageLocation from;
        if (tokens.acceptSymbol("(")) {
            List<String> expressions = expressions();
            from = location(tokens);
            transformation = Optional.of(new Transformation(expressions, alias()));
            tokens.expectSymbol(")");
        } else {
            from = location(tokens);
        }
        while (tokens.peek().kind() != Token.Kind.END) {
            option();
            tokens.acceptSymbol(",");
        }
        if (match != MatchBy.NONE && (transformation.isPresent() || !columns.isEmpty())) {
            throw SnowflakeError.INVALID_VALUE.with("match_by_column_name is not supported with copy transform.");
        }
        return new CopyInto(
                table,
                columns,
                transformation,
                from,
                List.copyOf(files),
                pattern,
                format,
                match,
                java.util.Collections.unmodifiableMap(metadata),
                onError,
                force,
                loadUncertainFiles);
    }

    private List<String> columns() {
        List<String> columns = new ArrayList<>();
        if (tokens.acceptSymbol("(")) {
            do {
                columns.add(tokens.identifier());
            } while (tokens.acceptSymbol(","));
            tokens.expectSymbol(")");
        }
        return columns;
    }

    /// The expressions of `SELECT … FROM`, without their aliases.
    private List<String> expressions() {
        tokens.expect("SELECT");
        if (tokens.at("DISTINCT") || tokens.at("TOP")) {
            throw SnowflakeError.unsupported("SELECT " + tokens.peek().text() + " in the transformation of a COPY");
        }
        List<String> expressions = new ArrayList<>();
        do {
            expressions.add(expression());
        } while (tokens.acceptSymbol(","));
        tokens.expect("FROM");
        return List.copyOf(expressions);
    }

    private String expression() {
        int start = tokens.peek().start();
        int depth = 0;
        while (depth > 0 || !(tokens.atSymbol(",") || tokens.at("FROM") || tokens.at("AS"))) {
            if (depth == 0 && isAlias()) {
                break;
            }
            Token token = tokens.take();
            if (token.kind() == Token.Kind.END) {
                throw tokens.unexpected("expected FROM");
            }
            depth += isOneOf(token, "(", "[", "{") ? 1 : isOneOf(token, ")", "]", "}") ? -1 : 0;
        }
        String text = tokens.textFrom(start).strip();
        if (tokens.accept("AS") || isAlias()) {
            tokens.identifier();
        }
        if (text.isEmpty()) {
            throw tokens.unexpected("expected an expression");
        }
        return text;
    }

    /// A name behind an operand, before a comma or FROM.
    private boolean isAlias() {
        Token before = tokens.peek(-1);
        boolean operand = before.isIdentifier() && !Keywords.isReserved(before.text())
                || before.kind() == Token.Kind.DOLLAR
                || before.kind() == Token.Kind.STRING
                || isOneOf(before, ")", "]");
        return operand
                && tokens.peek().isIdentifier()
                && !Keywords.isReserved(tokens.peek().text())
                && (tokens.peek(1).isSymbol(",") || tokens.peek(1).isWord("FROM"));
    }

    private static boolean isOneOf(Token token, String... symbols) {
        return List.of(symbols).stream().anyMatch(token::isSymbol);
    }

    /// The stage's alias; nothing else may stand behind it.
    private String alias() {
        if (tokens.atSymbol("(")) {
            throw SnowflakeError.unsupported("A FILE_FORMAT or PATTERN inside FROM (SELECT …)");
        }
        tokens.accept("AS");
        if (tokens.atSymbol(")")) {
            return "";
        }
        if (!tokens.peek().isIdentifier() || Keywords.isReserved(tokens.peek().text())) {
            throw SnowflakeError.unsupported(
                    "In the transformation of a COPY, " + tokens.peek().text());
        }
        return tokens.identifier();
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
            case "MATCH_BY_COLUMN_NAME" -> match = match(word());
            case "INCLUDE_METADATA" -> includeMetadata();
            case "ON_ERROR" -> onError = Optional.of(onError());
            case "FORCE" -> force = tokens.bool();
            case "LOAD_UNCERTAIN_FILES" -> loadUncertainFiles = tokens.bool();
            case "PURGE", "TRUNCATECOLUMNS", "RETURN_FAILED_ONLY" -> onlyDefault(option, false);
            case "ENFORCE_LENGTH" -> onlyDefault(option, true);
            default -> throw SnowflakeError.unsupported("The COPY option " + option);
        }
    }

    private void onlyDefault(String option, boolean defaultValue) {
        if (tokens.bool() != defaultValue) {
            throw SnowflakeError.unsupported(
                    "The COPY option " + option + " = " + tokens.peek(-1).text());
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
        String choice = word();
        return OnError.parse(tokens.acceptSymbol("%") ? choice + "%" : choice);
    }

    private String word() {
        return tokens.peek().kind() == Token.Kind.STRING ? Token.fold(tokens.string()) : tokens.identifier();
    }
}
