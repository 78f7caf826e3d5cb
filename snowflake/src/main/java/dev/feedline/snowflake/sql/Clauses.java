package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The words between operands that Snowflake and DuckDB say differently, and which clause a query is in.
final class Clauses {
    private static final Set<String> AFTER_ORDERING =
            Set.of("LIMIT", "OFFSET", "FETCH", "UNION", "EXCEPT", "INTERSECT", "ROWS", "RANGE");
    private static final Set<String> TABLE_BEFORE = Set.of("FROM", "JOIN", ",");
    private static final Set<String> TARGET_BEFORE = Set.of("INTO", "UPDATE", "USING");
    private static final Set<String> TABLES_BEGIN = Set.of("FROM", "JOIN", "USING", "INTO", "UPDATE");

    private final Scene scene;
    private final Walk walk;
    private final Written written;
    private boolean ordering;
    private boolean inTables;
    private boolean setting;
    /// Of `TOP n`, which DuckDB says at the end.
    private String top = "";

    Clauses(Scene scene) {
        this.scene = scene;
        this.walk = scene.walk();
        this.written = scene.written();
        this.inTables = scene.inJoin();
    }

    /// Whether the coming expressions are those of an ORDER BY.
    boolean isOrdering() {
        return ordering;
    }

    /// Whether a table is expected here.
    boolean isTableNext() {
        return inTables
                && (TABLE_BEFORE.contains(written.last())
                        || written.last().equals("LATERAL")
                        || (scene.inJoin() && written.last().isEmpty()));
    }

    /// Whether the table that is changed is expected here, or the one that DELETE and MERGE use.
    boolean isTargetNext() {
        return inTables && TARGET_BEFORE.contains(written.last());
    }

    /// Whether the operand is a column that SET gives a value.
    boolean isAssigned() {
        return setting && Set.of("SET", ",").contains(written.beforeOperand());
    }

    void keyword(String word) {
        if (word.equals("SET") || Keywords.endsSetting(word)) {
            setting = word.equals("SET");
        }
        if (word.equals("ORDER")) {
            ordering = true;
        } else if (AFTER_ORDERING.contains(word)) {
            ordering = false;
        }
        if (TABLES_BEGIN.contains(word)) {
            inTables = true;
        } else if (Keywords.endsTables(word)) {
            inTables = false;
        }
        written.keyword(word);
    }

    /// Writes what only some places take as a keyword; false when the word is none of that here.
    boolean special(Token token) {
        boolean star = !written.hasOperand() && isStarred(written.last());
        return switch (token.text()) {
            case "REPLACE", "EXCLUDE", "RENAME" -> star && starred(token.text());
            case "INSERT" -> written.last().equals("THEN") && insertion();
            case "TOP" ->
                Set.of("SELECT", "DISTINCT", "ALL").contains(written.last()) && walk.is(1, Token.Kind.NUMBER) && top();
            case "LIKE", "ILIKE" -> (star && starLike(token.text())) || patterns(token.text()) || like(token.text());
            case "RLIKE", "REGEXP" -> !walk.isRoundGroup(1) && matches();
            case "SAMPLE", "TABLESAMPLE" -> Keywords.isSampling(walk.nodes(), walk.position()) && sample();
            case "PIVOT" -> inTables && walk.isRoundGroup(1) && pivot();
            case "UNPIVOT" ->
                inTables && (walk.isRoundGroup(1) || (walk.isWord(2, "NULLS") && walk.isRoundGroup(3))) && unpivot();
            case "INTERVAL" -> walk.is(1, Token.Kind.STRING) && interval();
            case "FROM" -> isDistinctFrom();
            case "IN" -> new LiteralComparison(scene, this).in() || new VariantComparison(scene).in();
            case "BETWEEN" -> new LiteralComparison(scene, this).between() || new VariantComparison(scene).between();
            case "IS" -> new LiteralComparison(scene, this).distinct() || new VariantComparison(scene).distinct();
            case "IGNORE", "RESPECT" -> walk.isWord(1, "NULLS") && nulls(token.text());
            default -> false;
        };
    }

    String closing(String text) {
        if (!top.isEmpty() && walk.nodes().stream().anyMatch(Keywords::joinsQueries)) {
            throw SnowflakeError.unsupported("TOP beside UNION, INTERSECT or EXCEPT");
        }
        return top.isEmpty() ? text : text + " LIMIT " + top;
    }

