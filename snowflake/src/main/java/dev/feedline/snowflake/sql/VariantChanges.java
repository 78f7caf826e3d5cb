package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where INSERT, UPDATE or MERGE gives a column of another type a VARIANT, or a VARIANT something else.
///
/// Given is the VARIANT's value, where DuckDB would give its JSON text, with a string's quotes. A text is no VARIANT,
/// as in Snowflake; DuckDB would parse it.
final class VariantChanges {
    /// (value): of a VARIANT the text without quotes; no statement can name it
    static final String VALUE = "\u0001VALUE";

    /// (value): fails for a text, which must be parsed or cast; no statement can name it
    static final String VARIANT = "\u0001VARIANT";

    private final Context context;
    private final VariantNames variants;
    private final List<Node> nodes;
    private List<Context.Column> columns = List.of();
    private final Map<String, Boolean> isVariant = new HashMap<>();

    private VariantChanges(Context context, VariantNames variants, List<Node> nodes) {
        this.context = context;
        this.variants = variants;
        this.nodes = new ArrayList<>(nodes);
    }

    static List<Node> rewritten(Context context, List<Node> nodes) {
        VariantNames variants = VariantNames.of(context, nodes);
        return variants.any() && !nodes.isEmpty() ? new VariantChanges(context, variants, nodes).rewritten() : nodes;
    }

    private List<Node> rewritten() {
        boolean insert = nodes.getFirst().isWord("INSERT");
        int at = insert || nodes.getFirst().isWord("MERGE") ? 2 : 1;
        int behind = target(at);
        if (behind < 0 || columns.isEmpty()) {
            return nodes;
        }
        if (insert) {
            insert(behind);
            return nodes;
        }
        for (int i = nodes.size() - 1; i > behind; i--) {
            if (Keywords.stands(nodes, i, "INSERT") && nodes.get(i - 1).isWord("THEN")) {
                merged(i + 1);
            } else if (Keywords.stands(nodes, i, "SET")) {
                set(i + 1);
            }
        }
        if (behind < nodes.size() && nodes.get(behind).isWord("SET")) {
            set(behind + 1);
        }
        return nodes;
    }

    /// Reads the table that is changed; returns what stands behind its name, or -1.
    private int target(int from) {
        if (from + 1 < nodes.size()
                && nodes.get(from).isWord("IDENTIFIER")
                && nodes.get(from + 1) instanceof Node.Group group) {
            Optional<ObjectName> named = NameChains.identified(context, group.inside());
            named.ifPresent(this::columns);
            return named.isPresent() ? from + 2 : -1;
        }
        List<String> parts = new ArrayList<>();
        int at = NameChains.end(nodes, from, parts);
        if (parts.isEmpty() || parts.size() > 3) {
            return -1;
        }
        columns(new ObjectName(parts));
        return at;
    }

    private void columns(ObjectName table) {
        columns = context.columns(table);
        columns.forEach(column -> isVariant.put(Token.fold(column.name()), column.variant()));
    }

    /// `INSERT INTO table [(columns)] query`: the query's columns by their places.
    private void insert(int behind) {
        List<Boolean> targets = columns.stream().map(Context.Column::variant).toList();
        int from = behind;
        if (from < nodes.size() && nodes.get(from) instanceof Node.Group group && isList(group.inside())) {
            targets = named(group.inside());
            from++;
        }
        if (from < nodes.size() && nodes.get(from).isWord("VALUES")) {
            values(from + 1, targets);
            return;
        }
        boolean query = from < nodes.size()
                && (nodes.get(from).isWord("SELECT")
                        || nodes.get(from).isWord("WITH")
                        || nodes.get(from).isRoundGroup());
        if (!query || items(from, targets)) {
            return;
        }
        List<Node> rest = List.copyOf(nodes.subList(from, nodes.size()));
        nodes.subList(from, nodes.size()).clear();
        nodes.add(Node.word("SELECT"));
        for (int i = 0; i < targets.size(); i++) {
            if (i > 0) {
                nodes.add(Node.symbol(","));
            }
            Node value = Node.quoted("value" + (i + 1));
            nodes.add(Node.word(targets.get(i) ? VARIANT : VALUE));
            nodes.add(Node.brackets(List.of(value)));
        }
        nodes.add(Node.word("FROM"));
        nodes.add(Node.brackets(rest));
        nodes.add(Node.word("AS"));
        nodes.add(Node.quoted("inserted"));
        List<Node> names = new ArrayList<>();
        IntStream.rangeClosed(1, targets.size()).forEach(i -> {
            if (i > 1) {
                names.add(Node.symbol(","));
            }
            names.add(Node.quoted("value" + i));
        });
        nodes.add(Node.brackets(names));
    }

