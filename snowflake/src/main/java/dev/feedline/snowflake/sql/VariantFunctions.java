package dev.feedline.snowflake.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Functions that compare their arguments, of what may be a VARIANT.
final class VariantFunctions {
    private final String function;
    private final List<String> arguments;

    private VariantFunctions(String function, List<String> arguments) {
        this.function = function;
        this.arguments = arguments;
    }

    /// Empty where the function, or what it is of, needs no care.
    static Optional<String> call(Scene scene, String function, List<Node> inside) {
        if (function.startsWith(VariantChoices.CHOSEN)) {
            String chosen = function.substring(VariantChoices.CHOSEN.length());
            return Optional.of(new VariantFunctions(chosen, scene.each(Node.splitAtCommas(inside))).text());
        }
        List<List<Node>> arguments =
                Node.splitAtCommas(isOfAll(function, inside) ? inside.subList(1, inside.size()) : inside);
        boolean concerned = scene.variants().any()
                && compares(function, arguments.size())
                && arguments.stream().anyMatch(scene.variants()::mayBe);
        if (!concerned) {
            return Optional.empty();
        }
        if (isChoice(function, arguments.size())) {
            // What is said several times is bounded where it is written: each value that is made alike, each
            // comparison.
            List<List<Node>> alike = VariantChoices.arguments(function, arguments, scene.variants());
            return Optional.of(new VariantFunctions(function, scene.each(alike)).text());
        }
        return Optional.of(VariantChoices.bounded(new VariantFunctions(function, scene.each(arguments)).text()));
    }

    /// MAX(DISTINCT x) is MAX(x).
    private static boolean isOfAll(String function, List<Node> inside) {
        return (function.equals("MIN") || function.equals("MAX"))
                && !inside.isEmpty()
                && (inside.getFirst().isWord("DISTINCT") || inside.getFirst().isWord("ALL"));
    }

    private static boolean isChoice(String function, int arguments) {
        return VariantChoices.isChoice(function, arguments)
                || ((function.equals("LAG") || function.equals("LEAD")) && arguments == 3);
    }

    private static boolean compares(String function, int arguments) {
        return switch (function) {
            case "MIN", "MAX", "MODE", "APPROX_COUNT_DISTINCT", "HLL" -> arguments == 1;
            case "MIN_BY", "MAX_BY", "NULLIF", "EQUAL_NULL" -> arguments == 2;
            case "GREATEST", "LEAST" -> arguments > 0;
            default -> isChoice(function, arguments);
        };
    }

    private String text() {
        String first = arguments.getFirst();
        return switch (function) {
            case "MIN", "MAX" -> Variants.extreme(function.toLowerCase(Locale.ROOT), first);
            case "MODE" -> "mode(" + Variants.canonical(first) + ")";
            case "APPROX_COUNT_DISTINCT", "HLL" -> "approx_count_distinct(" + Variants.canonical(first) + ")";
            case "MIN_BY", "MAX_BY" ->
                function.toLowerCase(Locale.ROOT) + "(" + first + ", " + Variants.key(arguments.get(1)) + ")";
            case "NULLIF" ->
                "(CASE WHEN NOT coalesce(" + equal(first, "=", arguments.get(1)) + ", false) THEN " + first + " END)";
            case "EQUAL_NULL" -> "(" + equal(first, "IS NOT DISTINCT FROM", arguments.get(1)) + ")";
            case "DECODE" -> decode();
            case "COALESCE", "NVL", "IFNULL" -> "coalesce(" + String.join(", ", arguments) + ")";
            case "IFF" -> choice(first);
            case "NVL2" -> choice(first + " IS NOT NULL");
            case "LAG", "LEAD" -> function.toLowerCase(Locale.ROOT) + "(" + String.join(", ", arguments) + ")";
            default -> extreme();
        };
    }

    private String choice(String condition) {
        return "(CASE WHEN " + condition + " THEN " + arguments.get(1) + " ELSE " + arguments.get(2) + " END)";
    }

    private static String equal(String value, String operator, String other) {
        return value.equals("NULL") || other.equals("NULL")
                ? value + " " + operator + " " + other
                : Variants.same(value, operator, other);
    }

    private String decode() {
        StringBuilder text = new StringBuilder("(CASE");
        for (int i = 1; i + 1 < arguments.size(); i += 2) {
            text.append(" WHEN ");
            VariantChoices.append(text, equal(arguments.getFirst(), "IS NOT DISTINCT FROM", arguments.get(i)));
            text.append(" THEN ").append(arguments.get(i + 1));
        }
        return text.append(arguments.size() % 2 == 0 ? " ELSE " + arguments.getLast() : "")
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
