package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.Command.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which of the table's columns INCLUDE_METADATA fills.
final class MetadataColumns {
    private MetadataColumns() {}

    /// The table's columns by the names the table has them under, in the order written.
    static Map<ColumnInfo, Metadata> of(TableInfo table, CopySpec spec) {
        Map<ColumnInfo, Metadata> found = new LinkedHashMap<>();
        spec.metadata().forEach((name, metadata) -> {
            ColumnInfo column = find(table, name)
                    .orElseThrow(() -> SnowflakeError.INVALID_IDENTIFIER.with(
                            "error: invalid identifier '" + name + "' in INCLUDE_METADATA"));
            if (!fits(metadata, column.type().kind())) {
                throw SnowflakeError.INVALID_VALUE.with("METADATA$" + metadata + " does not fit the column " + name
                        + " " + column.type().sql());
            }
            found.put(column, metadata);
        });
        return found;
    }

    private static Optional<ColumnInfo> find(TableInfo table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    private static boolean fits(Metadata metadata, SnowflakeType.Kind kind) {
        return switch (metadata) {
            case FILENAME, FILE_CONTENT_KEY -> kind == SnowflakeType.Kind.VARCHAR;
            case FILE_ROW_NUMBER -> kind == SnowflakeType.Kind.NUMBER;
            case FILE_LAST_MODIFIED, START_SCAN_TIME ->
                kind == SnowflakeType.Kind.TIMESTAMP_NTZ
                        || kind == SnowflakeType.Kind.TIMESTAMP_LTZ
                        || kind == SnowflakeType.Kind.TIMESTAMP_TZ;
        };
    }
}
