package dev.feedline.glue.filter;

/// A pattern of LIKE: `%` stands for any text, `_` for one character, be it one or two of Java's.
final class LikePattern {
    private final int[] pattern;

    LikePattern(String pattern) {
        this.pattern = pattern.codePoints().toArray();
    }

    /// Goes back only to the last `%`, so that no pattern takes long.
    boolean matches(String value) {
        int[] text = value.codePoints().toArray();
        int at = 0;
        int in = 0;
        int lastAny = -1;
        int resume = 0;
        while (at < text.length) {
            int wanted = in < pattern.length ? pattern[in] : 0;
            if (wanted == '%') {
                lastAny = in++;
                resume = at;
            } else if (in < pattern.length && (wanted == '_' || wanted == text[at])) {
                in++;
                at++;
            } else if (lastAny >= 0) {
                in = lastAny + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length && pattern[in] == '%') {
            in++;
        }
        return in == pattern.length;
    }
}
