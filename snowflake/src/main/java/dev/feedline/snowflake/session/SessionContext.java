package dev.feedline.snowflake.session;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.Context;
import dev.feedline.snowflake.sql.ObjectName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Answers the functions whose value the session knows.
final class SessionContext implements Context {
    private static final int MOST_LITERALS = 1_000;

    private final SessionState state;
    private final SystemFunctions functions;
    private final boolean permanent;

    /// @param permanent for what outlives the session and its own tables
    SessionContext(SessionState state, SystemFunctions functions, boolean permanent) {
        this.state = state;
        this.functions = functions;
        this.permanent = permanent;
    }

    @Override
    public Optional<String> qualified(ObjectName name) {
        return state.scope().resolves(name)
                ? Optional.of(state.scope().resolve(name).duck())
                : Optional.empty();
    }

    @Override
    public Optional<String> temporary(ObjectName name) {
        Optional<Qualified> table = state.temporary(name);
        if (permanent && table.isPresent()) {
            throw SnowflakeError.unsupported("A permanent view of the temporary table " + table.get());
        }
        return table.map(Qualified::duck);
    }

    @Override
    public Optional<Optional<String>> value(String function, List<String> arguments) {
        return switch (function) {
            case "CURRENT_DATABASE" -> Optional.of(state.scope().database());
            case "CURRENT_SCHEMA" -> Optional.of(state.scope().schema());
            case "CURRENT_USER" -> Optional.of(Optional.of(state.user()));
            case "CURRENT_ROLE" -> Optional.of(Optional.of(state.role()));
            case "CURRENT_WAREHOUSE" -> Optional.of(Optional.of(state.warehouse()));
            case "CURRENT_VERSION" -> Optional.of(Optional.of("9.99.0"));
            case "CURRENT_SESSION" -> Optional.of(Optional.of(state.id()));
            case "CURRENT_REGION" -> Optional.of(Optional.of("AWS_US_EAST_1"));
            case "LAST_QUERY_ID" -> arguments.isEmpty() ? Optional.of(state.lastQueryId()) : Optional.empty();
            case "CURRENT_ACCOUNT", "CURRENT_ACCOUNT_NAME", "CURRENT_ORGANIZATION_NAME" ->
                Optional.of(Optional.of("FEEDLINE"));
            default -> known(functions.value(state, function, arguments));
        };
    }

    private static Optional<Optional<String>> known(Optional<String> value) {
        return value.isPresent() ? Optional.of(value) : Optional.empty();
    }

    @Override
    public Optional<String> tableFunction(ObjectName name, Map<String, String> arguments) {
        if (permanent && arguments.containsKey("TABLE_NAME")) {
            // Only COPY_HISTORY has an argument of that name.
            temporary(CommandParser.name(CopyHistory.literal(arguments, "TABLE_NAME")));
        }
        return functions.tableFunction(state, name, arguments);
    }

    @Override
    public Optional<String> sequence(ObjectName name) {
        return functions.sequence(state, name);
    }

    @Override
    public Optional<String> variable(String name) {
        return state.variables().literal(name);
    }

    @Override
    public List<Column> columns(ObjectName table) {
        if (!state.scope().resolves(table)) {
            return List.of();
        }
        try {
            return VariantColumn.of(state.duck(), state.table(table));
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    @Override
    public List<String> literals(String duckQuery) {
        if (permanent) {
            throw SnowflakeError.unsupported("A view with PIVOT … IN (ANY) or a subquery");
        }
        try {
            List<String> literals =
                    state.duck().query(duckQuery + " LIMIT " + (MOST_LITERALS + 1), row -> row.getString(1));
            if (literals.size() > MOST_LITERALS) {
                throw SnowflakeError.unsupported("PIVOT of more than " + MOST_LITERALS + " values");
            }
            return literals;
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    @Override
    public Object parameter(String name) {
        return Objects.requireNonNull(state.parameters().values().get(name));
    }

    @Override
    public Optional<Map<String, Integer>> variants(Set<String> tables) {
        // A view may outlive the tables as they are.
        return permanent ? Optional.empty() : Optional.of(presentVariants(tables));
    }

    @Override
    public Map<String, Integer> presentVariants(Set<String> tables) {
        Map<String, Integer> columns = new HashMap<>();
        try {
            for (VariantColumn column : VariantColumn.all(state.duck())) {
                if (tables.contains(column.table())) {
                    columns.merge(column.name(), column.place(), Math::min);
                }
            }
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
        return columns;
    }

    @Override
    public Optional<String> informationSchema(ObjectName name, boolean counted) {
        // A view would keep the numbers of the moment it was made at.
        return functions.informationSchema(
                state, name, permanent ? Set.of() : state.temporary(), counted && !permanent, permanent);
    }
}
