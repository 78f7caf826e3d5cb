package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.Command.MatchBy;
import dev.feedline.snowflake.sql.Command.Metadata;
import dev.feedline.snowflake.sql.CsvFormat;
import dev.feedline.snowflake.sql.FileFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A COPY with all its names looked up: from where, how to read, into what.
///
/// @param stage the stage's own location
/// @param from the place below it that the COPY names
/// @param transformed a SELECT or a list of columns
public record CopySpec(
        Qualified table,
        StageUrl stage,
        StageUrl from,
        Optional<String> pattern,
        FileFormat format,
        MatchBy match,
        Map<String, Metadata> metadata,
        Optional<Transformed> transformed) {
    /// Whether an object is one that this COPY would load.
    public boolean takes(StagedFile file) {
        return from.holds(file.bucket(), file.key())
                && !file.key().endsWith("/")
                && StageFiles.matching(pattern, stage).test(file);
    }

    /// Refuses a table that this COPY could load no file into.
    public void requireFits(TableInfo into) {
        if (transformed.isPresent()) {
            List<ColumnInfo> columns = TransformLoader.targets(into, transformed.get());
            if (transformed.get().isSelect() || format instanceof CsvFormat) {
                return;
            }
            requireOneVariant(columns);
            return;
        }
        if (format instanceof CsvFormat csv) {
            if (match != MatchBy.NONE && !csv.parseHeader()) {
                throw SnowflakeError.INVALID_VALUE.with(
                        "MATCH_BY_COLUMN_NAME of CSV files needs the file format option PARSE_HEADER = TRUE.");
            }
            MetadataColumns.of(into, this);
            return;
        }
        if (match == MatchBy.NONE) {
            requireOneVariant(into.columns());
        }
        MetadataColumns.of(into, this);
    }

    private void requireOneVariant(List<ColumnInfo> columns) {
        if (columns.size() != 1 || !columns.getFirst().type().kind().semiStructured()) {
            throw SnowflakeError.SEMI_STRUCTURED_COPY.with(format.type()
                    + " file format can produce one and only one column of type variant, object, or array. Load data"
                    + " into separate columns using the MATCH_BY_COLUMN_NAME copy option or copy with"
                    + " transformation.");
        }
    }
}
