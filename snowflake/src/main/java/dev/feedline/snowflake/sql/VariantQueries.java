package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a query sorts, groups or tells rows apart by a VARIANT: it does so by its value, not by its JSON text.
///
/// One level of a statement is written otherwise before it is translated, with two functions that no statement can
/// name.
final class VariantQueries {
    /// (value): what it is sorted by
    static final String KEY = "\u0001KEY";

    /// (value): with one text for equal values
    static final String CANONICAL = "\u0001CANONICAL";

    /// (`*` or `t.*`): the same of each column
    static final String ALL_CANONICAL = "\u0001ALL_CANONICAL";

    private static final Set<String> LIST_ENDS = Set.of(
            "HAVING",
            "QUALIFY",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "MINUS",
            "ROWS",
            "RANGE",
            "GROUPS",
            "WHERE",
            "FROM",
            "GROUP",
            "WINDOW");
    private static final Set<String> AGGREGATES = Set.of("""
            ANY_VALUE APPROX_COUNT_DISTINCT APPROX_PERCENTILE ARRAY_AGG AVG BITAND_AGG BITOR_AGG BITXOR_AGG BOOLAND_AGG
            BOOLOR_AGG CORR COUNT COUNT_IF COVAR_POP COVAR_SAMP HLL KURTOSIS LISTAGG MAX MAX_BY MEDIAN MIN MIN_BY MODE
            OBJECT_AGG PERCENTILE_CONT PERCENTILE_DISC REGR_AVGX REGR_AVGY REGR_COUNT REGR_INTERCEPT REGR_R2 REGR_SLOPE
            REGR_SXX REGR_SXY REGR_SYY SKEW STDDEV STDDEV_POP STDDEV_SAMP SUM VARIANCE VARIANCE_POP VARIANCE_SAMP
            VAR_POP VAR_SAMP GROUPING GROUPING_ID
            """.strip().split("\\s+"));
    private static final Set<String> GROUPINGS = Set.of("ROLLUP", "CUBE", "GROUPING");
    private static final Set<String> SORTING = Set.of("ASC", "DESC", "NULLS", "FIRST", "LAST");

    private final VariantNames variants;
    private final List<Node> nodes;

    private VariantQueries(VariantNames variants, List<Node> nodes) {
        this.variants = variants;
        this.nodes = new ArrayList<>(nodes);
    }

    static List<Node> rewritten(List<Node> nodes, VariantNames variants) {
        boolean concerned = variants.any()
                && nodes.stream()
                        .anyMatch(node -> node.isWord("BY")
                                || node.isWord("DISTINCT")
                                || node.isWord("USING")
                                || node.isWord("NATURAL")
                                || node.isWord(QueryArms.MARK)
                                || Keywords.joinsQueries(node));
        return concerned ? new VariantQueries(variants, nodes).rewritten() : nodes;
    }

