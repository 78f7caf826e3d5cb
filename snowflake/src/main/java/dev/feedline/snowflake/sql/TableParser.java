package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.Command.CreateTable;
import dev.feedline.snowflake.sql.Command.Existing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads CREATE TABLE and ALTER TABLE.
final class TableParser {
    private final Tokens tokens;

    private TableParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Command create(Tokens tokens, boolean orReplace) {
        return new TableParser(tokens).create(orReplace);
    }

    static Command alter(Tokens tokens) {
        return new TableParser(tokens).alter();
    }

    private Command create(boolean orReplace) {
        Existing existing = CreateParser.existing(tokens, orReplace);
        ObjectName name = tokens.name();
        List<ColumnDefinition> columns = new ArrayList<>();
        if (tokens.acceptSymbol("(")) {
            do {
                columns.add(column());
            } while (tokens.acceptSymbol(","));
            tokens.expectSymbol(")");
        }
        boolean evolution = false;
        String comment = "";
        Optional<String> select = Optional.empty();
        while (tokens.peek().kind() != Token.Kind.END) {
            if (tokens.accept("ENABLE_SCHEMA_EVOLUTION")) {
                tokens.expectSymbol("=");
                evolution = tokens.bool();
            } else if (tokens.accept("COMMENT")) {
                tokens.expectSymbol("=");
                comment = tokens.string();
            } else if (tokens.accept("AS")) {
                select = Optional.of(tokens.rest());
            } else {
                throw SnowflakeError.unsupported(
                        "In CREATE TABLE, " + tokens.peek().text());
            }
        }
        if (columns.isEmpty() && select.isEmpty()) {
            throw tokens.unexpected("expected columns or AS SELECT");
        }
        return new CreateTable(name, existing, columns, select, evolution, comment);
    }

    private ColumnDefinition column() {
        if (tokens.at("PRIMARY", "KEY")
                || tokens.at("UNIQUE")
                || tokens.at("FOREIGN")
                || tokens.at("CONSTRAINT")
                || tokens.at("CHECK")) {
            throw SnowflakeError.unsupported(
                    "A table constraint (" + tokens.peek().text() + ")");
        }
        String name = tokens.identifier();
        SnowflakeType type = TypeParser.parse(tokens);
        boolean nullable = true;
        Optional<String> defaultValue = Optional.empty();
        String comment = "";
        while (!tokens.atSymbol(",") && !tokens.atSymbol(")") && tokens.peek().kind() != Token.Kind.END) {
            if (tokens.accept("NOT", "NULL")) {
                nullable = false;
            } else if (tokens.accept("NULL")) {
                nullable = true;
            } else if (tokens.accept("DEFAULT")) {
                defaultValue = Optional.of(defaultValue());
            } else if (tokens.accept("COMMENT")) {
                comment = tokens.string();
            } else {
                throw SnowflakeError.unsupported(
                        "In a column definition, " + tokens.peek().text());
            }
        }
        return new ColumnDefinition(name, type, nullable, defaultValue, comment);
    }

    /// A literal, a signed number, or a function call; ends where the next column property begins.
    private String defaultValue() {
        int start = tokens.peek().start();
        tokens.acceptSymbol("-");
        int depth = 0;
        do {
            Token token = tokens.take();
            if (token.kind() == Token.Kind.END) {
                throw tokens.unexpected("expected a default value");
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        } while (depth > 0 || goesOn());
        return tokens.textFrom(start).strip();
    }

    private boolean goesOn() {
        Token token = tokens.peek();
        Token before = tokens.peek(-1);
        boolean operator = token.kind() == Token.Kind.SYMBOL && !token.isSymbol(",") && !token.isSymbol(")");
        return operator || (before.kind() == Token.Kind.SYMBOL && !before.isSymbol(")"));
    }

    private Command alter() {
        boolean ifExists = tokens.ifExists();
        ObjectName name = tokens.name();
        if (tokens.accept("SET", "ENABLE_SCHEMA_EVOLUTION")) {
            tokens.expectSymbol("=");
            return new Command.SetSchemaEvolution(name, ifExists, tokens.bool());
        }
        if (tokens.accept("ADD")) {
            tokens.accept("COLUMN");
            boolean ifNotExists = tokens.ifNotExists();
            ColumnDefinition column = column();
            if (tokens.atSymbol(",")) {
                throw SnowflakeError.unsupported("ALTER TABLE … ADD of several columns at once");
            }
            return new Command.AddColumn(name, ifExists, ifNotExists, column);
        }
        throw SnowflakeError.unsupported("ALTER TABLE … " + tokens.peek().text());
    }
}
