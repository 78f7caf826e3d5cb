package dev.feedline.glue;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The expression by which GetTables chooses names: a regular expression for the whole name, whatever the case.
///
/// Hive's clients send their own patterns, as Glue takes them: a `*` behind a letter, or at the beginning, is any text.
final class NamePattern {
    private static final int LONGEST = 2_048;

    private NamePattern() {}

    static Predicate<String> of(@Nullable String expression) {
        if (expression == null || expression.isEmpty()) {
            return name -> true;
        }
        CatalogLimits.requireShort("Expression", expression, LONGEST);
        String regular = expression.replaceAll("(^|[\\w|-])\\*", "$1.*");
        try {
            return Pattern.compile(regular, Pattern.CASE_INSENSITIVE).asMatchPredicate();
        } catch (PatternSyntaxException e) {
            throw GlueError.INVALID_INPUT.because("Expression is not a regular expression: " + expression, e);
        }
    }
}
