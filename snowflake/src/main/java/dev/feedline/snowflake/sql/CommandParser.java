package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.sql.Command.Change;
import dev.feedline.snowflake.sql.Command.Query;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads one statement: finds out its kind and hands it to the parser of its family.
public final class CommandParser {
    private final Tokens tokens;

    private CommandParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /// @param sql one statement, with or without a semicolon at its end
    public static Command parse(String sql) {
        var statements = Script.statements(sql);
        if (statements.isEmpty()) {
            throw SnowflakeError.EMPTY_STATEMENT.with("Empty SQL statement.");
        }
        if (statements.size() > 1) {
            throw SnowflakeError.unsupported("More than one statement in one request");
        }
        Tokens tokens = new Tokens(statements.getFirst());
        Command command = new CommandParser(tokens).command();
        tokens.end();
        return command;
    }

    /// Reads a name that stands in a string.
    public static ObjectName name(String text) {
        Tokens tokens = new Tokens(text);
        ObjectName name = tokens.name();
        tokens.end();
        return name;
    }

    /// Reads a literal of a string.
    public static String string(String literal) {
        Tokens tokens = new Tokens(literal);
        String text = tokens.string();
        tokens.end();
        return text;
    }

    /// How staged files of a type are read when nothing else is said.
    public static FileFormat defaultFormat(FileFormat.Type type) {
        FormatParser parser = new FormatParser(new Tokens("TYPE = " + type));
        parser.option();
        return parser.format();
    }

    private Command command() {
        if (tokens.atSymbol("(")) {
            return new Query(tokens.rest());
        }
        if (tokens.peek().kind() != Token.Kind.WORD) {
            throw tokens.unexpected("expected a statement");
        }
        return switch (tokens.peek().text()) {
            case "SELECT", "WITH", "VALUES" -> new Query(tokens.rest());
            case "INSERT" -> change(StatementType.INSERT);
            case "UPDATE" -> change(StatementType.UPDATE);
            case "DELETE" -> change(StatementType.DELETE);
            case "MERGE" -> change(StatementType.MERGE);
            case "COPY" -> CopyParser.parse(tokens);
            case "CREATE" -> CreateParser.parse(tokens);
            case "DROP" -> drop();
            case "ALTER" -> alter();
            case "TRUNCATE" -> truncate();
            case "SHOW" -> AccountParser.show(tokens).orElseGet(() -> ShowParser.show(tokens));
            case "DESC", "DESCRIBE" -> AccountParser.describe(tokens).orElseGet(() -> ShowParser.describe(tokens));
            case "LIST", "LS" -> list();
            case "COMMENT" -> comment();
            case "USE" -> use();
            case "BEGIN", "START" -> begin();
            case "COMMIT" -> ended(new Command.Commit(), "WORK");
            case "ROLLBACK" -> ended(new Command.Rollback(), "WORK");
            case "SET" -> VariableParser.set(tokens);
            case "UNSET" -> VariableParser.unset(tokens);
            case "CALL", "EXECUTE", "EXPLAIN", "GRANT", "REVOKE", "PUT", "GET", "REMOVE", "RM", "UNDROP", "DECLARE" ->
                throw SnowflakeError.unsupported(tokens.peek().text());
            default -> throw tokens.unexpected("no statement begins like this");
        };
    }

    private Command change(StatementType type) {
        boolean overwrites = tokens.at("INSERT", "OVERWRITE");
        Token kind = tokens.peek(overwrites ? 2 : 1);
        if (type == StatementType.INSERT && (kind.isWord("ALL") || kind.isWord("FIRST"))) {
            throw SnowflakeError.unsupported("INSERT " + kind.text());
        }
        if (!overwrites) {
            return new Change(type, tokens.rest(), Optional.empty());
        }
        tokens.expect("INSERT", "OVERWRITE");
        int into = tokens.peek().start();
        tokens.expect("INTO");
        ObjectName table = tokens.name();
        return new Change(type, "INSERT " + tokens.textFrom(into) + tokens.rest(), Optional.of(table));
    }

    private Command ended(Command command, String noise) {
        tokens.take();
        tokens.accept(noise);
        return command;
    }

    private Command begin() {
        if (tokens.accept("START")) {
            tokens.expect("TRANSACTION");
        } else {
            tokens.expect("BEGIN");
            if (!tokens.accept("TRANSACTION")) {
                tokens.accept("WORK");
            }
        }
        if (tokens.accept("NAME")) {
            throw SnowflakeError.unsupported("A named transaction");
        }
        return new Command.Begin();
    }

