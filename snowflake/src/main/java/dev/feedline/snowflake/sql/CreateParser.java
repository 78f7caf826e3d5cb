package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.Command.CreateDatabase;
import dev.feedline.snowflake.sql.Command.CreateFileFormat;
import dev.feedline.snowflake.sql.Command.CreateIntegration;
import dev.feedline.snowflake.sql.Command.CreatePipe;
import dev.feedline.snowflake.sql.Command.CreateSchema;
import dev.feedline.snowflake.sql.Command.CreateStage;
import dev.feedline.snowflake.sql.Command.CreateView;
import dev.feedline.snowflake.sql.Command.Existing;
import dev.feedline.snowflake.sql.Command.TableKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads CREATE of everything but tables ([TableParser]).
final class CreateParser {
    private final Tokens tokens;
    private final boolean orReplace;
    /// Of a view.
    private boolean secure;
    private String comment = "";

    private CreateParser(Tokens tokens, boolean orReplace) {
        this.tokens = tokens;
        this.orReplace = orReplace;
    }

    static Command parse(Tokens tokens) {
        tokens.expect("CREATE");
        if (tokens.accept("OR", "ALTER")) {
            return orAlter(tokens);
        }
        return new CreateParser(tokens, tokens.accept("OR", "REPLACE")).create();
    }

    private static Command orAlter(Tokens tokens) {
        TableKind kind = tokens.accept("TRANSIENT") ? TableKind.TRANSIENT : TableKind.PERMANENT;
        if (!tokens.accept("TABLE")) {
            throw SnowflakeError.unsupported("CREATE OR ALTER " + tokens.peek().text());
        }
        if (tokens.ifNotExists()) {
            throw SnowflakeError.SYNTAX.with("options OR ALTER and IF NOT EXISTS are incompatible.");
        }
        Command create = TableParser.create(tokens, false, kind);
        if (create instanceof Command.CreateTable table && table.select().isEmpty()) {
            return new Command.CreateOrAlterTable(table);
        }
        throw SnowflakeError.unsupported("CREATE OR ALTER TABLE … AS SELECT, LIKE or CLONE");
    }

    private Command create() {
        if (tokens.accept("DATABASE")) {
            return database();
        }
        if (tokens.accept("SCHEMA")) {
            return schema();
        }
        if (tokens.accept("TABLE")) {
            return TableParser.create(tokens, orReplace, TableKind.PERMANENT);
        }
        if (tokens.accept("TRANSIENT", "TABLE")) {
            return TableParser.create(tokens, orReplace, TableKind.TRANSIENT);
        }
        if (tokens.accept("SECURE")) {
            secure = true;
        }
        if (isTemporary()) {
            return temporary();
        }
        if (tokens.accept("SEQUENCE")) {
            return sequence();
        }
        if (tokens.accept("VIEW")) {
            return view(false);
        }
        if (secure) {
            throw SnowflakeError.unsupported("CREATE SECURE " + tokens.peek().text());
        }
        if (tokens.accept("STAGE")) {
            return stage();
        }
        if (tokens.accept("FILE", "FORMAT")) {
            return fileFormat();
        }
        if (tokens.accept("PIPE")) {
            return pipe();
        }
        if (tokens.accept("WAREHOUSE")) {
            return WarehouseParser.create(tokens, existing());
        }
        if (tokens.accept("STORAGE", "INTEGRATION")) {
            return integration();
        }
        throw SnowflakeError.unsupported("CREATE " + tokens.peek().text());
    }

    private Command database() {
        Existing existing = existing();
        String name = tokens.identifier();
        comments();
        return new CreateDatabase(name, existing, comment);
    }

    private Command schema() {
        Existing existing = existing();
        ObjectName name = tokens.name();
        comments();
        return new CreateSchema(name, existing, comment);
    }

    private Command sequence() {
        Existing existing = existing();
        ObjectName name = tokens.name();
        long start = 1;
        long step = 1;
        boolean ordered = false;
        while (tokens.peek().kind() != Token.Kind.END) {
            if (tokens.accept("START")) {
                tokens.accept("WITH");
                tokens.acceptSymbol("=");
                start = tokens.signed();
            } else if (tokens.accept("INCREMENT")) {
                tokens.accept("BY");
                tokens.acceptSymbol("=");
                step = tokens.signed();
            } else if (tokens.accept("ORDER")) {
                ordered = true;
            } else if (!tokens.accept("NOORDER") && !tokens.accept("WITH")) {
                comment();
            }
        }
        return new Command.CreateSequence(name, existing, start, step, ordered, comment);
    }

    /// `[LOCAL | GLOBAL] {TEMPORARY | TEMP}` or `VOLATILE`, which all mean the same.
    ///
    /// Source: docs.snowflake.com/en/sql-reference/sql/create-table
    private boolean isTemporary() {
        boolean scoped = tokens.at("LOCAL") || tokens.at("GLOBAL");
        Token word = tokens.peek(scoped ? 1 : 0);
        boolean temporary = word.isWord("TEMPORARY") || word.isWord("TEMP") || (!scoped && word.isWord("VOLATILE"));
        if (temporary && scoped) {
            tokens.take();
        }
        return temporary;
    }

