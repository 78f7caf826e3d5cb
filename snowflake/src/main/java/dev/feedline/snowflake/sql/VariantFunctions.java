package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Functions that compare their arguments, of what may be a VARIANT.
final class VariantFunctions {
    /// (value, others): as a VARIANT where one of the others is one; no statement can name it
    static final String ALIKE = "\u0001ALIKE";

    private final String function;
    private final List<String> arguments;

    private VariantFunctions(String function, List<String> arguments) {
        this.function = function;
        this.arguments = arguments;
    }

    /// Empty where the function, or what it is of, needs no care.
    static Optional<String> call(Scene scene, String function, List<Node> inside) {
        List<List<Node>> arguments = Node.splitAtCommas(inside);
        boolean concerned = scene.variants().any()
                && compares(function, arguments.size())
                && arguments.stream().anyMatch(scene.variants()::mayBe);
        return concerned ? Optional.of(new VariantFunctions(function, scene.each(arguments)).text()) : Optional.empty();
    }

    /// What a CASE holds, its values alike where one may be a VARIANT and another none.
    static List<Node> cases(List<Node> inside, VariantNames variants) {
        List<int[]> values = new ArrayList<>();
        int open = 0;
        int from = -1;
        for (int i = 0; i <= inside.size(); i++) {
            boolean end = i == inside.size();
            if (!end) {
                open += Keywords.stands(inside, i, "CASE") ? 1 : 0;
                if (Keywords.stands(inside, i, "END") && open > 0) {
                    open--;
                    continue;
                }
            }
            if (open > 0) {
                continue;
            }
            if (from >= 0 && (end || Keywords.stands(inside, i, "WHEN") || Keywords.stands(inside, i, "ELSE"))) {
                values.add(new int[] {from, i});
                from = -1;
            }
            if (!end && (Keywords.stands(inside, i, "THEN") || Keywords.stands(inside, i, "ELSE"))) {
                from = i + 1;
            }
        }
        List<List<Node>> expressions = values.stream()
                .map(value -> List.copyOf(inside.subList(value[0], value[1])))
                .toList();
        boolean mixed = expressions.stream().anyMatch(variants::mayBe)
                && expressions.stream().anyMatch(one -> !variants.mayBe(one) && !isNull(one));
        if (!mixed) {
            return inside;
        }
        List<Node> out = new ArrayList<>(inside);
        for (int i = values.size() - 1; i >= 0; i--) {
            if (isNull(expressions.get(i))) {
                continue;
            }
            List<Node> arguments = new ArrayList<>(expressions.get(i));
            for (int other = 0; other < expressions.size(); other++) {
                if (other != i && !isNull(expressions.get(other))) {
                    arguments.add(Node.symbol(","));
                    arguments.addAll(expressions.get(other));
                }
            }
            out.subList(values.get(i)[0], values.get(i)[1]).clear();
            out.addAll(values.get(i)[0], List.of(Node.word(ALIKE), Node.brackets(arguments)));
        }
        return out;
    }

    private static boolean isNull(List<Node> expression) {
        return expression.size() == 1 && expression.getFirst().isWord("NULL");
    }

    private static boolean compares(String function, int arguments) {
        return switch (function) {
            case "MIN", "MAX", "MODE", "APPROX_COUNT_DISTINCT", "HLL" -> arguments == 1;
            case "MIN_BY", "MAX_BY", "NULLIF", "EQUAL_NULL" -> arguments == 2;
            case "DECODE", "IFF", "NVL2" -> arguments > 2;
            case "COALESCE", "NVL", "IFNULL" -> arguments > 1;
            case "LAG", "LEAD" -> arguments == 3;
            case "GREATEST", "LEAST" -> arguments > 0;
            default -> false;
        };
    }

