package dev.feedline.snowflake.session;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Objects;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.ObjectName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// SYSTEM$PIPE_STATUS and the table functions and views of INFORMATION_SCHEMA.
public final class WarehouseFunctions implements SystemFunctions {
    private final Warehouse warehouse;

    public WarehouseFunctions(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    @Override
    public Optional<String> value(SessionState state, String function, List<String> arguments) {
        if (function.equals("GET_DDL") && arguments.size() >= 2) {
            return Optional.of(new ObjectText(warehouse, state).of(arguments.get(0), arguments.get(1)));
        }
        if (!function.equals("SYSTEM$PIPE_STATUS")) {
            return Optional.empty();
        }
        if (arguments.size() != 1) {
            throw SnowflakeError.SYNTAX.with("SYSTEM$PIPE_STATUS takes a pipe's name.");
        }
        try {
            Qualified name = state.scope().resolve(CommandParser.name(arguments.getFirst()));
            StoredObject pipe = warehouse.databases().find(name.database()).isPresent()
                    ? warehouse.objects().require(state.duck(), ObjectKind.PIPE, name)
                    : missing(name);
            return Optional.of(warehouse.pipes().status(state.duck(), pipe));
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    @Override
    public Optional<String> tableFunction(SessionState state, ObjectName name, Map<String, String> arguments) {
        List<String> parts = name.parts();
        if (parts.getLast().equals("VALIDATE_PIPE_LOAD")) {
            return Optional.of(new PipeErrors(warehouse, state).subquery(arguments));
        }
        if (parts.size() < 2 || !parts.get(parts.size() - 2).equals("INFORMATION_SCHEMA")) {
            return Optional.empty();
        }
        return parts.getLast().equals("COPY_HISTORY")
                ? Optional.of(CopyHistory.subquery(state, arguments, shownSince()))
                : Optional.empty();
    }

    @Override
    public Optional<String> sequence(SessionState state, ObjectName written) {
        if (state.scope().database().isEmpty() && written.parts().size() < 3) {
            return Optional.empty();
        }
        try {
            Qualified name = state.scope().resolve(written);
            boolean there = warehouse.databases().find(name.database()).isPresent()
                    && warehouse
                            .objects()
                            .find(state.duck(), ObjectKind.SEQUENCE, name)
                            .isPresent();
            return there ? Optional.of(name.duck()) : Optional.empty();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    @Override
    public Optional<String> informationSchema(
            SessionState state, ObjectName name, Set<Qualified> temporary, boolean counted, boolean lasting) {
        Optional<String> database = name.parts().size() == 3
                ? Optional.of(name.parts().getFirst())
                : state.scope().database();
        return name.last().equals("LOAD_HISTORY")
                ? database.map(of -> CopyHistory.loads(of, temporary, shownSince()))
                : database.flatMap(of -> new StoredViews(warehouse, state, of, lasting)
                        .subquery(name.last())
                        .or(() -> InformationSchema.subquery(
                                of,
                                name.last(),
                                temporary,
                                () -> counted ? rowCounts(state, of) : Map.of(),
                                () -> lasting
                                        ? List.of()
                                        : warehouse.databases().all())));
    }

    private Map<Qualified, Long> rowCounts(SessionState state, String database) {
        try {
            return warehouse.databases().find(database).isPresent()
                    ? warehouse.tables().rowCounts(state.duck(), database)
                    : Map.of();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    private Instant shownSince() {
        return warehouse.ground().clock().instant().minus(LoadHistory.SHOWN);
    }

    private static StoredObject missing(Qualified name) {
        throw Objects.missing(ObjectKind.PIPE, name);
    }
}
