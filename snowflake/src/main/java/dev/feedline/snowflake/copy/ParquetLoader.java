package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.Command.Metadata;
import dev.feedline.snowflake.sql.DuckType;
import dev.feedline.snowflake.sql.ParquetFormat;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Loads Parquet: one INSERT … SELECT from DuckDB's own reader, every value cast without loss.
final class ParquetLoader implements FileLoader {
    private final SchemaEvolution evolution;
    private final ParquetShapes shapes;

    ParquetLoader(Tables tables, ParquetShapes shapes) {
        this.evolution = new SchemaEvolution(tables);
        this.shapes = shapes;
    }

    /// Which expression fills which column of the table as it is now.
    ///
    /// @param flaws what [LosslessCast#flaw] says of each column
    private record Filling(TableInfo table, Map<String, String> expressions, List<String> flaws) {}

    @Override
    public Loaded load(Duck duck, TableInfo table, CopySpec spec, LocalFile local, Instant scanStart, RowErrors errors)
            throws SQLException {
        List<ParquetFile> file = List.of(ParquetFile.of(local));
        return errors.tolerant()
                ? loadGood(duck, table, spec, file, scanStart, errors)
                : load(duck, table, spec, file, scanStart).getFirst();
    }

    /// Whether rows are loaded by one INSERT that know their file by its name or content.
    static boolean tellsFilesApart(CopySpec spec) {
        return spec.metadata().values().stream().anyMatch(what -> switch (what) {
            case FILENAME, FILE_CONTENT_KEY, FILE_LAST_MODIFIED -> true;
            case FILE_ROW_NUMBER, START_SCAN_TIME -> false;
        });
    }

    /// Loads files of one shape by one INSERT: its planning takes longer than the rows of a small file.
    ///
    /// @param files one, or several of a COPY that does not tell them apart
    /// @return what became of each
    /// @throws SQLException at the first bad row, of whichever file
    List<Loaded> load(Duck duck, TableInfo table, CopySpec spec, List<ParquetFile> files, Instant scanStart)
            throws SQLException {
        Filling filling = filling(duck, table, spec, files.getFirst(), scanStart);
        long inserted = duck.execute(insert(filling, files));
        long rows = files.stream().mapToLong(file -> file.footer().rows()).sum();
        if (inserted != rows) {
            throw ParquetFooter.damaged("it has " + inserted + " rows, and its footer tells of " + rows);
        }
        return files.stream()
                .map(file -> new Loaded(file.footer().rows(), file.footer().rows(), filling.table()))
                .toList();
    }

    /// Loads the rows of a file that are good, and counts the others.
    private Loaded loadGood(
            Duck duck, TableInfo table, CopySpec spec, List<ParquetFile> file, Instant scanStart, RowErrors errors)
            throws SQLException {
        Filling filling = filling(duck, table, spec, file.getFirst(), scanStart);
        String flaw = filling.flaws().isEmpty() ? "NULL" : "coalesce(" + String.join(", ", filling.flaws()) + ")";
        long parsed = count(
                duck,
                "SELECT CAST(" + flaw + " AS VARCHAR) flaw, file_row_number + 1 AS row_number FROM "
                        + ParquetFile.reading(file),
                errors);
        return new Loaded(parsed, duck.execute(insert(filling, file) + " WHERE " + flaw + " IS NULL"), filling.table());
    }

    private Filling filling(Duck duck, TableInfo table, CopySpec spec, ParquetFile file, Instant scanStart)
            throws SQLException {
        List<FileColumn> columns = shapes.columns(duck, file, (ParquetFormat) spec.format());
        return spec.match() == MatchBy.NONE
                ? wholeRow(table, columns)
                : byName(duck, table, spec, columns, file.local(), scanStart);
    }

    private static String insert(Filling filling, List<ParquetFile> files) {
        List<String> names =
                filling.expressions().keySet().stream().map(Quoting::identifier).toList();
        return "INSERT INTO " + filling.table().name().duck() + " (" + String.join(", ", names) + ") SELECT "
                + String.join(", ", filling.expressions().values()) + " FROM " + ParquetFile.reading(files);
    }

    /// Counts the rows, and tells of the bad ones.
    ///
    /// @param flaws a query of each row's `flaw` and `row_number`
    static long count(Duck duck, String flaws, RowErrors errors) throws SQLException {
        record Counted(long rows, long bad) {}
        Counted counted = duck.first(
                        "SELECT count(*), count(flaw) FROM (" + flaws + ")",
                        row -> new Counted(row.getLong(1), row.getLong(2)))
                .orElseThrow();
        if (counted.bad() > 0) {
            errors.addAll(
                    duck.query(
                            "SELECT row_number, flaw FROM (" + flaws + ") WHERE flaw IS NOT NULL ORDER BY row_number"
                                    + " LIMIT " + RowErrors.MOST_KEPT,
                            row -> LoadError.ofText(row.getLong(1), row.getString(2), null)),
                    counted.bad());
        }
        return counted.rows();
    }

