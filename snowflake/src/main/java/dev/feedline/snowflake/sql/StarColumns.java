package dev.feedline.snowflake.sql;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which columns of `*` may be VARIANTs.
///
/// @param reading the queries that are being read: a name of one of them that stands in it is a table's
record StarColumns(VariantNames variants, Set<List<Node>> reading) {
    /// Words behind which brackets are no table.
    private static final Set<String> OF_CONDITIONS = Set.of("ON", "USING", "AND", "OR", "NOT", "IN");

    private static final Set<String> TABLES_END =
            Set.of("WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "FETCH");

    StarColumns(VariantNames variants) {
        this(variants, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /// Whether the column at a place of a query's star may be one: where its tables are known, none before the
    /// first VARIANT of one is.
    boolean mayBe(List<Node> query, List<Node> star, int place) {
        List<Node> of = star.getFirst().isWord(VariantQueries.ALL_CANONICAL)
                        && star.size() > 1
                        && star.get(1) instanceof Node.Group g
                ? g.inside()
                : star;
        if (!of.getLast().isSymbol("*")) { // EXCLUDE and its like
            return true;
        }
        List<Node> tables = tables(query);
        Optional<List<Node>> derived = derived(tables);
        return derived.isPresent()
                ? ofQuery(derived.get(), place)
                : !isPlain(tables) || place >= variants.firstColumn();
    }

    private boolean ofQuery(List<Node> query, int place) {
        reading.add(query);
        List<List<Node>> selects = new QueryArms(query).selects();
        return selects.isEmpty() || selects.stream().anyMatch(select -> ofSelect(select, place));
    }

    /// Whether the column at a place of what a SELECT gives may be one.
    boolean ofSelect(List<Node> select, int place) {
        List<List<Node>> items = VariantQueries.items(select);
        for (int i = 0; i < Math.min(place, items.size()); i++) {
            if (isStar(items.get(i))) {
                return mayBe(select, items.get(i), place - i);
            }
            if (i + 1 == place) {
                return variants.mayBe(SelectLabels.expression(items.get(i)));
            }
        }
        return true; // a column of what the query is joined with
    }

    private static List<Node> tables(List<Node> query) {
        int from = 0;
        while (from < query.size() && !Keywords.stands(query, from, Set.of("FROM"))) {
            from++;
        }
        return from == query.size() ? List.of() : query.subList(from + 1, tablesEnd(query, from));
    }

    static int tablesEnd(List<Node> query, int from) {
        int to = from;
        while (to < query.size() && !Keywords.stands(query, to, TABLES_END) && !Keywords.joinsQueries(query.get(to))) {
            to++;
        }
        return to;
    }

    /// The query that the only table is, in brackets or by the name that WITH gives it.
    private Optional<List<Node>> derived(List<Node> tables) {
        boolean one = !tables.isEmpty()
                && tables.size() <= 3
                && tables.subList(1, tables.size()).stream().allMatch(Node::isIdentifier);
        if (!one) {
            return Optional.empty();
        }
        return tables.getFirst() instanceof Node.Group group
                ? Optional.of(group.inside())
                : common(tables.getFirst().text());
    }

    private Optional<List<Node>> common(String name) {
        return variants.common(name).filter(query -> !reading.contains(query));
    }

    /// Whether all tables are named, and none is a query's name.
    private boolean isPlain(List<Node> tables) {
        for (int i = 0; i < tables.size(); i++) {
            boolean condition = i > 0
                    && (Keywords.stands(tables, i - 1, OF_CONDITIONS)
                            || (tables.get(i - 1).is(Token.Kind.SYMBOL)
                                    && !tables.get(i - 1).isSymbol(",")));
            if (tables.get(i) instanceof Node.Group
                    ? !condition
                    : common(tables.get(i).text()).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /// `*`, `t.*`, or what either became.
    static boolean isStar(List<Node> item) {
        return !item.isEmpty() && (SelectLabels.isStar(item) || item.getFirst().isWord(VariantQueries.ALL_CANONICAL));
    }
}
