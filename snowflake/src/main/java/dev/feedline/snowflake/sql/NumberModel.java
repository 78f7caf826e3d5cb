package dev.feedline.snowflake.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A fixed-position format of numbers, such as `$999,990.00MI`: how a number is written, and which texts are read.
///
/// Of the elements it knows `0 9 X , G . D $ S MI B FM` and literals; exponents, percent signs, `TM` and `FX` it does
/// not.
/// Texts are read as in Snowflake's lax mode: leading digits of `9` and group separators may be missing.
///
/// Source: docs.snowflake.com/en/sql-reference/sql-format-models.
public final class NumberModel {
    private static final String LITERALS = ";:-=/(),.";

    private final boolean compact;
    private final boolean blankZero;
    private final boolean dollar;
    private final Sign sign;
    private final String before;
    /// Digit elements and group separators in front of the point: `0`, `9`, `X`, `x` and `,`.
    private final String whole;
    private final boolean point;
    /// Digit elements behind the point.
    private final String fraction;
    private final String behind;
    private final Pattern read;

    /// Where the sign stands. `S` before the number floats to the first digit, as the sign does by default.
    private enum Sign {
        DEFAULT,
        S_BEFORE,
        S_BEHIND,
        MI_BEFORE,
        MI_BEHIND;

        boolean isExplicit() {
            return this != DEFAULT;
        }
    }

    private NumberModel(Parser parser) {
        this.compact = parser.compact;
        this.blankZero = parser.blankZero;
        this.dollar = parser.dollar;
        this.sign = parser.sign;
        this.before = parser.before.toString();
        this.whole = parser.whole.toString();
        this.point = parser.point;
        this.fraction = parser.fraction.toString();
        this.behind = parser.behind.toString();
        this.read = Pattern.compile(reading());
    }

    /// Empty when it is no such format.
    public static Optional<NumberModel> parse(String format) {
        Parser parser = new Parser(format);
        return parser.parse() ? Optional.of(new NumberModel(parser)) : Optional.empty();
    }

    /// Formats between `|`, any of which may read a text. Empty when one is no such format.
    public static Optional<List<NumberModel>> alternatives(String formats) {
        List<NumberModel> models = new ArrayList<>();
        for (String format : formats.split("\\|", -1)) {
            Optional<NumberModel> model = parse(format);
            if (model.isEmpty()) {
                return Optional.empty();
            }
            models.add(model.get());
        }
        return Optional.of(models);
    }

