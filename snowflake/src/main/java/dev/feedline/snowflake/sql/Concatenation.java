package dev.feedline.snowflake.sql;

import java.util.List;

/// `a || b`, of which a VARIANT is taken as a text without quotes.
final class Concatenation {
    private final Scene scene;
    private final Walk walk;
    private final Written written;

    Concatenation(Scene scene) {
        this.scene = scene;
        this.walk = scene.walk();
        this.written = scene.written();
    }

    /// At the operator.
    void read() {
        List<Node> nodes = walk.nodes();
        int at = walk.position();
        boolean left = scene.variants().any()
                && written.hasOperand()
                && !written.isDividing()
                && (walk.isWord(-1, "END") || scene.variants().mayBe(nodes.subList(begin(nodes, at), at)));
        if (left) {
            written.operand(Names.TEXT + "(" + written.takeOperand() + ")");
        }
        walk.skip(1);
        written.keyword("||");
        int end = VariantComparison.operandEnd(nodes, at + 1);
        int next = at + 1;
        while (next < end && !isOperator(nodes.get(next))) {
            next++;
        }
        boolean right =
                scene.variants().any() && next > at + 1 && scene.variants().mayBe(nodes.subList(at + 1, next));
        if (right) {
            written.operand(Names.TEXT + "(" + scene.inner(nodes.subList(at + 1, next)) + ")");
            walk.moveTo(next);
        }
    }

    /// Where the operand begins that ends here.
    private static int begin(List<Node> nodes, int end) {
        int at = end;
        while (at > 0 && !isOperator(nodes.get(at - 1)) && !VariantComparison.ends(nodes, at - 1)) {
            at--;
        }
        return at;
    }

    private static boolean isOperator(Node node) {
        return List.of("||", "+", "-", "*", "/", "%").stream().anyMatch(node::isSymbol);
    }
}