    private String text() {
        String first = arguments.getFirst();
        return switch (function) {
            case "MIN", "MAX" -> Variants.extreme(function.toLowerCase(java.util.Locale.ROOT), first);
            case "MODE" -> "mode(" + Variants.canonical(first) + ")";
            case "APPROX_COUNT_DISTINCT", "HLL" -> "approx_count_distinct(" + Variants.canonical(first) + ")";
            case "MIN_BY", "MAX_BY" ->
                function.toLowerCase(java.util.Locale.ROOT) + "(" + first + ", " + Variants.key(arguments.get(1)) + ")";
            case "NULLIF" ->
                "(CASE WHEN NOT coalesce(" + equal(first, "=", arguments.get(1)) + ", false) THEN " + first + " END)";
            case "EQUAL_NULL" -> "(" + equal(first, "IS NOT DISTINCT FROM", arguments.get(1)) + ")";
            case "DECODE" -> decode();
            case "COALESCE", "NVL", "IFNULL" -> "coalesce(" + String.join(", ", alikes(arguments)) + ")";
            case "IFF" -> choice(first);
            case "NVL2" -> choice(first + " IS NOT NULL");
            case "LAG", "LEAD" -> {
                List<String> values = alikes(List.of(first, arguments.get(2)));
                yield function.toLowerCase(java.util.Locale.ROOT) + "(" + values.get(0) + ", " + arguments.get(1) + ", "
                        + values.get(1) + ")";
            }
            default -> extreme();
        };
    }

    private String choice(String condition) {
        List<String> values = alikes(arguments.subList(1, 3));
        return "(CASE WHEN " + condition + " THEN " + values.get(0) + " ELSE " + values.get(1) + " END)";
    }

    /// The first of them as the others are.
    static String alike(List<String> values) {
        return alikes(values).getFirst();
    }

    private static List<String> alikes(List<String> values) {
        List<String> known = Casts.alike(values);
        if (known != values) {
            return known;
        }
        List<String> typed = values.stream()
                .filter(value -> !value.equals("NULL") && !Casts.isBound(value))
                .toList();
        return values.stream()
                .map(value -> value.equals("NULL") || Casts.isBound(value) || typed.size() < 2
                        ? value
                        : Variants.alike(
                                value,
                                typed.stream()
                                        .filter(other -> !other.equals(value))
                                        .toList()))
                .toList();
    }

    private static String equal(String value, String operator, String other) {
        return value.equals("NULL") || other.equals("NULL")
                ? value + " " + operator + " " + other
                : Variants.same(value, operator, other);
    }

    private String decode() {
        List<String> results = new ArrayList<>();
        for (int i = 2; i < arguments.size(); i += 2) {
            results.add(arguments.get(i));
        }
        boolean otherwise = arguments.size() % 2 == 0;
        if (otherwise) {
            results.add(arguments.getLast());
        }
        List<String> alike = alikes(results);
        StringBuilder text = new StringBuilder("(CASE");
        for (int i = 1; i + 1 < arguments.size(); i += 2) {
            text.append(" WHEN ")
                    .append(equal(arguments.getFirst(), "IS NOT DISTINCT FROM", arguments.get(i)))
                    .append(" THEN ")
                    .append(alike.get(i / 2));
        }
        return text.append(otherwise ? " ELSE " + alike.getLast() : "")
                .append(" END)")
                .toString();
    }

    /// GREATEST or LEAST: where one is a VARIANT all are taken for VARIANTs.
    private String extreme() {
        String plain = function + "(" + String.join(", ", arguments) + ")";
        List<String> isVariant =
                arguments.stream().map(one -> "typeof(" + one + ") = 'JSON'").toList();
        List<String> isNull = arguments.stream().map(one -> one + " IS NULL").toList();
        return "(CASE WHEN " + String.join(" OR ", isNull) + " THEN NULL WHEN " + String.join(" OR ", isVariant)
                + " THEN cast_to_type(" + Names.VARIANT + "('" + function + "', CAST(" + JsonForms.array(arguments)
                + " AS VARCHAR), ''), " + plain + ") ELSE " + plain + " END)";
    }
}
