package dev.feedline.snowflake.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Regular expressions with a position, an occurrence or parameters.
///
/// Java's, which may go back over a text again and again; how often they may look at it is bounded.
/// Source: docs.snowflake.com/en/sql-reference/functions-regexp.
final class Regexes {
    /// Looks at a character of one text.
    private static final int MOST_LOOKS = 50_000_000;

    private static final Pattern CLASS =
            Pattern.compile("\\[:(alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit):]");

    private Regexes() {}

    /// @param occurrence counts from 1; 0 replaces all
    /// @param more the replacement, the group, or `option group` of INSTR
    static @Nullable String of(
            String operation, String text, String pattern, int position, int occurrence, String options, String more) {
        if (position < 1 || occurrence < 0) {
            throw new IllegalArgumentException("A regular expression's position and occurrence count from 1");
        }
        Matcher matcher = pattern(pattern, options).matcher(new Bounded(text, new int[1]));
        int from = Math.min(text.length(), position - 1);
        return switch (operation) {
            case "REPLACE" -> replaced(text, matcher, from, occurrence, replacement(more));
            case "SUBSTR" -> {
                List<String> found = all(text, matcher, from, group(options, more));
                yield occurrence <= found.size() ? found.get(Math.max(0, occurrence - 1)) : null;
            }
            case "ALL" -> {
                List<String> found = all(text, matcher, from, group(options, more));
                yield JsonParts.array(found.stream()
                        .skip(Math.max(0, occurrence - 1L))
                        .map(JsonParts::string)
                        .toList());
            }
            case "COUNT" -> String.valueOf(all(text, matcher, from, 0).size());
            case "INSTR" -> String.valueOf(place(matcher, from, occurrence, options, more));
            default -> throw new IllegalArgumentException("no operation on regular expressions: " + operation);
        };
    }

    private static Pattern pattern(String pattern, String options) {
        int flags = 0;
        for (char option : options.toLowerCase(Locale.ROOT).toCharArray()) {
            flags = switch (option) {
                case 'c' -> flags & ~(Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
                case 'i' -> flags | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'm' -> flags | Pattern.MULTILINE;
                case 's' -> flags | Pattern.DOTALL;
                case 'e' -> flags;
                default ->
                    throw new IllegalArgumentException(
                            "The regular expression's parameter '" + option + "' is unknown");
            };
        }
        try {
            return Pattern.compile(posix(pattern), flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "Invalid regular expression: '" + pattern + "', " + e.getDescription(), e);
        }
    }

    /// `[[:digit:]]` as Java says it.
    private static String posix(String pattern) {
        return CLASS.matcher(pattern).replaceAll(found -> {
            String name = found.group(1);
            return Matcher.quoteReplacement("\\p{"
                    + (name.equals("xdigit")
                            ? "XDigit"
                            : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                    + "}");
        });
    }

    /// `e` asks for a group, of which the first is meant where none is named; a group alone means `e`.
    private static int group(String options, String group) {
        return group.isEmpty() ? (options.contains("e") ? 1 : 0) : Integer.parseInt(group);
    }

    private static List<String> all(String text, Matcher matcher, int from, int group) {
        List<String> found = new ArrayList<>();
        matcher.region(from, text.length());
        while (matcher.find()) {
            int which = Math.min(group, matcher.groupCount());
            int start = matcher.start(which);
            found.add(start < 0 ? "" : text.substring(start, matcher.end(which)));
        }
        return found;
    }

    /// `\1` is a group; everything else stands for itself.
    private static String replacement(String text) {
        return text.replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1");
    }

    private static String replaced(String text, Matcher matcher, int from, int occurrence, String replacement) {
        StringBuilder out = new StringBuilder();
        matcher.region(from, text.length());
        for (int i = 1; matcher.find(); i++) {
            if (occurrence == 0 || i == occurrence) {
                matcher.appendReplacement(out, replacement);
            }
        }
        return matcher.appendTail(out).toString();
    }

    /// Where the match begins (option 0) or what comes behind it (1), counted from 1; 0 for none.
    private static int place(Matcher matcher, int from, int occurrence, String options, String more) {
        String[] words = more.split(" ", 2);
        int group = group(options, words[1]);
        matcher.region(from, matcher.regionEnd());
        for (int i = 1; matcher.find(); i++) {
            if (i == Math.max(1, occurrence)) {
                int which = Math.min(group, matcher.groupCount());
                return 1 + (words[0].equals("0") ? matcher.start(which) : matcher.end(which));
            }
        }
        return 0;
    }

    /// A text that ends a match which looks at it too often.
    private record Bounded(String text, int[] looks) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++looks[0] > MOST_LOOKS) {
                throw new IllegalArgumentException("The regular expression does not come to an end on this text");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
