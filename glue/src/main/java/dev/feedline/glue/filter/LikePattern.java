package dev.feedline.glue.filter;

/// A pattern of LIKE: `%` stands for any text, `_` for one character.
record LikePattern(String pattern) {
    /// Goes back only to the last `%`, so that no pattern takes long.
    boolean matches(String text) {
        int at = 0;
        int in = 0;
        int lastAny = -1;
        int resume = 0;
        while (at < text.length()) {
            char wanted = in < pattern.length() ? pattern.charAt(in) : 0;
            if (wanted == '%') {
                lastAny = in++;
                resume = at;
            } else if (in < pattern.length() && (wanted == '_' || wanted == text.charAt(at))) {
                in++;
                at++;
            } else if (lastAny >= 0) {
                in = lastAny + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '%') {
            in++;
        }
        return in == pattern.length();
    }
}
