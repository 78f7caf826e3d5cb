package dev.feedline.snowflake.session;

import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.Command;
import dev.feedline.snowflake.sql.CommandParser;
import dev.feedline.snowflake.sql.FileFormat;
import dev.feedline.snowflake.sql.ObjectKind;
import dev.feedline.snowflake.sql.Quoting;
import dev.feedline.snowflake.sql.StageOptions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// INFORMATION_SCHEMA's views of stages, file formats, pipes and sequences. What stands in their definitions is read at
/// the moment of the query: in a view over them it is NULL.
///
/// Columns and their order: docs.snowflake.com/en/sql-reference/info-schema.
final class StoredViews {
    private static final String NOT_APPLICABLE = "CAST(NULL AS VARCHAR)";
    /// When one was altered is not known.
    private static final String CREATED =
            "created_on AS CREATED, CAST(NULL AS TIMESTAMP WITH TIME ZONE) AS LAST_ALTERED";
    private static final List<String> FORMAT_OPTIONS = List.of(
            "RECORD_DELIMITER",
            "FIELD_DELIMITER",
            "SKIP_HEADER",
            "DATE_FORMAT",
            "TIME_FORMAT",
            "TIMESTAMP_FORMAT",
            "BINARY_FORMAT",
            "ESCAPE",
            "ESCAPE_UNENCLOSED_FIELD",
            "TRIM_SPACE",
            "FIELD_OPTIONALLY_ENCLOSED_BY",
            "NULL_IF",
            "COMPRESSION",
            "ERROR_ON_COLUMN_COUNT_MISMATCH");

    private final Warehouse warehouse;
    private final SessionState state;
    private final String database;
    private final boolean lasting;

    /// @param lasting for a view, which would keep what it is told
    StoredViews(Warehouse warehouse, SessionState state, String database, boolean lasting) {
        this.warehouse = warehouse;
        this.state = state;
        this.database = database;
        this.lasting = lasting;
    }

    /// @return empty when there is no such view here
    Optional<String> subquery(String view) {
        return switch (view) {
            case "STAGES" ->
                Optional.of(view(
                        ObjectKind.STAGE,
                        "STAGE",
                        3,
                        this::stage,
                        Stream.of(
                                told(1, "STAGE_URL"),
                                told(2, "STAGE_REGION"),
                                told(3, "STAGE_TYPE"),
                                owner("STAGE"),
                                "nullif(comment, '') AS COMMENT",
                                CREATED)));
            case "FILE_FORMATS" -> Optional.of(formats());
            case "PIPES" ->
                Optional.of(view(
                        ObjectKind.PIPE,
                        "PIPE",
                        4,
                        this::pipe,
                        Stream.of(
                                owner("PIPE"),
                                told(1, "DEFINITION"),
                                told(2, "IS_AUTOINGEST_ENABLED"),
                                told(3, "NOTIFICATION_CHANNEL_NAME"),
                                CREATED,
                                "nullif(comment, '') AS COMMENT",
                                told(4, "PATTERN"))));
            case "SEQUENCES" ->
                Optional.of(view(
                        ObjectKind.SEQUENCE,
                        "SEQUENCE",
                        4,
                        this::sequence,
                        Stream.of(
                                owner("SEQUENCE"),
                                "'NUMBER' AS DATA_TYPE",
                                number("38", "NUMERIC_PRECISION"),
                                number("10", "NUMERIC_PRECISION_RADIX"),
                                number("0", "NUMERIC_SCALE"),
                                told(1, "START_VALUE"),
                                NOT_APPLICABLE + " AS MINIMUM_VALUE",
                                NOT_APPLICABLE + " AS MAXIMUM_VALUE",
                                told(2, "NEXT_VALUE"),
                                told(3, "\"INCREMENT\""),
                                NOT_APPLICABLE + " AS CYCLE_OPTION",
                                CREATED,
                                told(4, "ORDERED"),
                                "nullif(comment, '') AS COMMENT")));
            default -> Optional.empty();
        };
    }