    private static Filling wholeRow(TableInfo table, List<FileColumn> columns) {
        return new Filling(table, Map.of(table.columns().getFirst().name(), row(columns)), List.of());
    }

    /// A row as one JSON object.
    static String row(List<FileColumn> columns) {
        return JsonText.jsonObject(
                columns.stream().map(FileColumn::name).toList(),
                columns.stream().map(FileColumn::value).toList(),
                columns.stream().map(column -> NestedType.parse(column.type())).toList());
    }

    private Filling byName(
            Duck duck, TableInfo table, CopySpec spec, List<FileColumn> columns, LocalFile file, Instant scanStart)
            throws SQLException {
        Map<ColumnInfo, Metadata> metadata = MetadataColumns.of(table, spec);
        ColumnMatch match = new ColumnMatch(table, spec.match());
        Map<String, FileColumn> matched = new LinkedHashMap<>();
        Map<String, SnowflakeType> missing = new LinkedHashMap<>();
        for (FileColumn column : columns) {
            match.refuseTwin(column.name());
            Optional<ColumnInfo> found = match.find(column.name());
            String name = found.map(ColumnInfo::name).orElse(SchemaEvolution.newName(column.name(), spec.match()));
            if (found.isEmpty() && !table.schemaEvolution()) {
                continue;
            }
            if (found.isEmpty()) {
                missing.put(name, typeOf(column));
            }
            matched.put(name, column);
        }
        metadata.keySet().forEach(column -> matched.remove(column.name()));
        List<String> present = new ArrayList<>(matched.keySet());
        metadata.keySet().forEach(column -> present.add(column.name()));
        TableInfo evolved = evolution.evolve(duck, table, missing, java.util.Set.copyOf(present));
        Map<String, String> expressions = new LinkedHashMap<>();
        List<String> flaws = new ArrayList<>();
        for (ColumnInfo column : evolved.columns()) {
            FileColumn from = matched.get(column.name());
            if (from != null) {
                refuseIllogical(spec, from);
                expressions.put(column.name(), LosslessCast.of(from, column.name(), column.type()));
                LosslessCast.flaw(from, column.name(), column.type()).ifPresent(flaws::add);
            } else {
                // A column the file lacks is NULL, not its DEFAULT.
                expressions.put(column.name(), "NULL");
            }
            if (!column.nullable() && !metadata.containsKey(column)) {
                String isNull = (from == null ? "NULL" : from.value()) + " IS NULL";
                flaws.add("CASE WHEN " + isNull + " THEN " + missing(column) + " END");
                expressions.computeIfPresent(
                        column.name(),
                        (name, value) -> "CASE WHEN " + isNull + " THEN " + LosslessCast.error(missing(column))
                                + " ELSE " + value + " END");
            }
        }
        metadata.forEach((column, what) -> expressions.put(column.name(), metadata(what, column, file, scanStart)));
        return new Filling(evolved, expressions, flaws);
    }

    /// The flaw of a row without a value for a column that must have one.
    private static String missing(ColumnInfo column) {
        return Quoting.literal(column.name().replace("|", "/") + "|" + SnowflakeError.NULL_NOT_ALLOWED
                + "|NULL result in a non-nullable column");
    }

    /// Without USE_LOGICAL_TYPE Snowflake reads a timestamp's microseconds as seconds and loads
    /// nonsense; a refusal helps more.
    private static void refuseIllogical(CopySpec spec, FileColumn column) {
        if (!((ParquetFormat) spec.format()).useLogicalType() && column.type().matches("(TIMESTAMP|TIME).*")) {
            throw new FileFailure(
                    SnowflakeError.BAD_FILE,
                    "Column " + column.name() + " of the file is a " + column.type()
                            + "; the file format needs USE_LOGICAL_TYPE = TRUE to load it");
        }
    }

    private static SnowflakeType typeOf(FileColumn column) {
        return switch (NestedType.parse(column.type())) {
            case NestedType.Plain plain -> DuckType.toSnowflake(column.type());
            case NestedType.ListOf list -> SnowflakeType.VARIANT;
            case NestedType.MapOf map -> SnowflakeType.VARIANT;
            case NestedType.Struct struct -> SnowflakeType.VARIANT;
        };
    }

    private static String metadata(Metadata what, ColumnInfo column, LocalFile file, Instant scanStart) {
        return switch (what) {
            case FILENAME -> Quoting.literal(file.staged().key());
            case FILE_CONTENT_KEY -> Quoting.literal(file.staged().etag());
            case FILE_ROW_NUMBER -> "file_row_number + 1";
            case FILE_LAST_MODIFIED -> timestamp(file.staged().lastModified(), column);
            case START_SCAN_TIME -> timestamp(scanStart, column);
        };
    }

    private static String timestamp(Instant at, ColumnInfo column) {
        String zoned = "CAST(" + Quoting.literal(at.toString()) + " AS TIMESTAMP WITH TIME ZONE)";
        return column.type().kind() == SnowflakeType.Kind.TIMESTAMP_NTZ ? "timezone('UTC', " + zoned + ")" : zoned;
    }
}
