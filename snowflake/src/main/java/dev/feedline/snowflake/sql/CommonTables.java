package dev.feedline.snowflake.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The names that WITH gives to queries: those that a level of a statement can use, and that of the query that comes.
///
/// A query knows those before it, and itself when it is recursive; else its own name is a table's in it. RECURSIVE may
/// be left out in Snowflake.
///
/// Source: docs.snowflake.com/en/sql-reference/constructs/with
final class CommonTables {
    private static final List<String> BEFORE_TABLE = List.of("FROM", "JOIN");

    private final Set<String> visible;
    private final Set<String> beingDefined;
    private Optional<String> coming = Optional.empty();

    CommonTables() {
        this(Set.of(), Set.of());
    }

    private CommonTables(Set<String> visible, Set<String> beingDefined) {
        this.visible = new HashSet<>(visible);
        this.beingDefined = new HashSet<>(beingDefined);
    }

    /// Those of brackets: what they define is theirs alone.
    CommonTables inside() {
        CommonTables inside = new CommonTables(visible, beingDefined);
        coming.filter(name -> !visible.contains(name)).ifPresent(inside.beingDefined::add);
        return inside;
    }

    boolean hasAny() {
        return !visible.isEmpty();
    }

    boolean has(String name) {
        return visible.contains(name);
    }

    /// Whether a query of this name is being defined here, and cannot be meant.
    boolean isBeingDefined(String name) {
        return beingDefined.contains(name) && !visible.contains(name);
    }

    /// @param query what the name is given to
    void define(String name, Node query) {
        if (query instanceof Node.Group group && isRecursive(group, name)) {
            visible.add(name);
        }
        coming = Optional.of(name);
    }

    /// Behind the query of the name that was defined last.
    void defined() {
        coming.ifPresent(visible::add);
        coming = Optional.empty();
    }

    /// Whether what stands behind WITH has a query that reads itself.
    static boolean areRecursive(List<Node> nodes) {
        for (int i = 0; i + 2 < nodes.size(); i++) {
            int as = nodes.get(i + 1).isRoundGroup() ? i + 2 : i + 1;
            boolean named = nodes.get(i).isIdentifier() && nodes.get(as).isWord("AS");
            if (named
                    && as + 1 < nodes.size()
                    && nodes.get(as + 1) instanceof Node.Group query
                    && isRecursive(query, ((Node.Leaf) nodes.get(i)).token().text())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRecursive(Node.Group query, String name) {
        return query.inside().stream().anyMatch(node -> node.isWord("UNION")) && reads(query.inside(), name);
    }

    private static boolean reads(List<Node> nodes, String name) {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean inside = node instanceof Node.Group group && reads(group.inside(), name);
            boolean qualified = i + 1 < nodes.size() && nodes.get(i + 1).isSymbol(".");
            boolean here = node.isIdentifier()
                    && ((Node.Leaf) node).token().text().equals(name)
                    && !qualified
                    && i > 0
                    && (BEFORE_TABLE.stream().anyMatch(nodes.get(i - 1)::isWord)
                            || nodes.get(i - 1).isSymbol(","));
            if (inside || here) {
                return true;
            }
        }
        return false;
    }
}
