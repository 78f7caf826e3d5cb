package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeType;
import dev.feedline.snowflake.StatementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a SHOW being gathered under their columns; a column given as a plain string is a text
/// one.
final class ShowRows {
    static final ResultColumn CREATED_ON = new ResultColumn("created_on", SnowflakeType.TIMESTAMP_LTZ, true);

    /// What Snowflake shows as the owner of everything an administrator made.
    static final String OWNER = "ACCOUNTADMIN";
    private final List<ResultColumn> columns;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    ShowRows(Object... columns) {
        this.columns = Arrays.stream(columns)
                .map(column -> column instanceof ResultColumn typed ? typed : ResultColumn.text((String) column))
                .toList();
    }

    void add(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalStateException(values.length + " values for " + columns.size() + " columns");
        }
        rows.add(Arrays.asList(values));
    }

    Result result(StatementType type, int limit) {
        return Result.of(type, columns, rows.subList(0, Math.min(limit, rows.size())));
    }
}
