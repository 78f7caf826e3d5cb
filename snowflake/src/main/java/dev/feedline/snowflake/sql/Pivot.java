package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `PIVOT (aggregate FOR column IN (value [AS name], …) [DEFAULT ON NULL (value)])` with values that are written out.
///
/// With `ANY [ORDER BY …]` or a subquery the values are asked for when the statement is translated.
///
/// A value without a name gives its column the value's own spelling: `'JAN'` one whose name has the quotes in it.
///
/// Source: docs.snowflake.com/en/sql-reference/constructs/pivot.
final class Pivot {
    private static final Set<String> AGGREGATES = Set.of("SUM", "COUNT", "MAX", "MIN", "AVG");

    private final Scene scene;
    private final Walk inside;

    private final String source;

    private Pivot(Scene scene, List<Node> inside, String source) {
        this.scene = scene;
        this.inside = new Walk(inside);
        this.source = source;
    }

    /// @param inside what its brackets hold
    /// @param source the table it is of
    static String of(Scene scene, List<Node> inside, String source) {
        return new Pivot(scene, inside, source).text();
    }

    private String text() {
        String aggregate = aggregate();
        if (!inside.accept("FOR") || !inside.isIdentifier()) {
            throw unlike("expected FOR and a column");
        }
        if (scene.variants().present().mayBe(inside.here().text())) {
            throw SnowflakeError.unsupported("PIVOT … FOR a column that may be a VARIANT (cast it in a subquery)");
        }
        String column = scene.inner(List.of(inside.here()));
        inside.skip(1);
        if (!inside.accept("IN") || !inside.isRoundGroup(0)) {
            throw unlike("expected IN and its values");
        }
        List<String> values = new ArrayList<>();
        List<Node> in = inside.brackets().orElseThrow();
        if (in.isEmpty()) {
            throw unlike("expected values");
        }
        if (in.getFirst().isWord("ANY") || in.getFirst().isWord("SELECT")) {
            values.addAll(asked(column, in));
        } else {
            for (List<Node> value : Node.splitAtCommas(in)) {
                values.add(value(new Walk(value)));
            }
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
        List<Node> argument = ((Node.Group) inside.nodes().get(1)).inside();
        boolean extreme = name.equals("MAX") || name.equals("MIN");
        // DuckDB takes one aggregate of its own here; Snowflake's average is made of two, and so is a VARIANT's MAX.
        String call = name.equals("AVG")
                ? Names.AVERAGE + "(list(" + scene.inner(argument) + "))"
                : extreme && scene.variants().mayBe(argument)
                        ? Variants.extremeAlone(name.toLowerCase(Locale.ROOT), scene.inner(argument))
                        : scene.inner(inside.nodes().subList(0, 2));
        inside.skip(2);
        return call;
    }

    /// The values that the rows have, each with the name of its column.
    private List<String> asked(String column, List<Node> in) {
        String query;
        if (in.getFirst().isWord("ANY")) {
            if (in.size() > 1 && !(in.get(1).isWord("ORDER") && in.size() > 3)) {
                throw unlike("expected ANY, or ANY ORDER BY");
            }
            query = scene.commonPrefix() + "SELECT " + Names.LITERAL + "(" + column + ") FROM (SELECT DISTINCT "
                    + column
                    + " FROM " + source + ") "
                    + (in.size() > 1 ? scene.inner(in.subList(1, in.size())) : "ORDER BY " + column);
        } else {
            query = scene.commonPrefix() + "SELECT " + Names.LITERAL + "(COLUMNS(*)) FROM (" + scene.inner(in) + ")";
        }
        if (Casts.isBound(query)) {
            throw SnowflakeError.unsupported("PIVOT … IN (ANY) over a bind");
        }
        List<String> literals = scene.context().literals(query);
        if (literals.isEmpty()) {
            throw SnowflakeError.unsupported("PIVOT … IN (ANY) over no rows");
        }
        return literals.stream()
                .distinct()
                .map(literal -> literal + " AS " + Quoting.identifier(literal))
                .toList();
    }

    private static String value(Walk value) {
        String sign = value.isSymbol("-") && value.is(1, Token.Kind.NUMBER) ? "-" : "";
        value.skip(sign.length());
        if (!value.is(0, Token.Kind.STRING) && !value.is(0, Token.Kind.NUMBER)) {
            throw SnowflakeError.unsupported("PIVOT … IN anything but literals, ANY or a subquery");
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
