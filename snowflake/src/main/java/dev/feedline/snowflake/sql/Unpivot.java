package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;

/// `UNPIVOT [INCLUDE | EXCLUDE NULLS] (value FOR name IN (column [[AS] alias], …))`
///
/// Source: docs.snowflake.com/en/sql-reference/constructs/unpivot.
final class Unpivot {
    private Unpivot() {}

    /// @param inside what its brackets hold
    static String of(Scene scene, boolean nulls, List<Node> inside) {
        Walk walk = new Walk(inside);
        String value = name(scene, walk, "a name for the values");
        if (!walk.accept("FOR")) {
            throw unlike("FOR");
        }
        String name = name(scene, walk, "a name for the columns' names");
        if (!walk.accept("IN") || !walk.isRoundGroup(0)) {
            throw unlike("IN and its columns");
        }
        List<String> columns = new ArrayList<>();
        for (List<Node> column : Node.splitAtCommas(walk.brackets().orElseThrow())) {
            columns.add(column(scene, new Walk(column)));
        }
        if (columns.isEmpty() || !walk.isDone()) {
            throw unlike("the end of UNPIVOT");
        }
        return "UNPIVOT " + (nulls ? "INCLUDE NULLS " : "") + "(" + value + " FOR " + name + " IN ("
                + String.join(", ", columns) + "))";
    }

    private static String column(Scene scene, Walk walk) {
        String column = name(scene, walk, "a column");
        boolean as = walk.accept("AS");
        String alias = "";
        if (walk.isIdentifier() || walk.is(0, Token.Kind.STRING)) {
            alias = " AS " + Quoting.literal(walk.take().text());
        }
        if (!walk.isDone() || (as && alias.isEmpty())) {
            throw unlike("a column, and its alias");
        }
        return column + alias;
    }

    private static String name(Scene scene, Walk walk, String what) {
        if (!walk.isIdentifier()) {
            throw unlike(what);
        }
        String name = scene.inner(List.of(walk.here()));
        walk.skip(1);
        return name;
    }

    private static RuntimeException unlike(String expectation) {
        return SnowflakeError.SYNTAX.with("syntax error in UNPIVOT (expected " + expectation + ").");
    }
}