    /// Of one plain SELECT each item is given by itself; false where it is none.
    private boolean items(int from, List<Boolean> targets) {
        List<Node> query = List.copyOf(nodes.subList(from, nodes.size()));
        boolean plain = query.getFirst().isWord("SELECT")
                && query.stream()
                        .noneMatch(
                                node -> node.isWord("DISTINCT") || node.isWord("GROUP") || Keywords.joinsQueries(node));
        if (!plain) {
            return false;
        }
        int begin = SelectLabels.listBegin(query, 1);
        int to = SelectLabels.listEnd(query, begin);
        List<List<Node>> items = Node.splitAtCommas(query.subList(begin, to));
        if (items.size() != targets.size()
                || items.stream().anyMatch(one -> one.isEmpty() || SelectLabels.isStar(one))) {
            return false;
        }
        List<Node> list = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            List<Node> item = items.get(i);
            if (i > 0) {
                list.add(Node.symbol(","));
            }
            boolean alias = SelectLabels.hasAlias(item);
            list.addAll(given(SelectLabels.expression(item), targets.get(i)));
            if (alias) {
                list.add(Node.word("AS"));
                list.add(item.getLast());
            }
        }
        nodes.subList(from + begin, from + to).clear();
        nodes.addAll(from + begin, list);
        return true;
    }

    /// Behind VALUES: rows in brackets.
    private void values(int from, List<Boolean> targets) {
        for (int i = from; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof Node.Group row) {
                nodes.set(i, row(row, targets));
            }
        }
    }

    private Node row(Node.Group row, List<Boolean> targets) {
        List<Node> list = new ArrayList<>();
        List<List<Node>> each = Node.splitAtCommas(row.inside());
        for (int i = 0; i < each.size(); i++) {
            if (i > 0) {
                list.add(Node.symbol(","));
            }
            list.addAll(i < targets.size() ? given(each.get(i), targets.get(i)) : each.get(i));
        }
        return new Node.Group(row.open(), list, row.close());
    }

    private List<Boolean> named(List<Node> list) {
        return list.stream()
                .filter(Node::isIdentifier)
                .map(node -> isVariant.getOrDefault(Token.fold(node.text()), true))
                .toList();
    }

    private static boolean isList(List<Node> inside) {
        return !inside.isEmpty()
                && inside.stream().allMatch(node -> node.isIdentifier() || node.isSymbol(","))
                && !inside.getFirst().isWord("SELECT");
    }

    /// Behind SET, up to what ends its list.
    private void set(int from) {
        int to = Keywords.setEnd(nodes, from);
        List<Node> list = new ArrayList<>();
        for (List<Node> one : Node.splitAtCommas(List.copyOf(nodes.subList(from, to)))) {
            if (!list.isEmpty()) {
                list.add(Node.symbol(","));
            }
            int equals = 0;
            while (equals < one.size() && !one.get(equals).isSymbol("=")) {
                equals++;
            }
            boolean known =
                    equals > 0 && equals < one.size() && one.get(equals - 1).isIdentifier();
            Boolean variant =
                    known ? isVariant.get(Token.fold(one.get(equals - 1).text())) : null;
            list.addAll(variant != null ? one.subList(0, equals + 1) : one);
            if (variant != null) {
                list.addAll(given(one.subList(equals + 1, one.size()), variant));
            }
        }
        nodes.subList(from, to).clear();
        nodes.addAll(from, list);
    }

    /// Behind the INSERT of a MERGE: `[(columns)] VALUES (values)`
    private void merged(int from) {
        List<Boolean> targets = columns.stream().map(Context.Column::variant).toList();
        int at = from;
        if (at < nodes.size() && nodes.get(at) instanceof Node.Group group) {
            targets = named(group.inside());
            at++;
        }
        if (at + 1 >= nodes.size()
                || !nodes.get(at).isWord("VALUES")
                || !(nodes.get(at + 1) instanceof Node.Group values)) {
            return;
        }
        nodes.set(at + 1, row(values, targets));
    }

    /// What a column is given.
    ///
    /// @param variant whether the column is a VARIANT
    private List<Node> given(List<Node> expression, boolean variant) {
        boolean plain = expression.size() == 1
                && (expression.getFirst().isWord("DEFAULT")
                        || expression.getFirst().isWord("NULL"));
        if (plain || (!variant && !variants.mayBe(expression))) {
            return expression;
        }
        return List.of(Node.word(variant ? VARIANT : VALUE), Node.brackets(expression));
    }
}
