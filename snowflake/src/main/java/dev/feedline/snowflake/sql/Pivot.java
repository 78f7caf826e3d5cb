package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `PIVOT (aggregate FOR column IN (value [AS name], …) [DEFAULT ON NULL (value)])` with values that are written out.
///
/// With `ANY` or a subquery the columns are known only when the rows are: that is refused.
///
/// A value without a name gives its column the value's own spelling: `'JAN'` one whose name has the quotes in it.
///
/// Source: docs.snowflake.com/en/sql-reference/constructs/pivot.
final class Pivot {
    private static final Set<String> AGGREGATES = Set.of("SUM", "COUNT", "MAX", "MIN", "AVG");

    private final Scene scene;
    private final Walk inside;

    private Pivot(Scene scene, List<Node> inside) {
        this.scene = scene;
        this.inside = new Walk(inside);
    }

    /// @param inside what its brackets hold
    static String of(Scene scene, List<Node> inside) {
        return new Pivot(scene, inside).text();
    }

    private String text() {
        String aggregate = aggregate();
        if (!inside.accept("FOR") || !inside.isIdentifier()) {
            throw unlike("expected FOR and a column");
        }
        String column = scene.inner(List.of(inside.here()));
        inside.skip(1);
        if (!inside.accept("IN") || !inside.isRoundGroup(0)) {
            throw unlike("expected IN and its values");
        }
        List<String> values = new ArrayList<>();
        for (List<Node> value : Node.splitAtCommas(inside.brackets().orElseThrow())) {
            values.add(value(new Walk(value)));
        }
        if (inside.accept("DEFAULT", "ON", "NULL")) {
            List<Node> otherwise = inside.brackets().orElseThrow(() -> unlike("expected DEFAULT ON NULL (value)"));
            aggregate = "coalesce(" + aggregate + ", " + scene.inner(otherwise) + ")";
        }
        if (!inside.isDone()) {
            throw unlike("expected the end of PIVOT");
        }
        return "PIVOT (" + aggregate + " FOR " + column + " IN (" + String.join(", ", values) + "))";
    }

    private String aggregate() {
        if (inside.isDone() || !inside.isIdentifier() || !inside.isRoundGroup(1)) {
            throw unlike("expected an aggregate function");
        }
        String name = ((Node.Leaf) inside.here()).token().text();
        if (!AGGREGATES.contains(name)) {
            throw SnowflakeError.unsupported("PIVOT by " + name);
        }
        String call = name.equals("AVG")
                // DuckDB takes one aggregate of its own here; Snowflake's average is made of two.
                ? Names.AVERAGE + "(list("
                        + scene.inner(((Node.Group) inside.nodes().get(1)).inside()) + "))"
                : scene.inner(inside.nodes().subList(0, 2));
        inside.skip(2);
        return call;
    }

    private static String value(Walk value) {
        String sign = value.isSymbol("-") && value.is(1, Token.Kind.NUMBER) ? "-" : "";
        value.skip(sign.length());
        if (!value.is(0, Token.Kind.STRING) && !value.is(0, Token.Kind.NUMBER)) {
            throw SnowflakeError.unsupported("PIVOT … IN anything but literals (ANY, a subquery)");
        }
        String literal = sign + value.take().duck();
        String name = Quoting.identifier(literal);
        value.accept("AS");
        if (value.isIdentifier()) {
            name = Quoting.identifier(value.take().text());
        }
        if (!value.isDone()) {
            throw unlike("expected a literal, and its name");
        }
        return literal + " AS " + name;
    }

    private static RuntimeException unlike(String expectation) {
        return SnowflakeError.SYNTAX.with("syntax error in PIVOT (" + expectation + ").");
    }
}
