package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.List;
import java.util.Set;

/// Translates one level of a statement's tree from left to right: each node goes to the translator of its family.
final class SequenceTranslator {
    /// Symbols that mean the same in both dialects.
    private static final Set<String> SHARED =
            Set.of(",", "*", "=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "%", "||", ".", ";");

    private final Scene scene;
    private final Walk walk;
    private final Written written;
    private final Clauses clauses;
    private final Operands operands;
    private final NameChains names;

    SequenceTranslator(Scene scene) {
        this.scene = scene;
        this.walk = scene.walk();
        this.written = scene.written();
        this.clauses = new Clauses(scene);
        this.operands = new Operands(scene, clauses);
        this.names = new NameChains(scene, clauses);
    }

    String translate() {
        while (!walk.isDone()) {
            written.begins(walk.position());
            switch (walk.here()) {
                case Node.Group group -> operands.group(group);
                case Node.Leaf leaf -> leaf(leaf.token());
            }
        }
        return clauses.closing(written.text());
    }

    private void leaf(Token token) {
        switch (token.kind()) {
            case STRING, NUMBER -> operands.literal(token);
            case QUOTED -> names.read();
            case WORD -> word(token);
            case DOLLAR -> operands.dollar(token);
            case STAGE -> throw SnowflakeError.unsupported("A query of staged files (" + token.text() + ")");
            case SYMBOL -> symbol(token);
            case END -> walk.skip(1);
        }
    }

    private void symbol(Token token) {
        switch (token.text()) {
            case "::" -> operands.cast();
            case ":" -> operands.path();
            case "?" -> operands.literal(token);
            case "/" -> {
                walk.skip(1);
                written.divide();
            }
            case "||" -> new Concatenation(scene).read();
            default -> {
                if (!SHARED.contains(token.text())) {
                    throw SnowflakeError.unsupported("The operator " + token.text());
                }
                if (!new LiteralComparison(scene, clauses).relation(token.text())
                        && !new VariantComparison(scene).relation(token.text())) {
                    walk.skip(1);
                    written.keyword(token.text());
                }
            }
        }
    }

    private void word(Token token) {
        Keywords.refuse(walk.nodes(), walk.position());
        if (clauses.special(token)) {
            return;
        }
        boolean called = walk.isRoundGroup(1) && Keywords.isCallable(token.text());
        if (!Keywords.isReserved(token.text()) || called) {
            names.read();
            return;
        }
        walk.skip(1);
        switch (token.text()) {
            case "NULL", "TRUE", "FALSE" -> written.operand(token.text(), true);
            case "CASE" -> written.operand(clauses.caseExpression());
            case "OVER" -> {
                String call = written.takeOperand();
                written.operand(call + " OVER " + clauses.window(WindowForms.isOfWholeWindow(call)));
            }
            case "VALUES" -> clauses.values();
            case "WITH" -> {
                List<Node> defined =
                        walk.nodes().subList(walk.position(), walk.nodes().size());
                boolean recursive = !walk.isWord("RECURSIVE") && CommonTables.areRecursive(defined);
                written.keyword(recursive ? "WITH RECURSIVE" : "WITH");
            }
            case "MINUS" -> clauses.keyword("EXCEPT");
            default -> clauses.keyword(token.text());
        }
    }
}
