package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.SnowflakeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Operands that are no names: literals, brackets, `$1`, casts and paths.
final class Operands {
    private static final Set<String> TYPED =
            Set.of("DATE", "TIME", "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Pattern HEXADECIMAL = Pattern.compile("([0-9A-Fa-f]{2})*");

    private final Scene scene;
    private final Walk walk;
    private final Written written;
    private final Clauses clauses;
    /// Whether `$1` can be a column of VALUES.
    private final boolean hasValues;

    Operands(Scene scene, Clauses clauses) {
        this.scene = scene;
        this.walk = scene.walk();
        this.written = scene.written();
        this.clauses = clauses;
        this.hasValues = walk.nodes().stream().anyMatch(node -> node.isWord("VALUES"));
    }

    void group(Node.Group group) {
        switch (group.open().text()) {
            case "(" -> {
                walk.skip(1);
                written.operand("("
                        + (clauses.isTableNext() ? scene.innerTable(group.inside()) : scene.inner(group.inside()))
                        + ")");
                scene.commonTables().defined();
            }
            case "[" -> {
                if (written.hasOperand()) {
                    path();
                    return;
                }
                walk.skip(1);
                written.operand(JsonForms.array(scene.each(Node.splitAtCommas(group.inside()))));
            }
            default -> {
                walk.skip(1);
                written.operand(
                        !group.inside().isEmpty() && SelectLabels.isStar(group.inside())
                                ? new FunctionTranslator(scene).call("OBJECT_CONSTRUCT", group.inside(), List.of())
                                : JsonForms.object(pairs(group), true));
            }
        }
    }

    /// `{'key': value, …}`
    private List<String> pairs(Node.Group group) {
        List<String> pairs = new ArrayList<>();
        for (List<Node> pair : Node.splitAtCommas(group.inside())) {
            if (pair.size() < 3
                    || !pair.getFirst().is(Token.Kind.STRING)
                    || !pair.get(1).isSymbol(":")) {
                throw SnowflakeError.unsupported("An object constant of anything but 'key': value");
            }
            pairs.add(scene.inner(pair.subList(0, 1)));
            pairs.add(scene.inner(pair.subList(2, pair.size())));
        }
        return pairs;
    }

    void literal(Token token) {
        boolean string = token.kind() == Token.Kind.STRING;
        if (string && clauses.isTableNext()) {
            throw SnowflakeError.SYNTAX.with("syntax error unexpected '" + token.duck() + "'.");
        }
        if (string && written.hasOperand()) {
            String before = written.last();
            if (before.equals("X")) {
                walk.skip(1);
                written.takeOperand();
                written.operand(binary(token.text()), false);
                return;
            }
            if (TYPED.contains(before)) {
                walk.skip(1);
                written.takeOperand();
                written.operand(Casts.cast(token.duck(), FunctionTranslator.type(before), true));
                return;
            }
        }
        String text = token.isSymbol("?") ? token.spelling() : token.duck();
        boolean whole = token.kind() == Token.Kind.NUMBER && text.matches("\\d+");
        if (whole && isCounted()) {
            text = "CAST(" + text + " AS " + (text.length() > 9 ? "HUGEINT" : "BIGINT") + ")";
        }
        walk.skip(1);
        written.operand(text, true);
    }

    /// Whether a whole number's neighbour is multiplied with or added to it: DuckDB would count in 32 bits.
    private boolean isCounted() {
        boolean factor = walk.isSymbol(-1, "*") && walk.position() > 1 || walk.isSymbol(1, "*");
        boolean sum = (isSum(-1) && walk.is(-2, Token.Kind.NUMBER)) || (isSum(1) && walk.is(2, Token.Kind.NUMBER));
        return factor || sum;
    }

    private boolean isSum(int ahead) {
        return SUMS.stream().anyMatch(sign -> walk.isSymbol(ahead, sign));
    }

    private static String binary(String digits) {
        if (!HEXADECIMAL.matcher(digits).matches()) {
            throw SnowflakeError.SYNTAX.with("invalid hex string: " + digits);
        }
        return "from_hex('" + digits + "')";
    }

    /// `$1` of VALUES or of a staged file, or `$variable`.
    void dollar(Token token) {
        walk.skip(1);
        String name = token.text().substring(1);
        if (!name.matches("\\d+")) {
            written.operand(scene.context()
                    .variable(Token.fold(name))
                    .orElseThrow(() -> SnowflakeError.INVALID_IDENTIFIER.with(
                            "error: Session variable '$" + Token.fold(name) + "' does not exist")));
            return;
        }
        if (scene.staged().isPresent()) {
            written.operand(Quoting.identifier(token.text()));
            return;
        }
        if (!hasValues) {
            throw SnowflakeError.unsupported("The column " + token.text() + " of a staged file");
        }
        written.operand("COLUMN" + name);
    }

    void cast() {
        if (!written.hasOperand()) {
            throw SnowflakeError.SYNTAX.with("syntax error unexpected '::'.");
        }
        walk.skip(1);
        SnowflakeType type = type();
        boolean literal = written.isLiteral();
        written.operand(Casts.cast(written.takeOperand(), type, literal));
    }

    /// The type that begins here, as the tokens the type parser reads.
    private SnowflakeType type() {
        StringBuilder text = new StringBuilder();
        if (!walk.isIdentifier()) {
            throw SnowflakeError.SYNTAX.with("syntax error: expected a data type after '::'.");
        }
        text.append(walk.take().text());
        if (walk.isWord("PRECISION") || walk.isWord("VARYING")) {
            text.append(' ').append(walk.take().text());
        }
        walk.brackets().ifPresent(inside -> {
            text.append('(');
            inside.forEach(node ->
                    text.append(node instanceof Node.Leaf leaf ? leaf.token().text() : "("));
            text.append(')');
        });
        return FunctionTranslator.type(text.toString());
    }

    void path() {
        if (!written.hasOperand()) {
            throw SnowflakeError.unsupported("A bind variable of the form :name");
        }
        StringBuilder path = new StringBuilder("$");
        String before = written.beforeOperand();
        String of = written.takeOperand();
        walk.moveTo(JsonPath.read(walk.nodes(), walk.position(), path));
        Optional<List<Node>> computed = JsonPath.computed(walk.nodes(), walk.position());
        while (computed.isPresent()) {
            of = JsonPath.ELEMENT + "(CAST(" + of + " AS VARCHAR), " + Quoting.literal(path.toString()) + " || "
                    + Names.STEP + "(" + scene.inner(computed.get()) + "))";
            path = new StringBuilder("$");
            walk.moveTo(JsonPath.read(walk.nodes(), walk.position() + 1, path));
            computed = JsonPath.computed(walk.nodes(), walk.position());
        }
        String text = "CAST(" + of + " AS VARCHAR), " + Quoting.literal(path.toString()) + ")";
        if (walk.isSymbol("::")) {
            walk.skip(1);
            SnowflakeType type = type();
            written.operand(
                    type.kind().semiStructured()
                            ? "CAST(" + JsonPath.ELEMENT + "(" + text + " AS JSON)"
                            : Casts.castText(JsonPath.TEXT + "(" + text, type));
            return;
        }
        Optional<SnowflakeType> compared = new PathComparison(walk, before).type();
        written.operand(
                compared.isPresent()
                        ? Casts.castText(JsonPath.TEXT + "(" + text, compared.get())
                        : "CAST(" + JsonPath.ELEMENT + "(" + text + " AS JSON)");
    }
}