    private Command temporary() {
        Token word = tokens.take();
        if (!secure && tokens.accept("TABLE")) {
            return TableParser.create(tokens, orReplace, TableKind.TEMPORARY);
        }
        if (tokens.accept("VIEW")) {
            return view(true);
        }
        throw SnowflakeError.unsupported(
                "CREATE " + word.text() + " " + tokens.peek().text());
    }

    private Command view(boolean temporary) {
        Existing existing = existing();
        ObjectName name = tokens.name();
        List<Command.ViewColumn> columns = new ArrayList<>();
        if (tokens.acceptSymbol("(")) {
            do {
                columns.add(
                        new Command.ViewColumn(tokens.identifier(), tokens.accept("COMMENT") ? tokens.string() : ""));
            } while (tokens.acceptSymbol(","));
            tokens.expectSymbol(")");
        }
        while (!tokens.at("AS")) {
            if (tokens.at("COPY", "GRANTS")) {
                throw SnowflakeError.unsupported("COPY GRANTS");
            }
            comment();
        }
        tokens.expect("AS");
        return new CreateView(name, temporary, secure, existing, columns, tokens.rest(), comment);
    }

    private Command stage() {
        Existing existing = existing();
        ObjectName name = tokens.name();
        Optional<String> url = Optional.empty();
        Optional<String> integration = Optional.empty();
        Optional<FormatChoice> format = Optional.empty();
        while (tokens.peek().kind() != Token.Kind.END) {
            if (tokens.accept("URL")) {
                tokens.expectSymbol("=");
                url = Optional.of(tokens.string());
            } else if (tokens.accept("STORAGE_INTEGRATION")) {
                tokens.expectSymbol("=");
                integration = Optional.of(tokens.identifier());
            } else if (tokens.accept("FILE_FORMAT")) {
                tokens.expectSymbol("=");
                format = Optional.of(FormatParser.choice(tokens));
            } else {
                comment();
            }
        }
        if (url.isEmpty() && integration.isPresent()) {
            throw SnowflakeError.INVALID_VALUE.with("STORAGE_INTEGRATION is for stages with a URL.");
        }
        String location = url.orElse("");
        if (url.isPresent() && !location.matches("s3://[a-z0-9.\\-]+(/.*)?")) {
            throw SnowflakeError.unsupported("The stage URL '" + location + "'");
        }
        return new CreateStage(name, existing, new StageOptions(location, integration, format), comment);
    }

    private Command fileFormat() {
        Existing existing = existing();
        ObjectName name = tokens.name();
        FormatParser format = new FormatParser(tokens);
        while (tokens.peek().kind() != Token.Kind.END) {
            if (tokens.at("COMMENT")) {
                comment();
            } else {
                format.option();
            }
        }
        return new CreateFileFormat(name, existing, format.format(), comment);
    }

    private Command pipe() {
        Existing existing = existing();
        ObjectName name = tokens.name();
        boolean autoIngest = false;
        while (!tokens.at("AS")) {
            if (tokens.accept("AUTO_INGEST")) {
                tokens.expectSymbol("=");
                autoIngest = tokens.bool();
            } else {
                comment();
            }
        }
        tokens.expect("AS");
        int start = tokens.peek().start();
        Command.CopyInto copy = CopyParser.parse(tokens);
        refuseInPipe(copy);
        return new CreatePipe(
                name, existing, autoIngest, copy, tokens.textFrom(start).strip(), comment);
    }

    private static void refuseInPipe(Command.CopyInto copy) {
        if (copy.force() || !copy.files().isEmpty()) {
            throw SnowflakeError.INVALID_VALUE.with("FILES and FORCE are not allowed in the COPY of a pipe.");
        }
        if (copy.onError().filter(OnError.ABORT_STATEMENT::equals).isPresent()) {
            throw SnowflakeError.INVALID_VALUE.with("ON_ERROR = ABORT_STATEMENT is not allowed in the COPY of a pipe.");
        }
    }

    private Command integration() {
        Existing existing = existing();
        String name = tokens.identifier();
        Map<String, String> properties = new LinkedHashMap<>();
        while (tokens.peek().kind() != Token.Kind.END) {
            if (tokens.at("COMMENT")) {
                comment();
                continue;
            }
            String property = tokens.identifier();
            tokens.expectSymbol("=");
            properties.put(property, tokens.value());
        }
        return new CreateIntegration(name, existing, properties, comment);
    }

    private Existing existing() {
        return existing(tokens, orReplace);
    }

    static Existing existing(Tokens tokens, boolean orReplace) {
        boolean keep = tokens.ifNotExists();
        if (keep && orReplace) {
            throw SnowflakeError.SYNTAX.with("options OR REPLACE and IF NOT EXISTS are incompatible.");
        }
        return keep ? Existing.KEEP : orReplace ? Existing.REPLACE : Existing.FAIL;
    }

    private void comments() {
        if (tokens.at("CLONE")) {
            throw SnowflakeError.unsupported("CLONE of a schema or a database");
        }
        while (tokens.peek().kind() != Token.Kind.END) {
            comment();
        }
    }

    /// The one property every object has; any other one here is not supported.
    private void comment() {
        if (!tokens.at("COMMENT")) {
            if (tokens.peek().isIdentifier() && tokens.peek(1).isSymbol("=")) {
                throw SnowflakeError.unsupported("The property " + tokens.peek().text());
            }
            throw tokens.unexpected("expected a property");
        }
        tokens.expect("COMMENT");
        tokens.expectSymbol("=");
        comment = tokens.string();
    }
}
