package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which expressions of a statement may be VARIANTs: those of columns that are one, and what is made of them.
///
/// It may say so of one that is none, never the other way round.
final class VariantNames {
    private static final Set<String> MAKERS = Set.of("""
            PARSE_JSON TRY_PARSE_JSON TO_VARIANT TO_OBJECT TO_ARRAY GET GET_PATH GET_IGNORE_CASE SPLIT STRTOK_TO_ARRAY
            REGEXP_SUBSTR_ALL REGEXP_EXTRACT_ALL PARSE_URL AS_ARRAY AS_OBJECT STRIP_NULL_VALUE
            """.strip().split("\\s+"));

    /// What begins like a function that makes a VARIANT and makes none.
    private static final Set<String> PLAIN =
            Set.of("ARRAY_SIZE", "ARRAY_TO_STRING", "ARRAY_CONTAINS", "ARRAY_POSITION", "ARRAYS_OVERLAP");

    /// Functions that give one of their arguments.
    private static final Set<String> CHOICES = Set.of("""
            COALESCE NVL IFNULL NVL2 IFF NULLIF DECODE ZEROIFNULL GREATEST LEAST GREATEST_IGNORE_NULLS
            LEAST_IGNORE_NULLS MIN MAX ANY_VALUE MODE FIRST_VALUE LAST_VALUE NTH_VALUE LAG LEAD MAX_BY MIN_BY
            """.strip().split("\\s+"));

