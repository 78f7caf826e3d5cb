package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A format of dates and times, such as `YYYY-MM-DD HH24:MI:SS.FF3`, as DuckDB's strftime writes it.
///
/// Source: docs.snowflake.com/en/sql-reference/date-time-input-output.
final class DateFormat {
    /// Longer elements before those they begin with.
    private static final Map<String, String> ELEMENTS = new LinkedHashMap<>();

    static {
        ELEMENTS.put("YYYY", "%Y");
        ELEMENTS.put("YY", "%y");
        ELEMENTS.put("MMMM", "%B");
        ELEMENTS.put("MON", "%b");
        ELEMENTS.put("MM", "%m");
        ELEMENTS.put("MI", "%M");
        ELEMENTS.put("DD", "%d");
        ELEMENTS.put("DY", "%a");
        ELEMENTS.put("HH24", "%H");
        ELEMENTS.put("HH12", "%I");
        ELEMENTS.put("AM", "%p");
        ELEMENTS.put("PM", "%p");
        ELEMENTS.put("SS", "%S");
        ELEMENTS.put("FF3", "%g");
        ELEMENTS.put("FF6", "%f");
        ELEMENTS.put("FF9", "%n");
        ELEMENTS.put("FF", "%n");
    }

    private DateFormat() {}

    static boolean isOne(String format) {
        String upper = format.toUpperCase(Locale.ROOT);
        return ELEMENTS.keySet().stream().anyMatch(upper::contains);
    }

    static String toDuck(String format) {
        StringBuilder duck = new StringBuilder();
        String upper = format.toUpperCase(Locale.ROOT);
        int at = 0;
        while (at < format.length()) {
            int here = at;
            String element = ELEMENTS.keySet().stream()
                    .filter(one -> upper.startsWith(one, here))
                    .findFirst()
                    .orElse("");
            boolean digits =
                    element.equals("FF") && at + 2 < format.length() && Character.isDigit(format.charAt(at + 2));
            if (digits) {
                throw SnowflakeError.unsupported("The date or time format '" + format + "' at '" + format.substring(at)
                        + "' (but FF, FF3, FF6 and FF9)");
            }
            if (!element.isEmpty()) {
                duck.append(ELEMENTS.get(element));
                at += element.length();
            } else if (format.charAt(at) == '"' && format.indexOf('"', at + 1) > at) {
                int end = format.indexOf('"', at + 1);
                duck.append(format, at + 1, end);
                at = end + 1;
            } else if (Character.isLetter(format.charAt(at)) && upper.charAt(at) != 'T') {
                throw SnowflakeError.unsupported(
                        "The date or time format '" + format + "' at '" + format.substring(at) + "'");
            } else {
                duck.append(format.charAt(at) == '%' ? "%%" : format.substring(at, at + 1));
                at++;
            }
        }
        return duck.toString();
    }
}
