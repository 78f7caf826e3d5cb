package dev.feedline.glue.crawl;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A pattern of keys that a crawler leaves out, below its include path:
/// https://docs.aws.amazon.com/glue/latest/dg/define-crawler-choose-data-sources.html, "Include and exclude patterns"
///
/// `*` is any text without a slash, `**` any text, `?` one character but a slash, `[a-c]` or `[!a]` one of some,
/// `{a,b}` one of several patterns; a backslash takes a character as it is.
public record Glob(String text, Pattern pattern) {
    /// @throws IllegalArgumentException saying what is wrong with it
    public static Glob parse(String text) {
        StringBuilder regex = new StringBuilder();
        boolean inGroup = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '*' -> {
                    boolean isDeep = at + 1 < text.length() && text.charAt(at + 1) == '*';
                    regex.append(isDeep ? ".*+" : "[^/]*");
                    if (isDeep) {
                        regex.setLength(regex.length() - 1); // may have to give back
                        at++;
                    }
                }
                case '?' -> regex.append("[^/]");
                case '[' -> at = bracket(text, at, regex);
                case '{' -> {
                    if (inGroup) {
                        throw new IllegalArgumentException("braces cannot stand in braces");
                    }
                    inGroup = true;
                    regex.append("(?:(?:");
                }
                case '}' -> {
                    regex.append(inGroup ? "))" : "\\}");
                    inGroup = false;
                }
                case ',' -> regex.append(inGroup ? ")|(?:" : ",");
                case '\\' -> {
                    if (++at == text.length()) {
                        throw new IllegalArgumentException("nothing stands behind the backslash");
                    }
                    regex.append(Pattern.quote(text.substring(at, at + 1)));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        if (inGroup) {
            throw new IllegalArgumentException("a brace is not closed");
        }
        try {
            return new Glob(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
    }

    public boolean matches(String relativeKey) {
        return pattern.matcher(relativeKey).matches();
    }

    /// Takes a bracket's characters; the result is where it ends.
    private static int bracket(String text, int from, StringBuilder regex) {
        int end = text.indexOf(']', from + 2);
        if (end < 0) {
            throw new IllegalArgumentException("a bracket is not closed");
        }
        String inside = text.substring(from + 1, end);
        boolean isNot = inside.startsWith("!");
        if (inside.equals("!") || inside.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a bracket names characters, and no slash");
        }
        String characters = (isNot ? inside.substring(1) : inside)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("^", "\\^")
                .replace("&", "\\&");
        regex.append("(?!/)[").append(isNot ? "^" : "").append(characters).append(']');
        return end;
    }
}
