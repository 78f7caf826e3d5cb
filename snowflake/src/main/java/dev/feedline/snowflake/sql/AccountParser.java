package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the statements about the account itself: users, roles and session parameters.
final class AccountParser {
    private AccountParser() {}

    static Command alterUser(Tokens tokens) {
        boolean ifExists = tokens.ifExists();
        String name = tokens.identifier();
        boolean set = tokens.accept("SET");
        if (!set) {
            tokens.expect("UNSET");
        }
        Map<String, Optional<String>> properties = new LinkedHashMap<>();
        while (tokens.peek().kind() != Token.Kind.END) {
            String property = tokens.identifier();
            if (!property.equals("RSA_PUBLIC_KEY") && !property.equals("RSA_PUBLIC_KEY_2")) {
                throw SnowflakeError.unsupported("The user's property " + property);
            }
            if (set) {
                tokens.expectSymbol("=");
            }
            properties.put(property, set ? Optional.of(tokens.string()) : Optional.empty());
            tokens.acceptSymbol(",");
        }
        return new Command.AlterUser(name, ifExists, properties);
    }

    static Optional<Command> describe(Tokens tokens) {
        if (!tokens.accept("DESC", "USER") && !tokens.accept("DESCRIBE", "USER")) {
            return Optional.empty();
        }
        return Optional.of(new Command.DescribeUser(tokens.identifier()));
    }

    static Optional<Command> show(Tokens tokens) {
        if (tokens.accept("SHOW", "USERS")) {
            return Optional.of(new Command.ShowUsers(ShowParser.filter(tokens)));
        }
        if (tokens.accept("SHOW", "ROLES")) {
            return Optional.of(new Command.ShowRoles(ShowParser.filter(tokens)));
        }
        if (tokens.accept("SHOW", "PARAMETERS")) {
            Optional<String> like = ShowParser.like(tokens);
            if (tokens.accept("IN") || tokens.accept("FOR")) {
                if (!tokens.accept("SESSION")) {
                    throw SnowflakeError.unsupported(
                            "SHOW PARAMETERS IN " + tokens.peek().text());
                }
            }
            return Optional.of(new Command.ShowParameters(like));
        }
        return Optional.empty();
    }
}
