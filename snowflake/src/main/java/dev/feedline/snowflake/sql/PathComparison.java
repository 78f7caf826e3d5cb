package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeException;
import dev.feedline.snowflake.SnowflakeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a path without a cast is compared with.
///
/// A path is JSON; DuckDB would compare and sort its text, Snowflake its value. Beside a literal it is cast to the
/// literal's type, as Snowflake does; beside anything else it is refused.
final class PathComparison {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "||");
    private static final Set<String> COMPUTING = Set.of("+", "-", "*", "/", "%");
    private static final Set<String> WORDS = Set.of("LIKE", "ILIKE", "IN", "BETWEEN", "RLIKE", "REGEXP");
    private static final Set<String> TEXTUAL = Set.of("LIKE", "ILIKE", "RLIKE", "REGEXP", "||");
    private static final SnowflakeType DECIMAL = SnowflakeType.number(38, 12);

    private final Walk walk;
    private final String before;

    /// @param before what stands before the path
    PathComparison(Walk walk, String before) {
        this.walk = walk;
        this.before = before;
    }

    /// The type that the path takes; empty where it may stay JSON.
    Optional<SnowflakeType> type() {
        int next = walk.isWord("NOT") ? 1 : 0;
        String after = text(next);
        boolean compared = COMPARISONS.contains(after) || WORDS.contains(after);
        if (before.isEmpty() && after.equals("WHEN")) {
            return Optional.of(literal(1).orElseThrow(PathComparison::refusal));
        }
        if (TEXTUAL.contains(after) || before.equals("||")) {
            return Optional.of(SnowflakeType.VARCHAR);
        }
        if (COMPUTING.contains(after) || COMPUTING.contains(before)) {
            throw refusal();
        }
        if (!compared) {
            return Optional.empty();
        }
        return switch (after) {
            case "IN" -> list(next + 1);
            case "BETWEEN" -> literal(next + 1);
            default -> isRelation(after) ? literal(1) : Optional.empty();
        };
    }

    private static SnowflakeException refusal() {
        return SnowflakeError.unsupported("Computing with a path that has no cast (add ::type)");
    }

    private static boolean isRelation(String symbol) {
        return Set.of("=", "<>", "!=", "<", ">", "<=", ">=").contains(symbol);
    }

    private Optional<SnowflakeType> literal(int ahead) {
        if (walk.isSymbol(ahead + 1, "::")) {
            return Optional.empty(); // the cast's type
        }
        if (walk.is(ahead, Token.Kind.STRING)) {
            return Optional.of(SnowflakeType.VARCHAR);
        }
        boolean signed = walk.isSymbol(ahead, "-");
        if (walk.is(signed ? ahead + 1 : ahead, Token.Kind.NUMBER)) {
            return Optional.of(DECIMAL);
        }
        return walk.isWord(ahead, "TRUE") || walk.isWord(ahead, "FALSE")
                ? Optional.of(SnowflakeType.BOOLEAN)
                : Optional.empty();
    }

    private Optional<SnowflakeType> list(int ahead) {
        Node node = walk.isRoundGroup(ahead) ? walk.nodes().get(walk.position() + ahead) : null;
        if (!(node instanceof Node.Group group)) {
            return Optional.empty();
        }
        List<List<Node>> values = Node.splitAtCommas(group.inside());
        boolean strings = values.stream()
                .allMatch(one -> one.size() == 1 && one.getFirst().is(Token.Kind.STRING));
        boolean numbers = values.stream()
                .allMatch(one -> one.size() == 1 && one.getFirst().is(Token.Kind.NUMBER));
        return values.isEmpty() || (!strings && !numbers)
                ? Optional.empty()
                : Optional.of(strings ? SnowflakeType.VARCHAR : DECIMAL);
    }

    private String text(int ahead) {
        int at = walk.position() + ahead;
        return at < walk.nodes().size()
                        && walk.nodes().get(at) instanceof Node.Leaf leaf
                        && (leaf.token().kind() == Token.Kind.SYMBOL
                                || leaf.token().kind() == Token.Kind.WORD)
                ? leaf.token().text()
                : "";
    }
}
