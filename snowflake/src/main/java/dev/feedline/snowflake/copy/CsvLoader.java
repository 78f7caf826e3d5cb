package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.CsvFormat;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Loads CSV: Feedline's own reading, which knows line, character and column of every error, and DuckDB's Appender.
final class CsvLoader implements FileLoader {
    private final SchemaEvolution evolution;

    CsvLoader(Tables tables) {
        this.evolution = new SchemaEvolution(tables);
    }

    /// Which field goes into which column of the table as it is now.
    private record Filling(TableInfo table, int[] targets) {}

    @Override
    public Loaded load(Duck duck, TableInfo table, CopySpec spec, LocalFile file, Instant scanStart, RowErrors errors)
            throws SQLException {
        CsvFormat format = (CsvFormat) spec.format();
        Filling filling = spec.match() == MatchBy.NONE
                ? new Filling(table, IntStream.range(0, table.columns().size()).toArray())
                : byName(duck, table, spec, format, file);
        TableInfo now = filling.table();
        long before = errors.count();
        long rows = duck.call(connection -> {
            try (DuckDBAppender appender = connection.createAppender(
                    now.name().duckDatabase(),
                    now.name().duckSchema(),
                    now.name().duckName())) {
                RowAppender rowAppender =
                        new RowAppender(now, MetadataColumns.of(now, spec), file.staged(), scanStart, appender);
                CsvRow csv = new CsvRow(format, now, filling.targets());
                return CsvFile.<SQLException>read(file.path(), format, errors, (record, number) -> {
                    @Nullable Object[] values = rowAppender.row();
                    csv.fill(record, number, values);
                    try {
                        rowAppender.append(values, number);
                    } catch (FileFailure e) {
                        throw e.at(number, record.line(), 1);
                    }
                });
            }
        });
        return new Loaded(rows, rows - (errors.count() - before), now);
    }

    private Filling byName(Duck duck, TableInfo table, CopySpec spec, CsvFormat format, LocalFile file)
            throws SQLException {
        List<String> header = CsvFile.header(file.path(), format).orElse(List.of());
        ColumnMatch match = new ColumnMatch(table, spec.match());
        header.forEach(match::refuseTwin);
        int expected = table.columns().size() - spec.metadata().size();
        if (format.errorOnColumnCountMismatch() && !header.isEmpty() && header.size() != expected) {
            throw CsvRow.count(header.size(), expected, 0, 1, 1);
        }
        TableInfo now = table.schemaEvolution() ? evolved(duck, table, spec, format, file, header) : table;
        ColumnMatch found = new ColumnMatch(now, spec.match());
        int[] targets = new int[header.size()];
        Arrays.setAll(
                targets,
                i -> found.find(header.get(i))
                        .filter(column -> !spec.metadata().containsKey(column.name()))
                        .map(now.columns()::indexOf)
                        .orElse(CsvRow.IGNORED));
        return new Filling(now, targets);
    }

    /// A first reading of the file finds the types of the columns the table lacks.
    private TableInfo evolved(
            Duck duck, TableInfo table, CopySpec spec, CsvFormat format, LocalFile file, List<String> header)
            throws SQLException {
        ColumnMatch match = new ColumnMatch(table, spec.match());
        Set<String> present = new HashSet<>(spec.metadata().keySet());
        Map<Integer, CsvTypes> types = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            match.find(header.get(i)).map(ColumnInfo::name).ifPresent(present::add);
            if (match.find(header.get(i)).isEmpty()) {
                types.put(i, new CsvTypes(format));
            }
        }
        if (!types.isEmpty()) {
            // Bad rows are told by the second reading.
            CsvFile.<RuntimeException>read(
                    file.path(),
                    format,
                    RowErrors.counting(),
                    (record, number) -> types.forEach((i, type) -> {
                        if (record.flaw() == null && i < record.size() && !CsvRow.isNull(record.field(i), format)) {
                            type.see(record.field(i).text());
                        }
                    }));
        }
        Map<String, SnowflakeType> missing = new LinkedHashMap<>();
        types.forEach((i, type) -> missing.put(SchemaEvolution.newName(header.get(i), spec.match()), type.type()));
        present.addAll(missing.keySet());
        return evolution.evolve(duck, table, missing, present);
    }
}
