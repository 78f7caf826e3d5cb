package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;

/// The path after `v:` or in brackets, and the two functions that follow it.
///
/// The path travels as text: `$`, then `."key"` or `[index]` for each step.
public final class JsonPath {
    /// (JSON text, path) → the element's JSON text exactly as written, or NULL.
    public static final String ELEMENT = "feedline_json";

    /// (JSON text, path) → a string's characters, any other element's JSON text; NULL for JSON null.
    public static final String TEXT = "feedline_json_text";

    private JsonPath() {}

    /// Reads the steps that begin at `at` (a colon or a bracket) into `path`; returns where they end.
    static int read(List<Node> nodes, int at, StringBuilder path) {
        int i = at;
        if (nodes.get(i).isSymbol(":")) {
            i = key(nodes, i + 1, path);
        }
        while (i < nodes.size()) {
            Node node = nodes.get(i);
            if (node instanceof Node.Group group && group.open().isSymbol("[")) {
                subscript(group, path);
                i++;
            } else if (node.isSymbol(".") || node.isSymbol(":")) {
                i = key(nodes, i + 1, path);
            } else {
                break;
            }
        }
        return i;
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

    private static void subscript(Node.Group group, StringBuilder path) {
        if (group.inside().size() == 1 && group.inside().getFirst() instanceof Node.Leaf leaf) {
            Token token = leaf.token();
            if (token.kind() == Token.Kind.STRING) {
                path.append('.').append(Quoting.identifier(token.text()));
                return;
            }
            if (token.kind() == Token.Kind.NUMBER && token.text().matches("\\d{1,9}")) {
                path.append('[').append(token.text()).append(']');
                return;
            }
        }
        throw SnowflakeError.unsupported("A subscript that is not a literal");
    }
}