    /// Behind CASE: up to its END, which it swallows.
    String caseExpression() {
        List<Node> inside = new ArrayList<>();
        int open = 1;
        while (true) {
            if (walk.isDone()) {
                throw SnowflakeError.SYNTAX.with("syntax error: CASE without END.");
            }
            open += Keywords.opens(walk.nodes(), walk.position());
            if (open == 0) {
                walk.skip(1);
                List<Node> searched = LiteralComparison.searched(inside, scene.variants()::mayBe);
                return "CASE " + scene.inner(VariantChoices.cases(searched, scene.variants())) + " END";
            }
            inside.add(walk.here());
            walk.skip(1);
        }
    }

    /// Behind OVER.
    ///
    /// @param whole whether a window without a frame is all of its rows
    String window(boolean whole) {
        Optional<List<Node>> inside = walk.brackets();
        if (inside.isEmpty()) {
            return walk.take().duck();
        }
        boolean framed = inside.get().stream()
                .anyMatch(node -> node.isWord("ROWS") || node.isWord("RANGE") || node.isWord("GROUPS"));
        String window = ordered(inside.get());
        return "(" + window + (whole && !framed ? " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING" : "")
                + ")";
    }

    /// DuckDB has no window in a window. Of `ORDER BY SEQ4()` alone none is needed: the rows stand in the sequence's
    /// order already.
    private String ordered(List<Node> inside) {
        boolean ofSequence = inside.size() >= 4
                && inside.get(0).isWord("ORDER")
                && inside.get(1).isWord("BY")
                && inside.get(3).isRoundGroup()
                && (inside.size() == 4 || (inside.size() == 5 && inside.get(4).isWord("ASC")));
        String window = scene.inner(ofSequence ? inside.subList(0, 4) : inside);
        if (ofSequence && window.equals("ORDER BY " + WindowForms.SEQUENCE)) {
            return "ORDER BY NULL";
        }
        if (window.contains(WindowForms.SEQUENCE)) {
            throw SnowflakeError.unsupported("A window by SEQ1(), SEQ2(), SEQ4() or SEQ8(), except ORDER BY SEQ4()");
        }
        return inside.size() == 5 && ofSequence ? scene.inner(inside) : window;
    }

    /// Behind FROM its columns are COLUMN1, COLUMN2, … unless the alias says otherwise.
    void values() {
        boolean table = TABLE_BEFORE.contains(written.last());
        written.keyword("VALUES");
        List<String> rows = new ArrayList<>();
        int columns = 0;
        while (walk.isRoundGroup(0)) {
            List<Node> row = walk.brackets().orElseThrow();
            columns = Node.splitAtCommas(row).size();
            rows.add("(" + scene.inner(row) + ")");
            if (!walk.isSymbol(",") || !walk.isRoundGroup(1)) {
                break;
            }
            walk.skip(1);
        }
        written.keyword(String.join(", ", rows));
        if (!table) {
            return;
        }
        String names = IntStream.rangeClosed(1, columns)
                .mapToObj(i -> "COLUMN" + i)
                .collect(Collectors.joining(", ", "(", ")"));
        if (!walk.isAlias()) {
            written.keyword("AS \"VALUES\"" + names);
            return;
        }
        walk.accept("AS");
        String alias = walk.take().duck();
        written.keyword("AS " + alias + (walk.isRoundGroup(0) ? "" : names));
    }

    /// `* REPLACE (…)`, `* EXCLUDE (…)` or `* EXCLUDE a`, `* RENAME (…)` or `* RENAME a AS b`
    private boolean starred(String word) {
        walk.skip(1);
        String inside = walk.brackets().map(scene::inner).orElseGet(() -> {
            String name = walk.take().duck();
            return word.equals("RENAME") && walk.accept("AS")
                    ? name + " AS " + walk.take().duck()
                    : name;
        });
        written.keyword(word + " (" + inside + ")");
        return true;
    }

    private static boolean isStarred(String last) {
        return last.endsWith("*") || last.matches("(?s)(REPLACE|EXCLUDE|RENAME) \\(.*");
    }

    private boolean starLike(String word) {
        if (word.equals("LIKE") || !walk.is(1, Token.Kind.STRING)) {
            return false;
        }
        walk.skip(1);
        written.keyword("ILIKE " + walk.take().duck());
        return true;
    }

    private boolean interval() {
        walk.skip(1);
        String sign = written.last();
        Optional<String> to = written.takeSign() ? Optional.of(written.takeOperand()) : Optional.empty();
        written.operand(
                Intervals.added(to, to.isPresent() ? sign : "+", walk.take().text()));
        return true;
    }

    /// `a IS [NOT] DISTINCT FROM b` begins no list of tables.
    private boolean isDistinctFrom() {
        if (!written.last().equals("DISTINCT") || !(walk.isWord(-2, "IS") || walk.isWord(-2, "NOT"))) {
            return false;
        }
        walk.skip(1);
        written.keyword("FROM");
        return true;
    }

