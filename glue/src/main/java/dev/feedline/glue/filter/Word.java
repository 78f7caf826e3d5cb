package dev.feedline.glue.filter;

import java.util.ArrayList;
import java.util.List;

/// A word of an expression.
sealed interface Word {
    /// A key's name, or a word of the language when it is not quoted.
    record Name(String text, boolean quoted) implements Word {}

    /// A value in single quotes, without them.
    record Text(String text) implements Word {}

    record Numeral(String text) implements Word {}

    record Sign(String text) implements Word {}

    record End() implements Word {}

    static List<Word> of(String expression) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < expression.length()) {
            char first = expression.charAt(at);
            int end = at + 1;
            if (Character.isWhitespace(first)) {
                at = end;
                continue;
            }
            if (first == '\'' || first == '"' || first == '`') {
                end = endOfQuoted(expression, at);
                String doubled = String.valueOf(first).repeat(2);
                String text = expression.substring(at + 1, end - 1).replace(doubled, String.valueOf(first));
                words.add(first == '\'' ? new Text(text) : new Name(text, true));
            } else if (Character.isDigit(first) || first == '.' || isSignOfNumber(expression, at)) {
                while (end < expression.length()
                        && (Character.isDigit(expression.charAt(end)) || expression.charAt(end) == '.')) {
                    end++;
                }
                words.add(new Numeral(expression.substring(at, end)));
            } else if (Character.isJavaIdentifierStart(first)) {
                while (end < expression.length() && Character.isJavaIdentifierPart(expression.charAt(end))) {
                    end++;
                }
                words.add(new Name(expression.substring(at, end), false));
            } else {
                boolean two = end < expression.length()
                        && List.of("<>", "!=", "<=", ">=", "==").contains(expression.substring(at, end + 1));
                end = two ? end + 1 : end;
                words.add(new Sign(expression.substring(at, end)));
            }
            at = end;
        }
        words.add(new End());
        return words;
    }

    /// How people see the word.
    default String shown() {
        return switch (this) {
            case Name(String text, boolean quoted) -> text;
            case Text(String text) -> "'" + text + "'";
            case Numeral(String text) -> text;
            case Sign(String text) -> text;
            case End() -> "the end";
        };
    }

    /// There is no arithmetic: a sign before a number is the number's own.
    private static boolean isSignOfNumber(String expression, int at) {
        boolean sign = expression.charAt(at) == '-' || expression.charAt(at) == '+';
        return sign
                && at + 1 < expression.length()
                && (Character.isDigit(expression.charAt(at + 1)) || expression.charAt(at + 1) == '.');
    }

    private static int endOfQuoted(String expression, int start) {
        char quote = expression.charAt(start);
        int at = start + 1;
        while (at < expression.length()) {
            if (expression.charAt(at) != quote) {
                at++;
            } else if (at + 1 < expression.length() && expression.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        throw new FilterException("a quotation at character " + (start + 1) + " has no end");
    }
}
