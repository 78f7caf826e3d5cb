package dev.feedline.snowflake.sql;

import dev.feedline.snowflake.SnowflakeError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Values of which COALESCE, IFF, CASE and their like give one, choices within choices: where one of them is a VARIANT
/// all are made one.
///
/// Each value is said once for every other that may be a VARIANT, whatever the depth it stands at.
final class VariantChoices {
    /// (value, others): as a VARIANT where one of the others is one; no statement can name it
    static final String ALIKE = "\u0001ALIKE";

    /// Before the name of a function whose values are alike already; no statement can name it
    static final String CHOSEN = "\u0001CHOSEN_";

    private static final int MOST_PAIRS = 50_000;
    private static final int LONGEST = 1 << 20;
    private static final int LONGEST_LIST = 1 << 25;

    private final VariantNames variants;
    private final List<List<Node>> values = new ArrayList<>();

    private VariantChoices(VariantNames variants) {
        this.variants = variants;
    }

    /// A function's arguments.
    static List<List<Node>> arguments(String function, List<List<Node>> arguments, VariantNames variants) {
        VariantChoices choices = new VariantChoices(variants);
        choices.inArguments(function, arguments, choices::noted);
        return choices.isConcerned() ? choices.inArguments(function, arguments, choices::besideOthers) : arguments;
    }

    /// What a CASE holds.
    static List<Node> cases(List<Node> inside, VariantNames variants) {
        VariantChoices choices = new VariantChoices(variants);
        choices.inCases(inside, choices::noted);
        return choices.isConcerned() ? choices.inCases(inside, choices::besideOthers) : inside;
    }

    /// The first of them, as the others are.
    static String alike(List<String> values) {
        List<String> known = Casts.alike(values);
        String first = values.getFirst();
        if (known != values) {
            return known.getFirst();
        }
        if (first.equals("NULL") || Casts.isBound(first)) {
            return first;
        }
        List<String> others = values.stream()
                .filter(other -> !other.equals("NULL") && !other.equals(first) && !Casts.isBound(other))
                .toList();
        return bounded(Variants.alike(first, others));
    }

    /// What is made of a value says it several times: of one that is made of such in its turn, too often.
    static String bounded(String text) {
        if (text.length() > LONGEST) {
            throw SnowflakeError.unsupported("COALESCE, IFF, CASE or a comparison of what may be a VARIANT, nested this"
                    + " deep (add ::type to the inner ones)");
        }
        return text;
    }

    /// Goes on with a list of comparisons, each of which says the value that is compared anew.
    static void append(StringBuilder list, String comparison) {
        if (list.length() + comparison.length() > LONGEST_LIST) {
            throw SnowflakeError.unsupported(
                    "Comparing what may be a VARIANT with this many values (add ::type, or join them)");
        }
        list.append(bounded(comparison));
    }

    /// Whether a function gives one of its arguments.
    static boolean isChoice(String function, int arguments) {
        return switch (function) {
            case "DECODE", "IFF", "NVL2" -> arguments > 2;
            case "COALESCE", "NVL", "IFNULL" -> arguments > 1;
            default -> false;
        };
    }

    private boolean isConcerned() {
        List<List<Node>> variant = values.stream().filter(variants::mayBe).toList();
        if (variant.isEmpty() || values.size() < 2) {
            return false;
        }
        boolean bounded = (long) variant.size() * values.size() <= MOST_PAIRS;
        if (!bounded && variant.size() < values.size() && values.stream().anyMatch(variants.present()::mayBe)) {
            throw SnowflakeError.unsupported("COALESCE, IFF or CASE of this many values that may be VARIANTs");
        }
        return bounded;
    }

    private List<Node> noted(List<Node> value) {
        values.add(value);
        return value;
    }

    private List<Node> besideOthers(List<Node> value) {
        List<Node> arguments = new ArrayList<>(value);
        for (List<Node> other : values) {
            if (variants.mayBe(other) && !other.equals(value)) {
                arguments.add(Node.symbol(","));
                arguments.addAll(other);
            }
        }
        return List.of(Node.word(ALIKE), Node.brackets(arguments));
    }

    /// An expression with each of its values made into another: those of a choice, else itself.
    private List<Node> in(List<Node> expression, UnaryOperator<List<Node>> one) {
        if (expression.isEmpty()
                || (expression.size() == 1 && expression.getFirst().isWord("NULL"))) {
            return expression;
        }
        if (isCase(expression)) {
            List<Node> made = new ArrayList<>(expression.subList(0, 1));
            made.addAll(inCases(expression.subList(1, expression.size() - 1), one));
            made.add(expression.getLast());
            return made;
        }
        if (expression.getLast() instanceof Node.Group group && group.isRound()) {
            List<List<Node>> parts = Node.splitAtCommas(group.inside());
            String function = expression.getFirst().text();
            if (expression.size() == 1 && parts.size() == 1 && !VariantNames.isQuery(group.inside())) {
                return List.of(new Node.Group(group.open(), in(group.inside(), one), group.close()));
            }
            if (expression.size() == 2
                    && expression.getFirst().is(Token.Kind.WORD)
                    && isChoice(function, parts.size())) {
                List<Node> made = new ArrayList<>();
                inArguments(function, parts, one).forEach(argument -> {
                    made.addAll(made.isEmpty() ? List.of() : List.of(Node.symbol(",")));
                    made.addAll(argument);
                });
                return List.of(Node.word(CHOSEN + function), new Node.Group(group.open(), made, group.close()));
            }
        }
        return one.apply(expression);
    }

    private List<List<Node>> inArguments(String function, List<List<Node>> arguments, UnaryOperator<List<Node>> one) {
        List<List<Node>> made = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean value = switch (function) {
                case "IFF", "NVL2" -> i > 0;
                case "DECODE" -> i > 1 && (i % 2 == 0 || i + 1 == arguments.size());
                case "LAG", "LEAD" -> i != 1;
                default -> true;
            };
            made.add(value ? in(List.copyOf(arguments.get(i)), one) : arguments.get(i));
        }
        return made;
    }

    private static boolean isCase(List<Node> expression) {
        int open = 0;
        for (int i = 0; i < expression.size(); i++) {
            open += Keywords.opens(expression, i);
            if (open == 0) {
                return i > 0 && i + 1 == expression.size();
            }
        }
        return false;
    }

    private List<Node> inCases(List<Node> inside, UnaryOperator<List<Node>> one) {
        List<Node> made = new ArrayList<>();
        int open = 0;
        int from = -1;
        for (int i = 0; i <= inside.size(); i++) {
            boolean end = i == inside.size();
            open += end ? 0 : Keywords.opens(inside, i);
            boolean ends = from >= 0
                    && open == 0
                    && (end || Keywords.stands(inside, i, "WHEN") || Keywords.stands(inside, i, "ELSE"));
            if (ends) {
                made.addAll(in(List.copyOf(inside.subList(from, i)), one));
                from = -1;
            }
            if (!end && from < 0) {
                made.add(inside.get(i));
            }
            boolean begins =
                    !end && open == 0 && (Keywords.stands(inside, i, "THEN") || Keywords.stands(inside, i, "ELSE"));
            if (begins) {
                from = i + 1;
            }
        }
        return made;
    }
}