    private List<Node> rewritten() {
        refuseUsing();
        boolean distinctQueries = false;
        for (int i = 0; i < nodes.size(); i++) {
            boolean all = i + 1 < nodes.size() && nodes.get(i + 1).isWord("ALL");
            distinctQueries |= Keywords.joinsQueries(nodes.get(i)) && !all && !isColumnsOf(i);
        }
        if (distinctQueries) {
            List<Node> marked = new QueryArms(nodes).marked();
            nodes.clear();
            nodes.addAll(marked);
        }
        // From the last to the first, so that what is found stays where it is.
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (Keywords.stands(nodes, i, "SELECT")) {
                select(i, distinctQueries);
            }
        }
        for (int i = nodes.size() - 2; i >= 0; i--) {
            if (nodes.get(i + 1).isWord("BY") && Keywords.stands(nodes, i, "ORDER")) {
                order(i + 2);
            } else if (nodes.get(i + 1).isWord("BY") && Keywords.stands(nodes, i, "PARTITION")) {
                partition(i + 2);
            }
        }
        return nodes;
    }

    /// `* EXCEPT` is none of Snowflake's; it is refused where it is read.
    private boolean isColumnsOf(int at) {
        return at > 0 && nodes.get(at - 1).isSymbol("*");
    }

    /// By the columns as they are: in a view any may become a VARIANT.
    private void refuseUsing() {
        VariantNames present = variants.present();
        for (int i = 1; i + 1 < nodes.size(); i++) {
            if (Keywords.stands(nodes, i, "NATURAL") && present.mayShare(tablesAround(i))) {
                throw SnowflakeError.unsupported("NATURAL JOIN of tables that may share a VARIANT (say it with ON)");
            }
            if (Keywords.stands(nodes, i, "USING")
                    && nodes.get(i + 1) instanceof Node.Group group
                    && group.inside().stream().filter(Node::isIdentifier).anyMatch(node -> present.mayBe(node.text()))
                    && group.inside().stream().allMatch(node -> node.isIdentifier() || node.isSymbol(","))) {
                throw SnowflakeError.unsupported("JOIN … USING of a column that may be a VARIANT (say it with ON)");
            }
        }
    }

    private List<Node> tablesAround(int at) {
        int from = at;
        while (from > 0 && !Keywords.stands(nodes, from - 1, Set.of("FROM"))) {
            from--;
        }
        return nodes.subList(from, StarColumns.tablesEnd(nodes, from));
    }

    private void select(int at, boolean distinctQueries) {
        boolean arm = at + 1 < nodes.size() && nodes.get(at + 1).isWord(QueryArms.MARK);
        // Of arms in brackets within brackets each level has marked it.
        while (at + 1 < nodes.size() && nodes.get(at + 1).isWord(QueryArms.MARK)) {
            nodes.remove(at + 1);
        }
        int from = SelectLabels.listBegin(nodes, at + 1);
        boolean distinct = distinctQueries
                || arm
                || nodes.subList(at + 1, from).stream().anyMatch(node -> node.isWord("DISTINCT"));
        int to = SelectLabels.listEnd(nodes, from);
        List<List<Node>> items = new ArrayList<>();
        Node.splitAtCommas(nodes.subList(from, to)).forEach(item -> items.add(List.copyOf(item)));
        int group = clause("GROUP", to);
        if (group >= 0) {
            group(group + 2, items);
        }
        if (distinct) {
            items.replaceAll(this::canonicalItem);
        }
        List<Node> list = new ArrayList<>();
        for (List<Node> item : items) {
            if (!list.isEmpty()) {
                list.add(Node.symbol(","));
            }
            list.addAll(item);
        }
        replace(from, to, list);
    }

    /// Behind GROUP BY.
    private void group(int from, List<List<Node>> items) {
        List<List<Node>> groups = groups(nodes.subList(from, end(from)));
        List<Node> plain = new ArrayList<>();
        groups.forEach(one -> {
            plain.addAll(plain.isEmpty() ? List.of() : List.of(Node.symbol(",")));
            plain.addAll(one);
        });
        replace(from, end(from), plain);
        int to = end(from);
        if (groups.size() == 1
                && groups.getFirst().size() == 1
                && groups.getFirst().getFirst().isWord("ALL")) {
            all(from, to, items);
            return;
        }
        for (List<Node> one : groups) {
            if (one.size() == 1 && one.getFirst().is(Token.Kind.NUMBER)) {
                int position = position(one.getFirst());
                if (position > 0 && position <= items.size()) {
                    items.set(position - 1, canonicalItem(items.get(position - 1)));
                }
                continue;
            }
            if (!one.isEmpty() && GROUPINGS.stream().anyMatch(one.getFirst()::isWord) && one.size() > 1) {
                refuseGroupings(one);
                continue;
            }
            if (!variants.mayBe(one)) {
                continue;
            }
            boolean alias = false;
            for (int i = 0; i < items.size(); i++) {
                List<Node> item = items.get(i);
                if (one.size() == 1
                        && SelectLabels.hasAlias(item)
                        && item.getLast().text().equals(one.getFirst().text())) {
                    items.set(i, canonicalItem(item));
                    alias = true;
                }
            }
            if (!alias) {
                items.replaceAll(item -> replaced(item, one, true));
                List<Node> rest = replaced(nodes.subList(from, nodes.size()), one, false);
                replace(from, nodes.size(), rest);
            }
        }
    }

    /// What stands behind GROUP BY, what is in brackets by itself: `(a, b)` is `a, b`.
    private static List<List<Node>> groups(List<Node> list) {
        List<List<Node>> groups = new ArrayList<>();
        for (List<Node> one : Node.splitAtCommas(list)) {
            boolean brackets = one.size() == 1
                    && one.getFirst() instanceof Node.Group group
                    && group.isRound()
                    && !group.inside().isEmpty()
                    && !VariantNames.isQuery(group.inside());
            if (brackets) {
                groups.addAll(groups(((Node.Group) one.getFirst()).inside()));
            } else {
                groups.add(List.copyOf(one));
            }
        }
        return groups;
    }

    /// GROUP BY ALL, by the places of what is no aggregate: else DuckDB does not know its expressions in ORDER BY.
    private void all(int from, int to, List<List<Node>> items) {
        boolean known = items.stream().noneMatch(item -> item.isEmpty() || SelectLabels.isStar(item));
        boolean variant = items.stream().anyMatch(item -> variants.mayBe(SelectLabels.expression(item)));
        List<Node> places = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (!isAggregate(items.get(i))) {
                if (!places.isEmpty()) {
                    places.add(Node.symbol(","));
                }
                places.add(Node.number(i + 1));
            }
        }
        items.replaceAll(this::canonicalItem);
        if (known && variant && !places.isEmpty()) {
            replace(from, to, places);
        }
    }

    private static boolean isAggregate(List<Node> item) {
        for (int i = 0; i < item.size(); i++) {
            boolean call = item.get(i).is(Token.Kind.WORD)
                    && i + 1 < item.size()
                    && item.get(i + 1).isRoundGroup()
                    && AGGREGATES.contains(item.get(i).text());
            if (call || (item.get(i) instanceof Node.Group group && isAggregate(group.inside()))) {
                return true;
            }
        }
        return false;
    }

    /// GROUPING SETS, CUBE and ROLLUP of a VARIANT, by the columns as they are.
    private void refuseGroupings(List<Node> one) {
        boolean variant = one.stream()
                .filter(Node.Group.class::isInstance)
                .flatMap(node -> groups(((Node.Group) node).inside()).stream())
                .anyMatch(variants.present()::mayBe);
        if (variant) {
            throw SnowflakeError.unsupported("GROUP BY ROLLUP, CUBE or GROUPING SETS of what may be a VARIANT");
        }
    }

    /// With one text for equal values, under the name it had.
    private List<Node> canonicalItem(List<Node> item) {
        if (item.isEmpty()) {
            return item;
        }
        if (SelectLabels.isStar(item)) {
            return List.of(Node.word(ALL_CANONICAL), Node.brackets(item));
        }
        boolean alias = SelectLabels.hasAlias(item);
        List<Node> expression = SelectLabels.expression(item);
        if (!variants.mayBe(expression)) {
            return item;
        }
        List<Node> canonical = new ArrayList<>(List.of(Node.word(CANONICAL), Node.brackets(expression)));
        if (alias || SelectLabels.isColumn(item)) {
            canonical.add(Node.word("AS"));
            canonical.add(item.getLast());
        }
        return canonical;
    }

    private List<Node> replaced(List<Node> in, List<Node> one, boolean item) {
        if (item && SameExpression.end(in, 0, one) == in.size()) {
            return canonicalItem(in);
        }
        List<Node> out = new ArrayList<>();
        for (int i = 0; i < in.size(); ) {
            int end = SameExpression.end(in, i, one);
            if (end > i) {
                out.add(Node.word(CANONICAL));
                out.add(Node.brackets(in.subList(i, end)));
                i = end;
                if (i < in.size() && in.get(i).isSymbol(".")) { // a deeper path
                    out.add(Node.symbol(":"));
                    i++;
                }
                continue;
            }
            out.add(
                    in.get(i) instanceof Node.Group group
                                    && !(!group.inside().isEmpty()
                                            && group.inside().getFirst().isWord("SELECT"))
                            ? new Node.Group(group.open(), replaced(group.inside(), one, false), group.close())
                            : in.get(i));
            i++;
        }
        return out;
    }

    /// Behind ORDER BY.
    private void order(int from) {
        int to = end(from);
        List<Node> order = new ArrayList<>();
        for (List<Node> item : Node.splitAtCommas(List.copyOf(nodes.subList(from, to)))) {
            if (!order.isEmpty()) {
                order.add(Node.symbol(","));
            }
            List<Node> value = sorted(item);
            if (value.size() == 1 && value.getFirst().is(Token.Kind.NUMBER)) {
                order.addAll(ordinal(value.getFirst()));
            } else if (mayBeJoined(value)) {
                order.addAll(key(value));
            } else if (variants.mayBe(value)) {
                List<Node> named = named(value);
                order.addAll(variants.mayBe(named) ? key(named) : value);
            } else {
                order.addAll(value);
            }
            order.addAll(item.subList(value.size(), item.size()));
        }
        replace(from, to, order);
    }

    /// What ORDER BY names, without ASC and its like.
    static List<Node> sorted(List<Node> item) {
        int end = item.size();
        while (end > 0 && Keywords.stands(item, end - 1, SORTING)) {
            end--;
        }
        return item.subList(0, end);
    }

    /// Whether a name may be that of a column of the first query's `*`, to which another query gives a VARIANT.
    private boolean mayBeJoined(List<Node> value) {
        if (value.size() != 1 || !value.getFirst().isIdentifier()) {
            return false;
        }
        List<List<Node>> selects = new QueryArms(nodes).selects();
        return selects.size() > 1
                && items(selects.getFirst()).stream().anyMatch(StarColumns::isStar)
                && selects.stream().skip(1).anyMatch(variants::gives);
    }

    /// What an alias stands for: in an expression DuckDB takes a column of the name first.
    private List<Node> named(List<Node> value) {
        List<List<Node>> selects = new QueryArms(nodes).selects();
        if (value.size() != 1 || selects.size() != 1) { // of queries that are joined the columns only have their names
            return value;
        }
        for (List<Node> item : items(selects.getFirst())) {
            if (SelectLabels.hasAlias(item)
                    && item.getLast().text().equals(value.getFirst().text())) {
                return List.copyOf(SelectLabels.expression(item));
            }
        }
        return value;
    }

    /// What a SELECT gives.
    static List<List<Node>> items(List<Node> select) {
        int from = SelectLabels.listBegin(select, 1);
        return Node.splitAtCommas(select.subList(from, SelectLabels.listEnd(select, from)));
    }

    /// `ORDER BY 2`
    private List<Node> ordinal(Node number) {
        int position = position(number);
        List<List<Node>> selects = new QueryArms(nodes).selects();
        List<Optional<List<Node>>> places =
                selects.stream().map(select -> place(select, position)).toList();
        if (places.stream().flatMap(Optional::stream).noneMatch(variants::mayBe)) {
            return List.of(number);
        }
        if (selects.size() == 1) {
            return key(places.getFirst().orElseThrow());
        }
        Optional<Node> name = name(selects.getFirst(), position);
        if (name.isPresent()) {
            return key(List.of(name.get()));
        }
        if (places.stream().flatMap(Optional::stream).anyMatch(variants.present()::mayBe)) {
            throw SnowflakeError.unsupported(
                    "ORDER BY " + position + " of joined queries whose column has no name (give it an alias)");
        }
        return List.of(number);
    }

    private static List<Node> key(List<Node> value) {
        return List.of(Node.word(KEY), Node.brackets(value));
    }

    /// What a SELECT gives at a place, without its alias; empty where it gives nothing there, or `*` does.
    private Optional<List<Node>> place(List<Node> select, int position) {
        List<List<Node>> items = items(select);
        for (int i = 0; i < Math.min(position, items.size()); i++) {
            List<Node> item = items.get(i);
            if (!StarColumns.isStar(item)) {
                continue;
            }
            if (variants.present().hasNames()
                    && new StarColumns(variants.present()).mayBe(select, item, position - i)) {
                throw SnowflakeError.unsupported(
                        "ORDER BY " + position + " of SELECT * with a VARIANT among its columns (name the column)");
            }
            return Optional.empty();
        }
        return position > 0 && position <= items.size()
                ? Optional.of(SelectLabels.expression(items.get(position - 1)))
                : Optional.empty();
    }

    /// The name of the column at a place, as far as the SELECT says it.
    private static Optional<Node> name(List<Node> select, int position) {
        List<List<Node>> items = items(select);
        if (position > items.size() || items.subList(0, position).stream().anyMatch(StarColumns::isStar)) {
            return Optional.empty();
        }
        List<Node> item = items.get(position - 1);
        return !item.isEmpty() && (SelectLabels.hasAlias(item) || SelectLabels.isColumn(item))
                ? Optional.of(item.getLast())
                : Optional.empty();
    }

    private void partition(int from) {
        int to = end(from);
        List<Node> partition = new ArrayList<>();
        for (List<Node> item : Node.splitAtCommas(List.copyOf(nodes.subList(from, to)))) {
            if (!partition.isEmpty()) {
                partition.add(Node.symbol(","));
            }
            if (variants.mayBe(item)) {
                partition.add(Node.word(CANONICAL));
                partition.add(Node.brackets(item));
            } else {
                partition.addAll(item);
            }
        }
        replace(from, to, partition);
    }

    private int clause(String word, int from) {
        for (int i = from; i + 1 < nodes.size(); i++) {
            if (Keywords.stands(nodes, i, "SELECT") || Keywords.joinsQueries(nodes.get(i))) {
                return -1;
            }
            if (Keywords.stands(nodes, i, word) && nodes.get(i + 1).isWord("BY")) {
                return i;
            }
        }
        return -1;
    }

    private int end(int from) {
        int end = from;
        while (end < nodes.size() && !Keywords.stands(nodes, end, LIST_ENDS)) {
            end++;
        }
        return end;
    }

    private void replace(int from, int to, List<Node> by) {
        List<Node> now = List.copyOf(by);
        nodes.subList(from, to).clear();
        nodes.addAll(from, now);
    }

    private static int position(Node number) {
        String text = number.text();
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    }
}