    private static final Set<String> OPERATORS =
            Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "||");
    private static final Set<String> CONDITIONS =
            Set.of("AND", "OR", "NOT", "IS", "LIKE", "ILIKE", "IN", "BETWEEN", "RLIKE", "REGEXP");
    private static final Pattern SEMI_STRUCTURED = Pattern.compile("VARIANT|OBJECT|ARRAY");

    /// What stands behind a query in brackets that is a part of a query.
    private static final Set<String> QUERY_GOES_ON =
            Set.of("UNION", "INTERSECT", "EXCEPT", "MINUS", "ORDER", "LIMIT", "OFFSET", "FETCH");

    private final Context context;
    private final Set<String> names = new HashSet<>();
    private final boolean all;
    private final boolean any;

    private final int firstColumn;
    private final Map<String, List<Node>> queries = new HashMap<>();
    private final @Nullable VariantNames present;

    /// @param present what the columns are now, where they may be others when the statement is run
    private VariantNames(
            Context context, Optional<Map<String, Integer>> columns, List<Node> whole, @Nullable VariantNames present) {
        this.context = context;
        this.all = columns.isEmpty();
        this.present = present;
        common(whole);
        this.firstColumn = columns.map(found -> found.values().stream()
                        .mapToInt(Integer::intValue)
                        .min()
                        .orElse(Integer.MAX_VALUE))
                .orElse(1);
        columns.ifPresent(found -> found.keySet().forEach(name -> names.add(Token.fold(name))));
        if (mentions(whole, "FLATTEN")) {
            names.addAll(Set.of("VALUE", "THIS"));
        }
        this.any = all || !names.isEmpty() || deep(whole);
        if (any && !all) {
            int before;
            do {
                before = names.size();
                learn(whole);
            } while (names.size() > before);
        }
    }

    static VariantNames of(Context context, List<Node> whole) {
        Set<String> identifiers = new HashSet<>();
        collect(context, whole, identifiers);
        Optional<Map<String, Integer>> columns = context.variants(identifiers);
        return new VariantNames(
                context,
                columns,
                whole,
                columns.isPresent()
                        ? null
                        : new VariantNames(context, Optional.of(context.presentVariants(identifiers)), whole, null));
    }

    /// The same by the columns as they are now, which decides what is refused: in a view any name may become a VARIANT.
    VariantNames present() {
        return present == null ? this : present;
    }

    /// Whether a table, or the statement itself, has a name for a VARIANT.
    boolean hasNames() {
        return all || !names.isEmpty();
    }

    /// Whether tables that are joined may have a column in common that is a VARIANT in one of them.
    boolean mayShare(List<Node> joined) {
        Map<String, Integer> tables = new HashMap<>();
        Set<String> variants = new HashSet<>();
        for (int i = 0; i < joined.size(); i++) {
            boolean table = i == 0
                    || joined.get(i - 1).isWord("JOIN")
                    || joined.get(i - 1).isSymbol(",");
            if (!table) {
                continue;
            }
            List<Context.Column> columns =
                    named(joined, i).map(context::columns).orElse(List.of());
            if (columns.isEmpty()) {
                return hasNames();
            }
            for (Context.Column column : columns) {
                tables.merge(Token.fold(column.name()), 1, Integer::sum);
                if (column.variant()) {
                    variants.add(Token.fold(column.name()));
                }
            }
        }
        return variants.stream().anyMatch(name -> tables.getOrDefault(name, 0) > 1);
    }

    /// The table that is named here; empty where there is none, or WITH gives a query its name.
    private Optional<ObjectName> named(List<Node> nodes, int from) {
        List<String> parts = new ArrayList<>();
        int at = NameChains.end(nodes, from, parts);
        boolean table = !parts.isEmpty()
                && parts.size() <= 3
                && !(at < nodes.size() && nodes.get(at) instanceof Node.Group)
                && common(parts.getLast()).isEmpty();
        return table ? Optional.of(new ObjectName(parts)) : Optional.empty();
    }

    /// The query that WITH gives a name to, without brackets; with nothing in it where it names its columns, or
    /// another query has the same name.
    Optional<List<Node>> common(String name) {
        return Optional.ofNullable(queries.get(Token.fold(name)));
    }

    /// The place of the first VARIANT among a table's columns; no `*` has one before it.
    int firstColumn() {
        return firstColumn;
    }

    /// Whether the statement has a VARIANT at all.
    boolean any() {
        return any;
    }

    boolean mayBe(String name) {
        return all || names.contains(Token.fold(name));
    }

    /// Whether an expression may be a VARIANT.
    boolean mayBe(List<Node> expression) {
        if (!any || expression.isEmpty()) {
            return false;
        }
        if (IntStream.range(0, expression.size()).anyMatch(i -> Keywords.stands(expression, i, "CASE"))) {
            return deep(expression);
        }
        if (IntStream.range(0, expression.size()).anyMatch(i -> isOperator(expression, i))) {
            return false;
        }
        for (int i = expression.size() - 2; i >= 0; i--) {
            boolean last = i + 2 == expression.size()
                    || (i + 3 == expression.size() && expression.get(i + 2).isRoundGroup());
            if (expression.get(i).isSymbol("::") && last) {
                return isSemiStructured(expression.get(i + 1));
            }
        }
        if (expression.stream()
                .anyMatch(node -> node.isSymbol(":") || (node instanceof Node.Group group && !group.isRound()))) {
            return true;
        }
        if (expression.size() == 1 && expression.getFirst() instanceof Node.Group group) {
            return isQuery(group.inside()) ? deep(group.inside()) : mayBe(group.inside());
        }
        if (isChain(expression)) {
            return mayBe(expression.getLast().text());
        }
        if (expression.getFirst().isIdentifier()
                && expression.size() > 1
                && expression.get(1) instanceof Node.Group arguments
                && arguments.isRound()) {
            return call(expression.getFirst().text(), arguments.inside());
        }
        return deep(expression);
    }

    /// Whether a query gives one.
    boolean gives(List<Node> query) {
        List<List<Node>> selects = new QueryArms(query).selects();
        return selects.stream()
                .flatMap(select -> VariantQueries.items(select).stream())
                .anyMatch(item -> item.isEmpty() || SelectLabels.isStar(item)
                        ? hasNames()
                        : mayBe(SelectLabels.expression(item)));
    }

    private boolean call(String function, List<Node> arguments) {
        if (makes(function) || function.equals(VariantQueries.CANONICAL)) {
            return true;
        }
        if (function.equals("CAST") || function.equals("TRY_CAST")) {
            return arguments.stream().anyMatch(VariantNames::isSemiStructured);
        }
        return CHOICES.contains(function)
                && Node.splitAtCommas(arguments).stream().anyMatch(this::mayBe);
    }

    private static boolean makes(String function) {
        return MAKERS.contains(function)
                || ((function.startsWith("ARRAY_") || function.startsWith("OBJECT_")) && !PLAIN.contains(function));
    }

    /// Whether anything in it may be one.
    private boolean deep(List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean found = switch (node) {
                case Node.Group group -> !group.isRound() || deep(group.inside());
                case Node.Leaf leaf ->
                    leaf.token().isSymbol(":")
                            || (leaf.token().kind() == Token.Kind.DOLLAR
                                    && leaf.token().text().matches("\\$\\d+"))
                            || (leaf.token().isIdentifier()
                                    && (mayBe(leaf.token().text())
                                            || isSemiStructured(node)
                                            || makes(leaf.token().text())));
            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    /// The names that the statement itself gives to such expressions.
    private void learn(List<Node> nodes) {
        learnJoined(nodes);
        int from = 0;
        for (int i = 0; i <= nodes.size(); i++) {
            if (i < nodes.size() && nodes.get(i) instanceof Node.Group group) {
                learn(group.inside());
                learnColumns(nodes, i, group.inside());
                learnUnpivoted(nodes, i, group.inside());
            }
            if (i == nodes.size() || nodes.get(i).isSymbol(",") || isBoundary(nodes, i)) {
                learnAlias(nodes.subList(from, i));
                from = i + 1;
            }
        }
    }

    /// The columns of joined queries have the first one's names.
    private void learnJoined(List<Node> nodes) {
        List<List<Node>> selects = new QueryArms(nodes).selects();
        if (selects.size() < 2) {
            return;
        }
        List<List<Node>> items = VariantQueries.items(selects.getFirst());
        for (int i = 0; i < items.size(); i++) {
            List<Node> item = items.get(i);
            int place = i + 1;
            if (StarColumns.isStar(item)) {
                return;
            }
            boolean named = !item.isEmpty() && (SelectLabels.hasAlias(item) || SelectLabels.isColumn(item));
            if (named && selects.stream().anyMatch(select -> new StarColumns(this).ofSelect(select, place))) {
                names.add(Token.fold(item.getLast().text()));
            }
        }
    }

    /// `expression [AS] alias`
    private void learnAlias(List<Node> item) {
        if (item.size() < 2 || !item.getLast().isIdentifier() || Keywords.isMember(item, item.size() - 1)) {
            return;
        }
        boolean as = item.get(item.size() - 2).isWord("AS");
        List<Node> expression = item.subList(0, item.size() - (as ? 2 : 1));
        if (mayBe(expression)) {
            names.add(Token.fold(item.getLast().text()));
        }
    }

    /// `UNPIVOT [INCLUDE | EXCLUDE NULLS] (value FOR name IN (column [[AS] alias], …))`
    private void learnUnpivoted(List<Node> nodes, int at, List<Node> inside) {
        int word = at > 1 && nodes.get(at - 1).isWord("NULLS") ? at - 3 : at - 1;
        boolean unpivot = word >= 0
                && nodes.get(word).isWord("UNPIVOT")
                && inside.size() > 1
                && inside.getFirst().isIdentifier()
                && inside.getLast() instanceof Node.Group columns
                && Node.splitAtCommas(columns.inside()).stream()
                        .anyMatch(column ->
                                !column.isEmpty() && mayBe(column.getFirst().text()));
        if (unpivot) {
            names.add(Token.fold(inside.getFirst().text()));
        }
    }

    /// `alias (a, b, …)`
    private void learnColumns(List<Node> nodes, int at, List<Node> inside) {
        boolean columns = at > 0
                && nodes.get(at - 1).isIdentifier()
                && !(nodes.get(at - 1).is(Token.Kind.WORD)
                        && Keywords.isReserved(nodes.get(at - 1).text()))
                && !inside.isEmpty()
                && inside.stream()
                        .allMatch(node ->
                                (node.isIdentifier() && !Keywords.isReserved(node.text())) || node.isSymbol(","))
                && ((at + 2 < nodes.size()
                                && nodes.get(at + 1).isWord("AS")
                                && (nodes.get(at + 2).isRoundGroup()
                                        || nodes.get(at + 2).isWord("MATERIALIZED")))
                        || (at > 1
                                && (nodes.get(at - 2).isWord("AS")
                                        || nodes.get(at - 2) instanceof Node.Group
                                        || (nodes.get(at - 2).isIdentifier()
                                                && !Keywords.isReserved(
                                                        nodes.get(at - 2).text())))));
        if (columns) {
            inside.stream().filter(Node::isIdentifier).forEach(node -> names.add(Token.fold(node.text())));
        }
        if (at > 0 && (nodes.get(at - 1).isWord("VALUES") || nodes.get(at - 1).isSymbol(","))) {
            List<List<Node>> values = Node.splitAtCommas(inside);
            for (int i = 0; i < values.size(); i++) {
                if (mayBe(values.get(i))) {
                    names.add("COLUMN" + (i + 1));
                }
            }
        }
    }

    private static boolean isBoundary(List<Node> nodes, int at) {
        Node node = nodes.get(at);
        return node.is(Token.Kind.WORD)
                && Keywords.isReserved(node.text())
                && !Set.of("AS", "CASE", "WHEN", "THEN", "ELSE", "END", "NULL", "TRUE", "FALSE", "OVER")
                        .contains(node.text())
                && Keywords.stands(nodes, at, Set.of(node.text()))
                && !CONDITIONS.contains(node.text());
    }

    private static boolean isOperator(List<Node> nodes, int at) {
        return nodes.get(at) instanceof Node.Leaf leaf
                && switch (leaf.token().kind()) {
                    case SYMBOL -> OPERATORS.contains(leaf.token().text());
                    case WORD -> Keywords.stands(nodes, at, CONDITIONS);
                    default -> false;
                };
    }

    private static boolean isChain(List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            if (i % 2 == 0 ? !nodes.get(i).isIdentifier() : !nodes.get(i).isSymbol(".")) {
                return false;
            }
        }
        return nodes.size() % 2 == 1;
    }

    /// Whether brackets that hold this are a query: a SELECT, or joined or sorted ones that are in brackets themselves.
    static boolean isQuery(List<Node> nodes) {
        if (nodes.isEmpty()) {
            return false;
        }
        if (nodes.getFirst() instanceof Node.Group first) {
            boolean goesOn = nodes.size() == 1 || QUERY_GOES_ON.stream().anyMatch(nodes.get(1)::isWord);
            return goesOn && first.isRound() && isQuery(first.inside());
        }
        return nodes.getFirst().isWord("SELECT") || nodes.getFirst().isWord("WITH");
    }

    private static boolean isSemiStructured(Node node) {
        return node.is(Token.Kind.WORD) && SEMI_STRUCTURED.matcher(node.text()).matches();
    }

    private static boolean mentions(List<Node> nodes, String word) {
        return nodes.stream()
                .anyMatch(node ->
                        node.isWord(word) || (node instanceof Node.Group group && mentions(group.inside(), word)));
    }

    private static void collect(Context context, List<Node> nodes, Set<String> identifiers) {
        for (Node node : nodes) {
            if (node instanceof Node.Group group) {
                collect(context, group.inside(), identifiers);
            } else if (node.isIdentifier()) {
                identifiers.add(Token.fold(node.text()));
            } else if (node.is(Token.Kind.STRING)) {
                // TABLE('name') and IDENTIFIER('name')
                identifiers.add(lastName(node.text()));
            } else if (node.is(Token.Kind.DOLLAR)) {
                // IDENTIFIER($variable)
                context.variable(Token.fold(node.text().substring(1)))
                        .filter(Casts::isString)
                        .ifPresent(value -> identifiers.add(lastName(FunctionTable.literal("IDENTIFIER", value))));
            }
        }
    }

    private static String lastName(String text) {
        String name = Token.fold(text);
        return name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
    }

    /// `name AS (query)` behind WITH, wherever it stands.
    private void common(List<Node> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            if (!(nodes.get(i) instanceof Node.Group group)) {
                continue;
            }
            common(group.inside());
            int as = i - 1;
            while (as > 0
                    && (nodes.get(as).isWord("MATERIALIZED") || nodes.get(as).isWord("NOT"))) {
                as--;
            }
            if (as > 0 && nodes.get(as).isWord("AS") && isQuery(group.inside())) {
                boolean named = nodes.get(as - 1) instanceof Node.Group && as > 1;
                Node name = nodes.get(named ? as - 2 : as - 1);
                if (name.isIdentifier()) {
                    // Which of two of the same name is meant where is not known here.
                    queries.merge(Token.fold(name.text()), named ? List.of() : group.inside(), (one, two) -> List.of());
                }
            }
        }
    }
}
