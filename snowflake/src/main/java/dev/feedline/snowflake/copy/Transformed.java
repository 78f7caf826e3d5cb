package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.Command.CopyInto;
import dev.feedline.snowflake.sql.Command.Transformation;
import dev.feedline.snowflake.sql.Context;
import dev.feedline.snowflake.sql.Translator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a COPY computes from the columns `$1`, … of staged files, and into which of the table's columns.
///
/// @param columns of the table; empty for all
/// @param items one for each of them; empty where a list of columns takes the file's fields as they come
/// @param alias of the stage, else empty
public record Transformed(List<String> columns, List<Item> items, String alias) {
    private static final Pattern POSITION = Pattern.compile("(?:\\w+\\.)?\\$(\\d{1,4})");

    /// No function of a session's is known to a load.
    private static final Translator TRANSLATOR = new Translator(new Context() {});

    /// One expression.
    ///
    /// @param sql as DuckDB reads it
    /// @param written as the statement has it
    /// @param position of a field that is taken as it is, from 1; 0 for any other expression
    public record Item(String sql, String written, int position) {}

    /// Empty for a COPY without columns or a SELECT.
    static Optional<Transformed> of(CopyInto copy) {
        if (copy.transformation().isEmpty()) {
            return copy.columns().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Transformed(copy.columns(), List.of(), ""));
        }
        Transformation select = copy.transformation().get();
        List<Item> items = new ArrayList<>();
        for (String expression : select.expressions()) {
            Matcher position = POSITION.matcher(expression);
            items.add(new Item(
                    TRANSLATOR.staged(expression, select.alias()),
                    expression,
                    position.matches() ? Integer.parseInt(position.group(1)) : 0));
        }
        if (!copy.columns().isEmpty() && copy.columns().size() != items.size()) {
            throw mismatch(copy.columns().size(), items.size());
        }
        return Optional.of(new Transformed(copy.columns(), items, select.alias()));
    }

    static dev.feedline.snowflake.SnowflakeException mismatch(int expected, int got) {
        return SnowflakeError.COLUMN_LIST.with(
                "Insert value list does not match column list expecting " + expected + " but got " + got);
    }

    /// Whether there is a SELECT, and not only a list of columns.
    boolean isSelect() {
        return !items.isEmpty();
    }

    /// The items, of a list of columns `$1`, `$2`, …
    List<Item> itemsFor(int count) {
        return isSelect()
                ? items
                : IntStream.rangeClosed(1, count)
                        .mapToObj(i -> new Item("\"$" + i + "\"", "$" + i, i))
                        .toList();
    }

    /// The highest position that any expression names, at least 1.
    int width() {
        Pattern one = Pattern.compile("\"\\$(\\d{1,4})\"");
        int width = 1;
        for (Item item : items) {
            Matcher matcher = one.matcher(item.sql());
            while (matcher.find()) {
                width = Math.max(width, Integer.parseInt(matcher.group(1)));
            }
        }
        return width;
    }
}
