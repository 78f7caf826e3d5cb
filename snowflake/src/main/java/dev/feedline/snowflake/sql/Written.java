package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a translation has written, and where the operand and the product that end it begin.
///
/// `::`, `:`, `[` and OVER reach back over the operand, `/` over the product: `a * b / c` divides `a * b`.
final class Written {
    private static final Set<String> PRODUCTS = Set.of("*", "%");
    private static final Set<String> SIGNS = Set.of("+", "-");
    private static final Set<String> OPERATORS = Set.of("+", "-", "*", "%", "||");

    private final List<String> parts = new ArrayList<>();
    /// Where the operand that has just ended begins; -1 when none has.
    private int operand = -1;
    /// Where the product that has just ended begins; -1 when none has.
    private int product = -1;
    private boolean literal;
    /// Where the value begins that SET gives the column written last; -1 when none has been.
    private int assigned = -1;
    /// Where the value begins that the operand ends, and the node it was read from; those before a NOT or a sign.
    private int expression;
    private int expressionNode = -1;
    private int interruptedExpression;
    private int interruptedNode = -1;
    /// The operand before a NOT or a sign that was written last.
    private int interrupted = -1;
    /// What the coming operand divides.
    private Optional<String> dividend = Optional.empty();
    private int divisor;

    boolean hasOperand() {
        return operand >= 0;
    }

    /// The node from which the value was read that the operand ends; -1 where that is not known.
    int expressionNode() {
        return expressionNode;
    }

    /// Told before each node.
    ///
    /// @param node its place in the level
    void begins(int node) {
        if (expression == parts.size()) {
            expressionNode = node;
        }
    }

    /// Takes away the value that the operand ends, which may be a sum.
    String takeExpression() {
        String text = String.join(" ", parts.subList(expression, parts.size()));
        truncate(expression);
        operand = -1;
        product = -1;
        return text;
    }

    /// What has been written of the table that is being read.
    String table() {
        int from = parts.size();
        while (from > 0 && !List.of("FROM", "JOIN", ",", "LATERAL").contains(parts.get(from - 1))) {
            from--;
        }
        return String.join(" ", parts.subList(from, parts.size()));
    }

    /// What has been written of the queries that WITH names; empty where there are none.
    String commonTables() {
        if (parts.isEmpty() || !parts.getFirst().startsWith("WITH")) {
            return "";
        }
        int select = parts.indexOf("SELECT");
        return select < 0 ? "" : String.join(" ", parts.subList(0, select)) + " ";
    }

    boolean isLiteral() {
        return literal;
    }

    /// Whether the operand is what divides: the division is written behind it.
    boolean isDividing() {
        return dividend.isPresent();
    }

    /// The operand that has just ended.
    String operandText() {
        return String.join(" ", parts.subList(operand, parts.size()));
    }

    String last() {
        return parts.isEmpty() ? "" : parts.getLast();
    }

    /// What stands before the operand.
    String beforeOperand() {
        return operand > 0 ? parts.get(operand - 1) : "";
    }

    void operand(String text) {
        operand(text, false);
    }

    void operand(String text, boolean isLiteral) {
        if (hasOperand()) {
            // A second one behind it is its alias.
            endDivision();
            product = parts.size();
        }
        operand = parts.size();
        product = product < 0 ? operand : product;
        literal = isLiteral;
        parts.add(text);
    }

    /// Takes the operand away, to be written otherwise.
    String takeOperand() {
        if (operand < 0) {
            throw SnowflakeError.SYNTAX.with("syntax error: an operand is missing behind '" + last() + "'.");
        }
        String text = String.join(" ", parts.subList(operand, parts.size()));
        truncate(operand);
        product = product == operand ? -1 : product;
        operand = -1;
        return text;
    }

    void keyword(String text) {
        if (dividend.isPresent() && parts.size() == divisor && SIGNS.contains(text)) {
            parts.add(text);
            return;
        }
        endDivision();
        interrupted = text.equals("NOT") || SIGNS.contains(text) ? operand : -1;
        interruptedExpression = expression;
        interruptedNode = expressionNode;
        operand = -1;
        product = PRODUCTS.contains(text) ? product : -1;
        parts.add(text);
        if (!OPERATORS.contains(text)) {
            expression = parts.size();
            expressionNode = -1;
        }
    }

    /// The `=` of SET, which compares nothing.
    void assign() {
        keyword("=");
        assigned = parts.size();
    }

    /// Whether the operand begins the value that SET gives a column.
    boolean beginsAssigned() {
        return hasOperand() && operand == assigned;
    }

    /// `/`: the product before it is divided by the operand that comes.
    void divide() {
        endDivision();
        int from = Math.max(0, product);
        dividend = Optional.of(String.join(" ", parts.subList(from, parts.size())));
        truncate(from);
        divisor = from;
        product = from;
        operand = -1;
    }

    /// Takes the NOT of `x NOT LIKE …` away, so that the operand is `x` again; false when none was written last.
    boolean takeNot() {
        return last().equals("NOT") && takeInterruption();
    }

    /// The same of `x + …` and `x - …`.
    boolean takeSign() {
        return SIGNS.contains(last()) && takeInterruption();
    }

    private boolean takeInterruption() {
        if (interrupted < 0) {
            return false;
        }
        truncate(parts.size() - 1);
        operand = interrupted;
        product = interrupted;
        expression = interruptedExpression;
        expressionNode = interruptedNode;
        return true;
    }

    String text() {
        endDivision();
        return String.join(" ", parts);
    }

    private void endDivision() {
        if (dividend.isEmpty() || parts.size() == divisor) {
            return;
        }
        String by = String.join(" ", parts.subList(divisor, parts.size()));
        truncate(divisor);
        operand = divisor;
        product = divisor;
        parts.add(Division.of(dividend.get(), by));
        dividend = Optional.empty();
    }

    private void truncate(int size) {
        parts.subList(size, parts.size()).clear();
    }
}
