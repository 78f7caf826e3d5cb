package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.sql.Command.CreateTable;
import dev.feedline.snowflake.sql.Command.Existing;
import dev.feedline.snowflake.sql.Command.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads CREATE TABLE and ALTER TABLE.
final class TableParser {
    private final Tokens tokens;
    private final List<TableTraits.Constraint> constraints = new ArrayList<>();

    private TableParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Command create(Tokens tokens, boolean orReplace, TableKind kind) {
        return new TableParser(tokens).create(orReplace, kind);
    }

    static Command alter(Tokens tokens) {
        return new TableParser(tokens).alter();
    }

    private Command create(boolean orReplace, TableKind kind) {
        Existing existing = CreateParser.existing(tokens, orReplace);
        ObjectName name = tokens.name();
        if (tokens.accept("LIKE")) {
            return like(name, kind, existing, false);
        }
        if (tokens.accept("CLONE")) {
            return like(name, kind, existing, true);
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        if (tokens.acceptSymbol("(")) {
            do {
                if (ConstraintParser.isNext(tokens)) {
                    constraints.add(ConstraintParser.read(tokens, Optional.empty()));
                } else {
                    columns.add(column());
                }
            } while (tokens.acceptSymbol(","));
            tokens.expectSymbol(")");
        }
        boolean evolution = false;
        String clusterBy = "";
        String comment = "";
        Optional<String> select = Optional.empty();
        while (tokens.peek().kind() != Token.Kind.END) {
            if (tokens.accept("ENABLE_SCHEMA_EVOLUTION")) {
                tokens.expectSymbol("=");
                evolution = tokens.bool();
            } else if (tokens.accept("COMMENT")) {
                tokens.expectSymbol("=");
                comment = tokens.string();
            } else if (tokens.accept("CLUSTER", "BY")) {
                clusterBy = brackets();
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
        TableTraits traits = new TableTraits(kind == TableKind.TRANSIENT, clusterBy, constraints);
        boolean temporary = kind == TableKind.TEMPORARY;
        return new CreateTable(name, temporary, existing, notNull(columns, traits), select, evolution, traits, comment);
    }

    private Command like(ObjectName name, TableKind kind, Existing existing, boolean withRows) {
        Command.CreateTableLike like = new Command.CreateTableLike(name, kind, existing, tokens.name(), withRows);
        if (tokens.peek().kind() != Token.Kind.END) {
            throw SnowflakeError.unsupported("In CREATE TABLE … " + (withRows ? "CLONE" : "LIKE") + ", "
                    + tokens.peek().text());
        }
        return like;
    }

    /// A primary key's columns are never NULL; that is all of a constraint that Snowflake enforces.
    private static List<ColumnDefinition> notNull(List<ColumnDefinition> columns, TableTraits traits) {
        return columns.stream()
                .map(column -> traits.constraints().stream()
                                .anyMatch(one -> one.kind() == TableTraits.Kind.PRIMARY
                                        && one.columns().contains(column.name()))
                        ? new ColumnDefinition(
                                column.name(),
                                column.type(),
                                false,
                                column.defaultValue(),
                                column.identity(),
                                column.comment())
                        : column)
                .toList();
    }

    /// The text between the brackets that come.
    private String brackets() {
        tokens.expectSymbol("(");
        int start = tokens.peek().start();
        int depth = 1;
        String text = "";
        while (depth > 0) {
            text = tokens.textFrom(start);
            Token token = tokens.take();
            if (token.kind() == Token.Kind.END) {
                throw tokens.unexpected("expected ')'");
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        }
        return text.strip();
    }

    private ColumnDefinition column() {
        String name = tokens.identifier();
        SnowflakeType type = TypeParser.parse(tokens);
        boolean nullable = true;
        Optional<DefaultValue> defaultValue = Optional.empty();
        Optional<ColumnDefinition.Identity> identity = Optional.empty();
        String comment = "";
        while (!tokens.atSymbol(",") && !tokens.atSymbol(")") && tokens.peek().kind() != Token.Kind.END) {
            if (tokens.accept("NOT", "NULL")) {
                nullable = false;
            } else if (tokens.accept("NULL")) {
                nullable = true;
            } else if (tokens.accept("DEFAULT")) {
                defaultValue = Optional.of(DefaultValue.written(defaultValue()));
            } else if (tokens.accept("COMMENT")) {
                comment = tokens.string();
            } else if (tokens.accept("AUTOINCREMENT") || tokens.accept("IDENTITY")) {
                identity = Optional.of(identity());
            } else if (ConstraintParser.isNext(tokens)) {
                constraints.add(ConstraintParser.read(tokens, Optional.of(name)));
            } else {
                throw SnowflakeError.unsupported(
                        "In a column definition, " + tokens.peek().text());
            }
        }
        if (identity.isPresent() && (defaultValue.isPresent() || type.kind() != SnowflakeType.Kind.NUMBER)) {
            throw SnowflakeError.SYNTAX.with("AUTOINCREMENT is for a numeric column without a DEFAULT.");
        }
        return new ColumnDefinition(name, type, nullable, defaultValue, identity, comment);
    }

    /// `(start, step)`, or START n INCREMENT n, or nothing.
    private ColumnDefinition.Identity identity() {
        long start = 1;
        long step = 1;
        if (tokens.acceptSymbol("(")) {
            start = tokens.signed();
            tokens.expectSymbol(",");
            step = tokens.signed();
            tokens.expectSymbol(")");
        }
        if (tokens.accept("START")) {
            tokens.accept("WITH");
            start = tokens.signed();
        }
        if (tokens.accept("INCREMENT")) {
            tokens.accept("BY");
            step = tokens.signed();
        }
        boolean ordered = tokens.accept("ORDER");
        if (!ordered) {
            tokens.accept("NOORDER");
        }
        return new ColumnDefinition.Identity(start, step, ordered);
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

    /// Whether DROP of it means a column, or one of what else a table has.
    private static boolean isColumn(Token token) {
        return token.isIdentifier()
                && !List.of("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CLUSTERING", "ROW", "SEARCH", "ALL")
                        .contains(token.text());
    }

    private Command alterColumn(ObjectName table, boolean ifExists, String column) {
        if (tokens.accept("SET", "NOT", "NULL")) {
            return new Command.SetNotNull(table, ifExists, column, true);
        }
        if (tokens.accept("DROP", "NOT", "NULL")) {
            return new Command.SetNotNull(table, ifExists, column, false);
        }
        if (tokens.accept("DROP", "DEFAULT")) {
            return new Command.DropDefault(table, ifExists, column);
        }
        if (tokens.accept("COMMENT")) {
            return new Command.SetColumnComment(table, ifExists, column, tokens.string());
        }
        if (tokens.accept("UNSET", "COMMENT")) {
            return new Command.SetColumnComment(table, ifExists, column, "");
        }
        if (tokens.accept("SET", "DATA", "TYPE") || tokens.accept("TYPE")) {
            return new Command.SetType(table, ifExists, column, TypeParser.parse(tokens));
        }
        throw SnowflakeError.unsupported(
                "ALTER COLUMN … " + tokens.peek().text() + " " + tokens.peek(1).text());
    }

    private Command alter() {
        boolean ifExists = tokens.ifExists();
        ObjectName name = tokens.name();
        if (tokens.accept("SET", "ENABLE_SCHEMA_EVOLUTION")) {
            tokens.expectSymbol("=");
            return new Command.SetSchemaEvolution(name, ifExists, tokens.bool());
        }
        if (tokens.accept("ADD")) {
            if (ConstraintParser.isNext(tokens)) {
                return new Command.AddConstraint(name, ifExists, ConstraintParser.read(tokens, Optional.empty()));
            }
            tokens.accept("COLUMN");
            boolean ifNotExists = tokens.ifNotExists();
            List<ColumnDefinition> columns = new ArrayList<>();
            do {
                if (!columns.isEmpty()) {
                    tokens.accept("COLUMN");
                    ifNotExists |= tokens.ifNotExists();
                }
                columns.add(column());
            } while (tokens.acceptSymbol(","));
            if (!constraints.isEmpty()) {
                throw SnowflakeError.unsupported("ALTER TABLE … ADD of a column with a constraint");
            }
            return new Command.AddColumns(name, ifExists, ifNotExists, columns);
        }
        if (tokens.accept("CLUSTER", "BY")) {
            return new Command.SetClustering(name, ifExists, brackets());
        }
        if (tokens.accept("DROP", "CLUSTERING", "KEY")) {
            return new Command.SetClustering(name, ifExists, "");
        }
        if (tokens.at("SET", "COMMENT") || tokens.at("UNSET", "COMMENT")) {
            boolean set = tokens.take().isWord("SET");
            tokens.expect("COMMENT");
            if (set) {
                tokens.expectSymbol("=");
            }
            return new Command.SetComment(ObjectKind.TABLE, name, ifExists, set ? tokens.string() : "");
        }
        if (tokens.accept("RENAME", "TO")) {
            return new Command.RenameTable(name, ifExists, tokens.name());
        }
        if (tokens.accept("SWAP", "WITH")) {
            return new Command.SwapTables(name, ifExists, tokens.name());
        }
        if (tokens.accept("RENAME", "COLUMN")) {
            String column = tokens.identifier();
            tokens.expect("TO");
            return new Command.RenameColumn(name, ifExists, column, tokens.identifier());
        }
        if (tokens.at("DROP") && ConstraintParser.isKey(tokens.peek(1))) {
            tokens.expect("DROP");
            return ConstraintParser.dropped(tokens, name, ifExists);
        }
        if (tokens.at("DROP") && isColumn(tokens.peek(1))) {
            tokens.expect("DROP");
            tokens.accept("COLUMN");
            boolean ifColumnExists = tokens.ifExists();
            List<String> columns = new ArrayList<>();
            do {
                columns.add(tokens.identifier());
            } while (tokens.acceptSymbol(","));
            return new Command.DropColumns(name, ifExists, ifColumnExists, columns);
        }
        if (tokens.accept("ALTER") || tokens.accept("MODIFY")) {
            tokens.accept("COLUMN");
            Command changed = alterColumn(name, ifExists, tokens.identifier());
            if (tokens.atSymbol(",")) {
                throw SnowflakeError.unsupported("ALTER TABLE … ALTER of several columns at once");
            }
            return changed;
        }
        throw SnowflakeError.unsupported("ALTER TABLE … " + tokens.peek().text());
    }
}
