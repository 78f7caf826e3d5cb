package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.TableTraits.Constraint;
import dev.feedline.snowflake.sql.TableTraits.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads PRIMARY KEY, UNIQUE and FOREIGN KEY, of a column or of the table.
final class ConstraintParser {
    private ConstraintParser() {}

    static boolean isNext(Tokens tokens) {
        return tokens.at("CONSTRAINT")
                || tokens.at("PRIMARY", "KEY")
                || tokens.at("UNIQUE")
                || tokens.at("FOREIGN", "KEY")
                || tokens.at("REFERENCES")
                || tokens.at("CHECK");
    }

    /// @param column whose definition it stands in; empty for one of the table
    static Constraint read(Tokens tokens, Optional<String> column) {
        Optional<String> name = tokens.accept("CONSTRAINT") ? Optional.of(tokens.identifier()) : Optional.empty();
        Kind kind = kind(tokens);
        List<String> columns = column.isPresent() ? List.of(column.get()) : names(tokens);
        Optional<ObjectName> references = Optional.empty();
        List<String> referenced = List.of();
        if (kind == Kind.FOREIGN) {
            tokens.expect("REFERENCES");
            references = Optional.of(tokens.name());
            referenced = tokens.atSymbol("(") ? names(tokens) : List.of();
        }
        notEnforced(tokens);
        return new Constraint(kind, name, columns, references, referenced);
    }

    /// Whether DROP of it means a constraint.
    static boolean isKey(Token token) {
        return token.isWord("CONSTRAINT")
                || token.isWord("PRIMARY")
                || token.isWord("UNIQUE")
                || token.isWord("FOREIGN");
    }

    static Command dropped(Tokens tokens, ObjectName table, boolean ifExists) {
        if (tokens.accept("CONSTRAINT")) {
            String name = tokens.identifier();
            return new Command.DropConstraint(table, ifExists, Optional.of(name), Kind.UNIQUE, List.of());
        }
        Kind kind = kind(tokens);
        List<String> columns = kind == Kind.PRIMARY ? List.of() : names(tokens);
        return new Command.DropConstraint(table, ifExists, Optional.empty(), kind, columns);
    }

    private static Kind kind(Tokens tokens) {
        if (tokens.accept("PRIMARY", "KEY")) {
            return Kind.PRIMARY;
        }
        if (tokens.accept("UNIQUE")) {
            return Kind.UNIQUE;
        }
        if (tokens.accept("FOREIGN", "KEY") || tokens.at("REFERENCES")) {
            return Kind.FOREIGN;
        }
        throw SnowflakeError.unsupported(
                "A constraint of the kind " + tokens.peek().text());
    }

    private static List<String> names(Tokens tokens) {
        List<String> names = new ArrayList<>();
        tokens.expectSymbol("(");
        do {
            names.add(tokens.identifier());
        } while (tokens.acceptSymbol(","));
        tokens.expectSymbol(")");
        return names;
    }

    /// What only says that nothing is enforced is read over; ENFORCED itself is refused where it stands.
    private static void notEnforced(Tokens tokens) {
        boolean more = true;
        while (more) {
            more = tokens.accept("NOT", "ENFORCED") || tokens.accept("NORELY") || tokens.accept("NOVALIDATE");
        }
        if (tokens.at("ENFORCED") || tokens.at("RELY") || tokens.at("ON")) {
            throw SnowflakeError.unsupported("A constraint's " + tokens.peek().text());
        }
    }
}