    /// What is not finite overflows.
    public String write(String number) {
        if (number.matches("(?i)-?(inf|infinity|nan)")) {
            return overflow(number.startsWith("-"));
        }
        BigDecimal value = number(number).setScale(fraction.length(), RoundingMode.HALF_UP);
        boolean negative = value.signum() < 0;
        if (isHexadecimal() && negative && !sign.isExplicit()) {
            throw new IllegalArgumentException("A negative number in hexadecimal digits needs S or MI in its format");
        }
        String digits = value.abs().unscaledValue().toString(isHexadecimal() ? 16 : 10);
        digits = "0".repeat(Math.max(0, fraction.length() - digits.length())) + digits;
        String decimals = digits.substring(digits.length() - fraction.length());
        String integer =
                digits.substring(0, digits.length() - fraction.length()).replaceFirst("^0+", "");
        int places = whole.replace(",", "").length();
        return integer.length() > places
                ? overflow(negative)
                : signed(
                        negative,
                        wholeText("0".repeat(places - integer.length()) + integer, integer.length()),
                        decimals);
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Numeric value '" + text + "' is not recognized", e);
        }
    }

    private String overflow(boolean negative) {
        return assembled(negative, whole.replaceAll("[^,]", "#"), point ? "." + fraction.replaceAll(".", "#") : "");
    }

    /// @param digits one for each place
    /// @param significant how many of them, from the right, are the number's own
    private String wholeText(String digits, int significant) {
        if (blankZero && significant == 0) {
            return " ".repeat(whole.length());
        }
        StringBuilder text = new StringBuilder();
        boolean begun = false;
        int places = digits.length();
        int place = 0;
        for (int i = 0; i < whole.length(); i++) {
            char element = whole.charAt(i);
            if (element == ',') {
                text.append(begun ? ',' : ' ');
                continue;
            }
            begun |= element == '0' || place >= places - significant || place == places - 1;
            char digit = digits.charAt(place++);
            text.append(!begun ? ' ' : lowerCase() ? digit : Character.toUpperCase(digit));
        }
        return text.toString();
    }

    private String signed(boolean negative, String integer, String decimals) {
        int kept = decimals.length();
        while (kept > 0 && decimals.charAt(kept - 1) == '0' && fraction.charAt(kept - 1) == '9') {
            kept--;
        }
        String text = decimals.substring(0, kept) + " ".repeat(decimals.length() - kept);
        return assembled(negative, integer, point ? "." + text : "");
    }

    private String assembled(boolean negative, String integer, String decimals) {
        int blanks = integer.length() - integer.stripLeading().length();
        String number = (dollar ? "$" : "") + integer.substring(blanks) + decimals;
        String own = negative ? "-" : sign == Sign.S_BEFORE || sign == Sign.S_BEHIND ? "+" : " ";
        String padding = " ".repeat(blanks);
        String text = switch (sign) {
            case DEFAULT, S_BEFORE -> padding + own + number;
            case MI_BEFORE -> own + padding + number;
            case S_BEHIND, MI_BEHIND -> padding + number + own;
        };
        return before + (compact ? text.replace(" ", "") : text) + behind;
    }

    private boolean isHexadecimal() {
        return whole.indexOf('X') >= 0 || lowerCase();
    }

    private boolean lowerCase() {
        return whole.indexOf('x') >= 0;
    }

    /// Empty when the text is none that this format reads.
    public Optional<BigDecimal> read(String text) {
        Matcher matcher = read.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String integer = matcher.group("whole").replace(",", "");
        String decimals = point && matcher.group("fraction") != null ? matcher.group("fraction") : "";
        if ((integer + decimals).isEmpty() || (integer.isEmpty() && !whole.isEmpty() && !blankZero)) {
            return Optional.empty();
        }
        BigDecimal value =
                new BigDecimal(new BigInteger("0" + integer + decimals, isHexadecimal() ? 16 : 10), decimals.length());
        return Optional.of("-".equals(matcher.group("sign")) ? value.negate() : value);
    }

    private String reading() {
        String mark = switch (sign) {
            case DEFAULT, MI_BEFORE, MI_BEHIND -> "(?<sign>[+-])?";
            case S_BEFORE, S_BEHIND -> "(?<sign>[+-])";
        };
        boolean ahead = sign != Sign.S_BEHIND && sign != Sign.MI_BEHIND;
        String places = point ? "(?:\\.(?<fraction>" + decimalsRead() + "))" + (fraction.contains("0") ? "" : "?") : "";
        return literal(before) + (ahead ? mark + " *" : "") + (dollar ? "\\$" : "") + "(?<whole>" + wholeRead() + ")"
                + places + (ahead ? "" : " *" + mark) + literal(behind);
    }

    private String wholeRead() {
        String digit = isHexadecimal() ? "[0-9A-Fa-f]" : "[0-9]";
        String text = "";
        boolean needed = false;
        for (int i = 0; i < whole.length(); i++) {
            char element = whole.charAt(i);
            if (element == ',') {
                continue;
            }
            needed |= element == '0';
            String group = i + 1 < whole.length() && whole.charAt(i + 1) == ',' ? ",?" : "";
            text = needed ? text + digit + group : "(?:" + text + digit + group + ")?";
        }
        return text;
    }

    private String decimalsRead() {
        String text = "";
        boolean needed = false;
        for (int i = fraction.length() - 1; i >= 0; i--) {
            needed |= fraction.charAt(i) == '0';
            text = needed ? "[0-9]" + text : "(?:[0-9]" + text + ")?";
        }
        return text;
    }

    private static String literal(String text) {
        StringBuilder pattern = new StringBuilder("(?i)");
        for (char c : text.strip().toCharArray()) {
            pattern.append(c == ' ' ? " +" : Pattern.quote(String.valueOf(c)));
        }
        return pattern.toString();
    }

    /// Reads a format from left to right.
    private static final class Parser {
        private final String format;
        private int at;
        private boolean compact;
        private boolean blankZero;
        private boolean dollar;
        private boolean point;
        private Sign sign = Sign.DEFAULT;
        private final StringBuilder before = new StringBuilder();
        private final StringBuilder whole = new StringBuilder();
        private final StringBuilder fraction = new StringBuilder();
        private final StringBuilder behind = new StringBuilder();

        private Parser(String format) {
            this.format = format;
        }

        private boolean parse() {
            compact = accept("FM");
            while (at < format.length() && !isDigit() && !accept("D")) {
                if (!element(true)) {
                    return false;
                }
            }
            point = at > 0
                    && at <= format.length()
                    && format.substring(0, at).toUpperCase(Locale.ROOT).endsWith("D");
            if (!point) {
                integer();
            }
            while (point && at < format.length() && (format.charAt(at) == '0' || format.charAt(at) == '9')) {
                fraction.append(format.charAt(at++));
            }
            while (at < format.length()) {
                if (isDigit() || !element(false)) {
                    return false;
                }
            }
            boolean mixed =
                    whole.toString().matches(".*9.*") && whole.toString().matches("(?i).*x.*");
            return !mixed
                    && whole.length() + fraction.length() > 0
                    && !(whole.toString().matches("(?i).*x.*") && point);
        }

        private void integer() {
            while (at < format.length()) {
                char c = Character.toUpperCase(format.charAt(at));
                if (isDigit()) {
                    whole.append(format.charAt(at));
                } else if (c == ',' || c == 'G') {
                    whole.append(',');
                } else {
                    point = c == '.' || c == 'D';
                    at += point ? 1 : 0;
                    return;
                }
                at++;
            }
        }

        private boolean isDigit() {
            return "09Xx".indexOf(format.charAt(at)) >= 0;
        }

        private boolean accept(String element) {
            if (!format.regionMatches(true, at, element, 0, element.length())) {
                return false;
            }
            at += element.length();
            return true;
        }

        /// A sign, `$`, `B` or a literal, each sign once.
        private boolean element(boolean ahead) {
            if (accept("MI")) {
                return sign(ahead ? Sign.MI_BEFORE : Sign.MI_BEHIND);
            }
            if (accept("S")) {
                return sign(ahead ? Sign.S_BEFORE : Sign.S_BEHIND);
            }
            if (ahead && !dollar && accept("$")) {
                dollar = true;
                return true;
            }
            if (ahead && !blankZero && accept("B")) {
                blankZero = true;
                return true;
            }
            return literal(ahead ? before : behind);
        }

        private boolean sign(Sign found) {
            boolean first = sign == Sign.DEFAULT;
            sign = found;
            return first;
        }

        private boolean literal(StringBuilder into) {
            if (LITERALS.indexOf(format.charAt(at)) >= 0) {
                into.append(format.charAt(at++));
                return true;
            }
            if (format.charAt(at) != '"') {
                return false;
            }
            for (at++; at < format.length(); at++) {
                if (format.charAt(at) != '"') {
                    into.append(format.charAt(at));
                } else if (at + 1 < format.length() && format.charAt(at + 1) == '"') {
                    into.append(format.charAt(at++));
                } else {
                    at++;
                    return true;
                }
            }
            return false;
        }
    }
}
