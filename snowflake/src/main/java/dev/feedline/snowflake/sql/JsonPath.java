package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Optional;

/// The path after `v:` or in brackets, and the two functions that follow it.
///
/// The path travels as text: `$`, then `."key"` or `[index]` for each step.
public final class JsonPath {
    /// (JSON text, path) → the element's JSON text exactly as written, or NULL.
    public static final String ELEMENT = "feedline_json";

    /// (JSON text, path) → a string's characters, any other element's JSON text; NULL for JSON null.
    public static final String TEXT = "feedline_json_text";

    private JsonPath() {}

    /// Reads the steps that begin at `at` (a colon or a bracket) into `path`; returns where they end, or where a
    /// subscript stands that is to be computed.
    static int read(List<Node> nodes, int at, StringBuilder path) {
        int i = at;
        if (i < nodes.size() && nodes.get(i).isSymbol(":")) {
            i = key(nodes, i + 1, path);
        }
        while (i < nodes.size()) {
            Node node = nodes.get(i);
            if (node instanceof Node.Group group && group.open().isSymbol("[")) {
                if (!subscript(group, path)) {
                    break;
                }
                i++;
            } else if (node.isSymbol(".") || node.isSymbol(":")) {
                i = key(nodes, i + 1, path);
            } else {
                break;
            }
        }
        return i;
    }

    /// What stands in the brackets of a subscript that is to be computed, if there is one.
    static Optional<List<Node>> computed(List<Node> nodes, int at) {
        return at < nodes.size()
                        && nodes.get(at) instanceof Node.Group group
                        && group.open().isSymbol("[")
                        && !group.inside().isEmpty()
                ? Optional.of(group.inside())
                : Optional.empty();
    }

    /// A key is case-sensitive, quoted or not: it is taken from the statement's own text.
    private static int key(List<Node> nodes, int at, StringBuilder path) {
        if (at < nodes.size()
                && nodes.get(at) instanceof Node.Leaf leaf
                && leaf.token().isIdentifier()) {
            path.append('.').append(Quoting.identifier(leaf.token().spelling()));
            return at + 1;
        }
        throw SnowflakeError.SYNTAX.with("syntax error: expected a key after ':' or '.' in a path.");
    }

    /// False when it is no literal.
    private static boolean subscript(Node.Group group, StringBuilder path) {
        if (group.inside().size() == 1 && group.inside().getFirst() instanceof Node.Leaf leaf) {
            Token token = leaf.token();
            if (token.kind() == Token.Kind.STRING) {
                path.append('.').append(Quoting.identifier(token.text()));
                return true;
            }
            if (token.kind() == Token.Kind.NUMBER && token.text().matches("\\d{1,9}")) {
                path.append('[').append(token.text()).append(']');
                return true;
            }
        }
        if (group.inside().isEmpty()) {
            throw SnowflakeError.SYNTAX.with("syntax error unexpected ']'.");
        }
        return false;
    }
}
