package dev.feedline.snowflake.session;

import dev.feedline.snowflake.sql.Command;
import java.util.Optional;
import java.util.regex.Pattern;

/// SHOW's filters: LIKE compares without case, STARTS WITH with it; FROM takes names that come after it.
final class Like {
    private final Optional<Pattern> pattern;
    private final Optional<String> prefix;
    private final Optional<String> from;

    Like(Optional<String> like) {
        this(new Command.Filter(like, Optional.empty(), Integer.MAX_VALUE, Optional.empty()));
    }

    Like(Command.Filter filter) {
        this.pattern = filter.like().map(Like::compile);
        this.prefix = filter.startsWith();
        this.from = filter.from();
    }

    boolean matches(String name) {
        return pattern.map(like -> like.matcher(name).matches()).orElse(true)
                && prefix.map(name::startsWith).orElse(true)
                && from.map(start -> name.compareTo(start) > 0).orElse(true);
    }

    private static Pattern compile(String like) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            if (c == '\\' && i + 1 < like.length()) {
                regex.append(Pattern.quote(String.valueOf(like.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
