package dev.feedline.glue;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The expression by which GetTables chooses names: a regular expression for the whole name, whatever the case.
///
/// Hive's clients send their own patterns, as Glue takes them: an expression of nothing but letters, digits, `_`, `-`,
/// `|` and `*` is such a one, in which `*` is any text.
final class NamePattern {
    private static final int LONGEST_BYTES = 2_048;
    /// In one listing, for all names together.
    private static final long MOST_STEPS = 50_000_000;

    private static final Pattern HIVE = Pattern.compile("[\\w|*-]+");

    private NamePattern() {}

    static Predicate<String> of(@Nullable String expression) {
        if (expression == null || expression.isEmpty()) {
            return name -> true;
        }
        CatalogLimits.requireShort("Expression", expression, LONGEST_BYTES);
        String regular = HIVE.matcher(expression).matches() ? expression.replace("*", ".*") : expression;
        try {
            Pattern pattern = compiled(regular);
            Steps steps = new Steps();
            return name -> matches(pattern, new Counted(name, steps));
        } catch (PatternSyntaxException e) {
            throw GlueError.INVALID_INPUT.because("Expression is not a regular expression: " + expression, e);
        }
    }

    private static Pattern compiled(String regular) {
        try {
            return Pattern.compile(regular, Pattern.CASE_INSENSITIVE);
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    private static boolean matches(Pattern pattern, Counted name) {
        try {
            return pattern.matcher(name).matches();
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    private static AwsServiceException tooDeep(StackOverflowError cause) {
        return GlueError.INVALID_INPUT.because("Expression has groups nested too deep", cause);
    }

    /// The looks at single characters that one listing has taken.
    private static final class Steps {
        private long taken;

        private void take() {
            if (++taken > MOST_STEPS) {
                throw GlueError.INVALID_INPUT.because("Expression needs more than " + MOST_STEPS
                        + " steps to compare the names of the tables; make it a simpler one");
            }
        }
    }

    /// A name that counts the looks at its characters, of which backtracking takes more than any time allows. Groups
    /// that match nothing go back without a look: `.+(|)(|)…x` is not stopped.
    private record Counted(CharSequence text, Steps steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps.take();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