    private Command drop() {
        tokens.expect("DROP");
        if (tokens.accept("WAREHOUSE")) {
            boolean orNothing = tokens.ifExists();
            return new Command.DropWarehouse(tokens.identifier(), orNothing);
        }
        ObjectKind kind = kind("DROP");
        boolean ifExists = tokens.ifExists();
        ObjectName name = tokens.name();
        if (tokens.accept("RESTRICT")) {
            throw SnowflakeError.unsupported("DROP … RESTRICT");
        }
        // All that lies in it goes with it; foreign keys hold nothing.
        if (kind == ObjectKind.DATABASE || kind == ObjectKind.SCHEMA || kind == ObjectKind.TABLE) {
            tokens.accept("CASCADE");
        }
        return new Command.Drop(kind, name, ifExists);
    }

    private ObjectKind kind(String verb) {
        if (tokens.accept("FILE", "FORMAT")) {
            return ObjectKind.FILE_FORMAT;
        }
        if (tokens.accept("STORAGE", "INTEGRATION") || tokens.accept("INTEGRATION")) {
            return ObjectKind.INTEGRATION;
        }
        for (ObjectKind kind : new ObjectKind[] {
            ObjectKind.DATABASE,
            ObjectKind.SCHEMA,
            ObjectKind.TABLE,
            ObjectKind.VIEW,
            ObjectKind.STAGE,
            ObjectKind.PIPE,
            ObjectKind.SEQUENCE
        }) {
            if (tokens.accept(kind.name())) {
                return kind;
            }
        }
        throw SnowflakeError.unsupported(verb + " " + tokens.peek().text());
    }

    private Command comment() {
        tokens.expect("COMMENT");
        boolean ifExists = tokens.ifExists();
        tokens.expect("ON");
        if (tokens.accept("COLUMN")) {
            return columnComment(ifExists);
        }
        if (tokens.accept("WAREHOUSE")) {
            String warehouse = tokens.identifier();
            tokens.expect("IS");
            return new Command.AlterWarehouse(
                    warehouse, ifExists, Optional.empty(), Map.of("COMMENT", Optional.of(tokens.string())));
        }
        ObjectKind kind = kind("COMMENT ON");
        ObjectName name = tokens.name();
        tokens.expect("IS");
        return new Command.SetComment(kind, name, ifExists, tokens.string());
    }

