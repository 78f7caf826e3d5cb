package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.Command.Describe;
import dev.feedline.snowflake.sql.Command.Show;
import java.util.Optional;
import java.util.Set;

/// Reads SHOW and DESCRIBE.
final class ShowParser {
    /// Snowflake's limit of rows in a SHOW.
    static final int MOST_ROWS = 10_000;

    private static final Set<ObjectKind> TERSE =
            Set.of(ObjectKind.DATABASE, ObjectKind.SCHEMA, ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.OBJECT);

    private final Tokens tokens;

    private ShowParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Command show(Tokens tokens) {
        tokens.expect("SHOW");
        return new ShowParser(tokens).show();
    }

    static Command describe(Tokens tokens) {
        ShowParser parser = new ShowParser(tokens);
        tokens.take();
        ObjectKind kind = parser.kind(true);
        ObjectName name = tokens.name();
        if ((kind == ObjectKind.TABLE || kind == ObjectKind.VIEW) && tokens.accept("TYPE")) {
            tokens.expectSymbol("=");
            if (!tokens.accept("COLUMNS")) {
                throw SnowflakeError.unsupported(
                        "DESCRIBE … TYPE = " + tokens.peek().text());
            }
        }
        return new Describe(kind, name);
    }

    private Command show() {
        boolean terse = tokens.accept("TERSE");
        Optional<Command> special = terse ? Optional.empty() : special();
        if (special.isPresent()) {
            return special.get();
        }
        ObjectKind kind = kind(false);
        if (terse && !TERSE.contains(kind)) {
            throw SnowflakeError.unsupported("SHOW TERSE of a " + kind);
        }
        if (tokens.at("HISTORY")) {
            throw SnowflakeError.unsupported("SHOW … HISTORY (what was dropped)");
        }
        Optional<String> like = like(tokens);
        ShowScope scope = tokens.accept("IN") ? scope(kind) : new ShowScope.Current();
        return new Show(terse, kind, scope, restOf(like, tokens));
    }

    /// The filter of what lies in no database.
    static Command.Filter filter(Tokens tokens) {
        return restOf(like(tokens), tokens);
    }

    static Optional<String> like(Tokens tokens) {
        return tokens.accept("LIKE") ? Optional.of(tokens.string()) : Optional.empty();
    }

    private static Command.Filter restOf(Optional<String> like, Tokens tokens) {
        Optional<String> startsWith = tokens.accept("STARTS", "WITH") ? Optional.of(tokens.string()) : Optional.empty();
        boolean limited = tokens.accept("LIMIT");
        int limit = limited ? tokens.integer() : MOST_ROWS;
        Optional<String> from = limited && tokens.accept("FROM") ? Optional.of(tokens.string()) : Optional.empty();
        if (limit < 1 || limit > MOST_ROWS) {
            throw SnowflakeError.INVALID_VALUE.with("LIMIT must be between 1 and " + MOST_ROWS + ".");
        }
        return new Command.Filter(like, startsWith, limit, from);
    }

    /// Keys, routines and warehouses.
    private Optional<Command> special() {
        for (Command.KeyKind kind : Command.KeyKind.values()) {
            if (tokens.accept(kind.name(), "KEYS")) {
                ShowScope scope = tokens.accept("IN") ? scope(ObjectKind.COLUMN) : new ShowScope.Current();
                return Optional.of(new Command.ShowKeys(kind, scope));
            }
        }
        if (tokens.accept("VARIABLES")) {
            return Optional.of(new Command.ShowVariables(like(tokens)));
        }
        if (tokens.accept("WAREHOUSES")) {
            return Optional.of(new Command.ShowWarehouses(filter(tokens)));
        }
        boolean user = tokens.accept("USER");
        boolean functions = tokens.accept("FUNCTIONS");
        if (user && !functions) {
            tokens.expect("FUNCTIONS");
        }
        if (functions || tokens.accept("PROCEDURES")) {
            like(tokens);
            if (tokens.accept("IN")) {
                scope(ObjectKind.TABLE);
            }
            return Optional.of(new Command.ShowRoutines(!functions));
        }
        return Optional.empty();
    }

    private ObjectKind kind(boolean singular) {
        String word = tokens.identifier();
        String name = singular ? word : word.replaceFirst("S$", "");
        return switch (name) {
            case "DATABASE" -> ObjectKind.DATABASE;
            case "SCHEMA" -> ObjectKind.SCHEMA;
            case "TABLE" -> ObjectKind.TABLE;
            case "VIEW" -> ObjectKind.VIEW;
            case "STAGE" -> ObjectKind.STAGE;
            case "PIPE" -> ObjectKind.PIPE;
            case "OBJECT" -> ObjectKind.OBJECT;
            case "COLUMN" -> ObjectKind.COLUMN;
            case "SEQUENCE" -> ObjectKind.SEQUENCE;
            case "INTEGRATION" -> ObjectKind.INTEGRATION;
            case "STORAGE" -> {
                tokens.expect(singular ? "INTEGRATION" : "INTEGRATIONS");
                yield ObjectKind.INTEGRATION;
            }
            case "FILE" -> {
                tokens.expect(singular ? "FORMAT" : "FORMATS");
                yield ObjectKind.FILE_FORMAT;
            }
            default -> throw SnowflakeError.unsupported((singular ? "DESCRIBE " : "SHOW ") + word);
        };
    }

    private ShowScope scope(ObjectKind kind) {
        if (tokens.accept("ACCOUNT")) {
            return new ShowScope.Account();
        }
        if (tokens.accept("DATABASE")) {
            return new ShowScope.Database(isNamed() ? Optional.of(tokens.identifier()) : Optional.empty());
        }
        if (tokens.accept("TABLE") || tokens.accept("VIEW")) {
            return new ShowScope.Table(tokens.name());
        }
        boolean schema = tokens.accept("SCHEMA");
        if (schema && !isNamed()) {
            return new ShowScope.Current();
        }
        ObjectName name = tokens.name();
        if (!schema && kind == ObjectKind.COLUMN) {
            return new ShowScope.Table(name);
        }
        // SHOW SCHEMAS IN x names a database even without the word.
        return !schema && kind == ObjectKind.SCHEMA && name.parts().size() == 1
                ? new ShowScope.Database(Optional.of(name.last()))
                : new ShowScope.Schema(name);
    }

    private boolean isNamed() {
        return tokens.peek().isIdentifier() && !tokens.at("STARTS") && !tokens.at("LIMIT") && !tokens.at("FROM");
    }
}