    private static String told(int number, String name) {
        return "CAST(c" + number + " AS VARCHAR) AS " + name;
    }

    private static String owner(String prefix) {
        return Quoting.literal(ShowRows.OWNER) + " AS " + prefix + "_OWNER";
    }

    private static String number(String value, String name) {
        return "CAST(" + value + " AS DECIMAL(38,0)) AS " + name;
    }

    private String formats() {
        Stream.Builder<String> columns = Stream.builder();
        columns.add(owner("FILE_FORMAT")).add(told(1, "FILE_FORMAT_TYPE"));
        for (int i = 0; i < FORMAT_OPTIONS.size(); i++) {
            String option = FORMAT_OPTIONS.get(i);
            columns.add(option.equals("SKIP_HEADER") ? number("c" + (i + 2), option) : told(i + 2, option));
        }
        columns.add(CREATED).add("nullif(comment, '') AS COMMENT");
        return view(ObjectKind.FILE_FORMAT, "FILE_FORMAT", FORMAT_OPTIONS.size() + 1, this::format, columns.build());
    }

    /// @param told what the definition of one says: `c1` to `cn`
    private String view(
            ObjectKind kind,
            String prefix,
            int n,
            Function<StoredObject, List<@Nullable Object>> told,
            Stream<String> columns) {
        List<StoredObject> objects = lasting ? List.of() : objects(kind);
        String rows = objects.isEmpty()
                ? row("", Collections.nCopies(n, null))
                : objects.stream()
                        .map(object -> row(object.id(), told.apply(object)))
                        .collect(Collectors.joining(", "));
        String names = IntStream.rangeClosed(0, n).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "SELECT " + Quoting.literal(database) + " AS " + prefix + "_CATALOG, schema_name AS " + prefix
                + "_SCHEMA, name AS " + prefix + "_NAME, " + columns.collect(Collectors.joining(", ")) + " FROM "
                + Quoting.identifier(database) + ".main._objects LEFT JOIN (VALUES " + rows + ") told (" + names
                + ") ON c0 = id WHERE kind = " + Quoting.literal(kind.name());
    }

    private static String row(String id, List<@Nullable Object> values) {
        return values.stream()
                .map(value -> value == null ? "NULL" : Quoting.literal(value.toString()))
                .collect(Collectors.joining(", ", "(" + Quoting.literal(id) + ", ", ")"));
    }

    private List<StoredObject> objects(ObjectKind kind) {
        try {
            return warehouse.databases().find(database).isPresent()
                    ? warehouse.objects().list(state.duck(), kind, database, Optional.empty())
                    : List.of();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    private List<@Nullable Object> stage(StoredObject stage) {
        StageOptions options = ((Command.CreateStage) CommandParser.parse(stage.definition())).options();
        return options.url().isEmpty()
                ? Arrays.asList(null, null, "Internal Named")
                : List.of(options.url(), warehouse.ground().account().region(), "External Named");
    }

    private List<@Nullable Object> pipe(StoredObject stored) {
        Command.CreatePipe pipe = (Command.CreatePipe) CommandParser.parse(stored.definition());
        return Arrays.asList(
                pipe.definition(),
                pipe.autoIngest() ? "YES" : "NO",
                pipe.autoIngest() ? warehouse.pipes().notificationChannel() : null,
                pipe.copy().pattern().orElse(null));
    }

    private List<@Nullable Object> sequence(StoredObject stored) {
        Command.CreateSequence sequence = (Command.CreateSequence) CommandParser.parse(stored.definition());
        try {
            long next = new ShowLookup(warehouse, state).nextValue(stored.name(), sequence);
            return List.of(sequence.start(), next, sequence.step(), sequence.ordered() ? "YES" : "NO");
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    private List<@Nullable Object> format(StoredObject stored) {
        FileFormat format = ((Command.CreateFileFormat) CommandParser.parse(stored.definition())).format();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(format.type().name());
        FORMAT_OPTIONS.forEach(option -> values.add(format.options().get(option)));
        return values;
    }
}
