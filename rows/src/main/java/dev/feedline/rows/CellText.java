package dev.feedline.rows;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The texts of cells that are numbers or booleans.
final class CellText {
    // Snowflake's words for booleans: docs.snowflake.com, "Boolean data type conversion".
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

    private CellText() {}

    /// The text without the blanks around it.
    static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static @Nullable Boolean bool(String text) {
        String word = text.length() > 5 ? "" : text.toLowerCase(Locale.ROOT);
        return TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
    }

    /// The number in a form that [Numeral] takes apart, or null when the text is none: digits with a
    /// sign, a point and an exponent where wanted, and nothing else.
    static @Nullable String number(String text) {
        int from = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int at = digits(text, from);
        int count = at - from;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            count += fraction - at - 1;
            at = fraction;
        }
        if (count == 0) {
            return null;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            at += at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? 1 : 0;
            int exponent = digits(text, at);
            if (exponent == at) {
                return null;
            }
            at = exponent;
        }
        return at < text.length() ? null : text.charAt(0) == '+' ? text.substring(1) : text;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
