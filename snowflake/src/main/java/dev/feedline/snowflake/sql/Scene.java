package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the translators of one level share: what they read, what they have written, and for whom.
///
/// @param staged the alias of the stage whose files' columns `$1`, … are; empty where there is no stage
/// @param inJoin whether the level is a join in brackets, which begins with a table
/// @param whole the whole statement
record Scene(
        Context context,
        Walk walk,
        Written written,
        Optional<String> staged,
        CommonTables commonTables,
        boolean inJoin,
        List<Node> whole,
        VariantNames variants) {
    static Scene of(Context context, List<Node> nodes, Optional<String> staged) {
        VariantNames variants = VariantNames.of(context, nodes);
        Walk walk = new Walk(ZonedWords.rewritten(VariantQueries.rewritten(nodes, variants)));
        return new Scene(context, walk, new Written(), staged, new CommonTables(), false, nodes, variants);
    }

    /// Translates what brackets or an argument hold.
    String inner(List<Node> nodes) {
        return inner(nodes, false);
    }

    /// Translates what brackets hold where a table could stand.
    String innerTable(List<Node> nodes) {
        return inner(nodes, true);
    }

    /// Translates what orders values by themselves, none of which is a VARIANT.
    String plain(List<Node> nodes) {
        return inner(nodes, nodes, false);
    }

    private String inner(List<Node> nodes, boolean join) {
        return inner(nodes, VariantQueries.rewritten(nodes, variants), join);
    }

    private String inner(List<Node> nodes, List<Node> rewritten, boolean join) {
        Keywords.refuseBeginning(nodes);
        Walk level = new Walk(ZonedWords.rewritten(rewritten));
        Scene inner = new Scene(context, level, new Written(), staged, commonTables.inside(), join, whole, variants);
        return new SequenceTranslator(inner).translate();
    }

    /// The queries that WITH names, for one that is asked on its own.
    String commonPrefix() {
        String prefix = written.commonTables();
        if (prefix.isEmpty() && commonTables.hasAny()) {
            throw SnowflakeError.unsupported("PIVOT … IN (ANY) in brackets below a WITH");
        }
        return prefix;
    }

    /// Whether the statement names a column, or takes all of a table's.
    boolean mentions(String column) {
        return mentionsWord(column) || any(whole, node -> node.isSymbol("*"));
    }

    private boolean mentionsWord(String word) {
        return any(
                whole,
                node -> node.isIdentifier() && ((Node.Leaf) node).token().text().equals(word));
    }

    private static boolean any(List<Node> nodes, Predicate<Node> wanted) {
        return nodes.stream()
                .anyMatch(node -> node instanceof Node.Group group
                        ? !isStar(group) && any(group.inside(), wanted)
                        : wanted.test(node));
    }

    /// The brackets of COUNT(*)
    private static boolean isStar(Node.Group group) {
        return group.inside().size() == 1 && group.inside().getFirst().isSymbol("*");
    }

    List<String> each(List<List<Node>> parts) {
        return parts.stream().map(this::inner).toList();
    }
}
