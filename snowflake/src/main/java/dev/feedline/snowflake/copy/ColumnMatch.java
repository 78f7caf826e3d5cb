package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.ColumnInfo;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.sql.Command.MatchBy;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// MATCH_BY_COLUMN_NAME: which of the table's columns a name in the file means.
final class ColumnMatch {
    private final TableInfo table;
    private final MatchBy match;
    private final Set<String> seen = new HashSet<>();

    ColumnMatch(TableInfo table, MatchBy match) {
        this.table = table;
        this.match = match;
    }

    Optional<ColumnInfo> find(String fileName) {
        return table.columns().stream()
                .filter(column -> match == MatchBy.CASE_SENSITIVE
                        ? column.name().equals(fileName)
                        : column.name().equalsIgnoreCase(fileName))
                .findFirst();
    }

    /// Two of a file's names that mean the same column are refused, rather than one chosen.
    void refuseTwin(String fileName) {
        String key = match == MatchBy.CASE_SENSITIVE ? fileName : fileName.toUpperCase(Locale.ROOT);
        if (!seen.add(key)) {
            throw new FileFailure(
                    SnowflakeError.BAD_FILE,
                    "The file has more than one column named " + fileName
                            + (match == MatchBy.CASE_SENSITIVE ? "" : " (without case)"));
        }
    }
}
