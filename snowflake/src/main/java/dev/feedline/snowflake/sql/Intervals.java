package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `INTERVAL '1 year, 3 days'`: parts that are added one after the other, in their order.
///
/// Source: docs.snowflake.com/en/sql-reference/data-types-datetime, interval constants.
final class Intervals {
    private static final Pattern PART = Pattern.compile("\\s*(-?\\d+)\\s*([A-Za-z_]*)\\s*");

    private Intervals() {}

    /// @param to what it is added to or taken from; empty where nothing stands before it
    /// @param sign `+` or `-`
    static String added(Optional<String> to, String sign, String text) {
        List<String> parts = new ArrayList<>();
        String sum = to.orElse("");
        for (String part : text.split(",", -1)) {
            Matcher read = PART.matcher(part);
            if (!read.matches()) {
                throw SnowflakeError.SYNTAX.with("invalid interval '" + text + "'.");
            }
            String unit = read.group(2).isEmpty() ? "second" : read.group(2);
            String number = sign.equals("-") ? "-(" + read.group(1) + ")" : read.group(1);
            parts.add(DateForms.interval("'" + unit + "'", number));
            sum = to.isPresent() ? DateForms.plus("'" + unit + "'", number, sum) : "";
        }
        return to.isPresent() ? sum : "(" + String.join(" + ", parts) + ")";
    }
}
