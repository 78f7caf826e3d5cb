package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.Command.Existing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads CREATE WAREHOUSE and ALTER WAREHOUSE: stored and shown, without effect.
///
/// Source: docs.snowflake.com/en/sql-reference/sql/create-warehouse
final class WarehouseParser {
    private static final Set<String> PROPERTIES = Set.of(
            "WAREHOUSE_TYPE",
            "WAREHOUSE_SIZE",
            "MAX_CLUSTER_COUNT",
            "MIN_CLUSTER_COUNT",
            "SCALING_POLICY",
            "AUTO_SUSPEND",
            "AUTO_RESUME",
            "INITIALLY_SUSPENDED",
            "RESOURCE_MONITOR",
            "ENABLE_QUERY_ACCELERATION",
            "QUERY_ACCELERATION_MAX_SCALE_FACTOR",
            "MAX_CONCURRENCY_LEVEL",
            "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS",
            "STATEMENT_TIMEOUT_IN_SECONDS",
            "GENERATION",
            "COMMENT");

    private WarehouseParser() {}

    static Command create(Tokens tokens, Existing existing) {
        String name = tokens.identifier();
        tokens.accept("WITH");
        Map<String, String> properties = new LinkedHashMap<>();
        properties(tokens, true).forEach((property, value) -> properties.put(property, value.orElse("")));
        String comment = Optional.ofNullable(properties.remove("COMMENT")).orElse("");
        return new Command.CreateWarehouse(name, existing, properties, comment);
    }

    static Command alter(Tokens tokens) {
        boolean ifExists = tokens.ifExists();
        String name = tokens.identifier();
        if (tokens.accept("SUSPEND")) {
            return new Command.AlterWarehouse(name, ifExists, Optional.of(true), Map.of());
        }
        if (tokens.accept("RESUME")) {
            tokens.accept("IF", "SUSPENDED");
            return new Command.AlterWarehouse(name, ifExists, Optional.of(false), Map.of());
        }
        boolean set = tokens.accept("SET");
        if (!set && !tokens.accept("UNSET")) {
            throw SnowflakeError.unsupported(
                    "ALTER WAREHOUSE … " + tokens.peek().text());
        }
        return new Command.AlterWarehouse(name, ifExists, Optional.empty(), properties(tokens, set));
    }

    private static Map<String, Optional<String>> properties(Tokens tokens, boolean set) {
        Map<String, Optional<String>> properties = new LinkedHashMap<>();
        while (tokens.peek().kind() != Token.Kind.END) {
            String property = tokens.identifier();
            if (!PROPERTIES.contains(property)) {
                throw SnowflakeError.unsupported("The warehouse's property " + property);
            }
            Optional<String> value = Optional.empty();
            if (set) {
                tokens.expectSymbol("=");
                value = Optional.of(tokens.take().text());
            }
            properties.put(property, value);
            tokens.acceptSymbol(",");
        }
        return properties;
    }
}