    /// `COMMENT ON COLUMN [[database.]schema.]table.column`
    private Command columnComment(boolean ifExists) {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(tokens.identifier());
        } while (tokens.acceptSymbol("."));
        if (parts.size() < 2 || parts.size() > 4) {
            throw tokens.unexpected("expected table.column");
        }
        tokens.expect("IS");
        return new Command.SetColumnComment(
                new ObjectName(parts.subList(0, parts.size() - 1)), ifExists, parts.getLast(), tokens.string());
    }

    private Command alter() {
        tokens.expect("ALTER");
        if (tokens.accept("SESSION")) {
            return alterSession();
        }
        if (tokens.accept("TABLE")) {
            return TableParser.alter(tokens);
        }
        if (tokens.accept("USER")) {
            return AccountParser.alterUser(tokens);
        }
        if (tokens.accept("PIPE")) {
            return alterPipe();
        }
        if (tokens.accept("WAREHOUSE")) {
            return WarehouseParser.alter(tokens);
        }
        return alterObject();
    }

    /// `ALTER … RENAME TO` and SET of what the other parsers do not read.
    private Command alterObject() {
        ObjectKind kind = kind("ALTER");
        boolean ifExists = tokens.ifExists();
        ObjectName name = tokens.name();
        if (kind == ObjectKind.VIEW && tokens.accept("RENAME", "TO")) {
            return new Command.RenameView(name, ifExists, tokens.name());
        }
        if (kind == ObjectKind.VIEW && (tokens.at("SET", "SECURE") || tokens.at("UNSET", "SECURE"))) {
            boolean secure = tokens.take().isWord("SET");
            tokens.expect("SECURE");
            return new Command.SetSecure(name, ifExists, secure);
        }
        if (tokens.accept("UNSET", "COMMENT")) {
            return new Command.SetComment(kind, name, ifExists, "");
        }
        boolean stored = kind == ObjectKind.STAGE || kind == ObjectKind.FILE_FORMAT;
        if (stored && tokens.accept("RENAME", "TO")) {
            return new Command.RenameObject(kind, name, ifExists, tokens.name());
        }
        if ((stored || kind == ObjectKind.INTEGRATION) && tokens.at("SET")) {
            return new Command.AlterProperties(kind, name, ifExists, properties(kind));
        }
        if (!tokens.at("SET", "COMMENT")) {
            throw SnowflakeError.unsupported("ALTER " + kind + " … "
                    + tokens.peek().text() + " " + tokens.peek(1).text());
        }
        tokens.expect("SET", "COMMENT");
        tokens.expectSymbol("=");
        return new Command.SetComment(kind, name, ifExists, tokens.string());
    }

    private Map<String, String> properties(ObjectKind kind) {
        tokens.expect("SET");
        Map<String, String> properties = new LinkedHashMap<>();
        do {
            String property = tokens.identifier();
            if (!tokens.acceptSymbol("=")) {
                throw SnowflakeError.unsupported("ALTER " + kind + " … SET " + property);
            }
            properties.put(property, tokens.value());
            tokens.acceptSymbol(",");
        } while (tokens.peek().isIdentifier());
        return properties;
    }

    private Command alterSession() {
        Map<String, Optional<String>> parameters = new LinkedHashMap<>();
        boolean set = tokens.accept("SET");
        if (!set) {
            tokens.expect("UNSET");
        }
        while (tokens.peek().kind() != Token.Kind.END) {
            String name = tokens.identifier();
            if (set) {
                tokens.expectSymbol("=");
            }
            parameters.put(name, set ? Optional.of(tokens.take().text()) : Optional.empty());
            tokens.acceptSymbol(",");
        }
        return new Command.AlterSession(parameters);
    }

    private Command alterPipe() {
        boolean ifExists = tokens.ifExists();
        ObjectName name = tokens.name();
        if (tokens.accept("REFRESH")) {
            return refresh(name, ifExists);
        }
        boolean set = tokens.accept("SET");
        if (!set && !tokens.accept("UNSET")) {
            throw SnowflakeError.unsupported("ALTER PIPE … " + tokens.peek().text() + " "
                    + tokens.peek(1).text());
        }
        Optional<Boolean> paused = Optional.empty();
        Optional<String> comment = Optional.empty();
        do {
            String property = tokens.identifier();
            if (set) {
                tokens.expectSymbol("=");
            }
            switch (property) {
                case "PIPE_EXECUTION_PAUSED" -> paused = Optional.of(set && tokens.bool());
                case "COMMENT" -> comment = Optional.of(set ? tokens.string() : "");
                default -> throw SnowflakeError.unsupported("ALTER PIPE … " + (set ? "SET " : "UNSET ") + property);
            }
            tokens.acceptSymbol(",");
        } while (tokens.peek().isIdentifier());
        return new Command.AlterPipe(name, ifExists, paused, comment);
    }

    private Command refresh(ObjectName name, boolean ifExists) {
        String prefix = "";
        Optional<Instant> modifiedAfter = Optional.empty();
        while (tokens.peek().isIdentifier()) {
            if (tokens.accept("PREFIX")) {
                tokens.expectSymbol("=");
                prefix = tokens.string();
            } else {
                tokens.expect("MODIFIED_AFTER");
                tokens.expectSymbol("=");
                modifiedAfter = Optional.of(instant(tokens.string()));
            }
        }
        return new Command.RefreshPipe(name, ifExists, prefix, modifiedAfter);
    }

    /// ISO 8601, in UTC where no offset is given.
    private static Instant instant(String text) {
        try {
            String iso = text.strip().replace(' ', 'T');
            return iso.matches(".*T.*(Z|[+-]\\d{2}:?\\d{2})")
                    ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2"))
                            .toInstant()
                    : (iso.contains("T")
                                    ? LocalDateTime.parse(iso)
                                    : LocalDate.parse(iso).atStartOfDay())
                            .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw SnowflakeError.INVALID_VALUE.with("MODIFIED_AFTER is a timestamp in ISO 8601, not '" + text + "'", e);
        }
    }

    private Command truncate() {
        tokens.expect("TRUNCATE");
        tokens.accept("TABLE");
        boolean ifExists = tokens.ifExists();
        return new Command.Truncate(tokens.name(), ifExists);
    }

    private Command list() {
        tokens.take();
        StageLocation location = CopyParser.location(tokens);
        Optional<String> pattern = Optional.empty();
        if (tokens.accept("PATTERN")) {
            tokens.expectSymbol("=");
            pattern = Optional.of(tokens.string());
        }
        return new Command.ListStage(location, pattern);
    }

    private Command use() {
        tokens.expect("USE");
        if (tokens.accept("DATABASE")) {
            return new Command.UseDatabase(tokens.identifier());
        }
        if (tokens.accept("SCHEMA")) {
            return new Command.UseSchema(tokens.name());
        }
        if (tokens.accept("ROLE")) {
            return new Command.UseRole(tokens.identifier());
        }
        if (tokens.accept("WAREHOUSE")) {
            return new Command.UseWarehouse(tokens.identifier());
        }
        if (tokens.at("SECONDARY")) {
            throw SnowflakeError.unsupported("USE SECONDARY ROLES");
        }
        ObjectName name = tokens.name();
        return name.parts().size() == 1 ? new Command.UseDatabase(name.last()) : new Command.UseSchema(name);
    }
}