    private boolean insertion() {
        walk.skip(1);
        written.keyword("INSERT");
        return true;
    }

    private boolean top() {
        walk.skip(1);
        top = walk.take().text();
        return true;
    }

    /// `x [NOT] LIKE ANY ('a', 'b') [ESCAPE 'c']`, and ALL: several LIKEs.
    private boolean patterns(String word) {
        boolean all = walk.isWord(1, "ALL");
        if ((!all && !walk.isWord(1, "ANY")) || !walk.isRoundGroup(2)) {
            return false;
        }
        boolean not = written.takeNot();
        String value = Casts.asText(written.takeOperand());
        walk.skip(2);
        List<String> patterns = scene.each(Node.splitAtCommas(walk.brackets().orElseThrow()));
        String escape = walk.accept("ESCAPE") ? " ESCAPE " + walk.take().duck() : "";
        String each = patterns.stream()
                .map(pattern -> value + " " + word + " " + pattern + escape)
                .collect(Collectors.joining(all ? " AND " : " OR "));
        written.operand((not ? "(NOT (" : "((") + each + "))");
        return true;
    }

    /// `x [NOT] LIKE …`: a VARIANT's text, too.
    private boolean like(String word) {
        boolean not = written.takeNot();
        if (!written.hasOperand()) {
            return false;
        }
        written.operand(Casts.asText(written.takeOperand()));
        walk.skip(1);
        written.keyword(not ? "NOT " + word : word);
        return true;
    }

    /// `x [NOT] RLIKE 'pattern'`: the whole text must match.
    private boolean matches() {
        boolean not = written.takeNot();
        String value = Casts.asText(written.takeOperand());
        walk.skip(1);
        Node pattern = walk.here();
        walk.skip(1);
        written.operand(
                (not ? "(NOT " : "(") + "regexp_full_match(" + value + ", " + scene.inner(List.of(pattern)) + "))");
        return true;
    }

    /// `SAMPLE [BERNOULLI | ROW | SYSTEM | BLOCK] (n [ROWS]) [SEED | REPEATABLE (n)]`
    private boolean sample() {
        walk.skip(1);
        boolean block = walk.accept("SYSTEM") || walk.accept("BLOCK");
        if (!block && !walk.accept("BERNOULLI")) {
            walk.accept("ROW");
        }
        List<Node> size = walk.brackets().orElseThrow();
        boolean rows = size.size() == 2 && size.getLast().isWord("ROWS");
        if (!size.getFirst().is(Token.Kind.NUMBER) || (size.size() != 1 && !rows)) {
            throw SnowflakeError.unsupported("SAMPLE of anything but a number");
        }
        if (rows && block) {
            throw SnowflakeError.unsupported("SAMPLE SYSTEM of a number of rows");
        }
        String seed = "";
        if (walk.accept("SEED") || walk.accept("REPEATABLE")) {
            seed = " REPEATABLE (" + scene.inner(walk.brackets().orElseThrow()) + ")";
        }
        String number = ((Node.Leaf) size.getFirst()).token().text();
        String how = rows ? "reservoir(" + number + " ROWS)" : (block ? "system(" : "bernoulli(") + number + "%)";
        written.keyword("TABLESAMPLE " + how + seed);
        return true;
    }

    /// Behind a table; an alias and its columns may follow.
    private boolean pivot() {
        walk.skip(1);
        written.keyword(Pivot.of(scene, walk.brackets().orElseThrow(), written.table()));
        if (walk.isAlias()) {
            walk.accept("AS");
            written.keyword("AS");
        }
        return true;
    }

    private boolean unpivot() {
        walk.skip(1);
        boolean nulls = walk.accept("INCLUDE", "NULLS");
        if (!nulls) {
            walk.accept("EXCLUDE", "NULLS");
        }
        List<Node> inside =
                walk.brackets().orElseThrow(() -> SnowflakeError.SYNTAX.with("syntax error: expected UNPIVOT (…)."));
        written.keyword(Unpivot.of(scene, nulls, inside));
        if (walk.isAlias()) {
            walk.accept("AS");
            written.keyword("AS");
        }
        return true;
    }

    /// Behind the call in Snowflake, inside its brackets in DuckDB.
    private boolean nulls(String word) {
        walk.skip(2);
        if (!written.hasOperand()) {
            written.keyword(word + " NULLS");
            return true;
        }
        String call = written.takeOperand();
        if (!call.endsWith(")")) {
            written.operand(call);
            written.keyword(word + " NULLS");
            return true;
        }
        written.operand(call.substring(0, call.length() - 1) + " " + word + " NULLS)");
        return true;
    }
}
