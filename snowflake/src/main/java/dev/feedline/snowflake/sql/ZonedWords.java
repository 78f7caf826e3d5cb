package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `CONVERT_TIMEZONE(zone, moment)`, which gives a moment with the zone's offset.
///
/// A TIMESTAMP_TZ keeps no offset here. So it can stand only where the offset is lost in Snowflake, too: in a cast to
/// what has none, and in functions that take a moment's parts as they are read in that zone. There it is the zone's
/// wall clock; of the seconds since 1970 it is the moment, which no zone changes.
///
/// Source: docs.snowflake.com/en/sql-reference/functions/convert_timezone
final class ZonedWords {
    /// (zone, moment), which no statement can name
    static final String WALL_CLOCK = "\u0001WALL_CLOCK";

    /// (zone, moment), which no statement can name
    static final String MOMENT = "\u0001MOMENT";

    private static final Set<String> CASTS = Set.of("DATE", "TIME", "TIMESTAMP_NTZ", "DATETIME");
    private static final Set<String> FUNCTIONS = Set.of("""
            TO_DATE DATE TO_TIME TIME TO_TIMESTAMP_NTZ DATE_PART YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND DAYOFYEAR
            DAYOFWEEK DAYOFWEEKISO DAYOFMONTH WEEKOFYEAR WEEKISO YEAROFWEEK YEAROFWEEKISO DAYNAME MONTHNAME LAST_DAY
            """.strip().split("\\s+"));
    private static final Set<String> TEXTS = Set.of("TO_CHAR", "TO_VARCHAR");

    private ZonedWords() {}

    static String wallClock(List<String> arguments) {
        return "timezone(" + arguments.getFirst() + ", " + moment(arguments) + ")";
    }

    static String moment(List<String> arguments) {
        return "CAST(" + DateForms.moment(arguments.get(1)) + " AS TIMESTAMP WITH TIME ZONE)";
    }

    /// A level in which such calls are of the wall clock.
    static List<Node> rewritten(List<Node> nodes) {
        List<Node> out = new ArrayList<>(nodes);
        for (int i = 0; i + 1 < nodes.size(); i++) {
            boolean cast = isCall(nodes, i)
                    && i + 3 < nodes.size()
                    && nodes.get(i + 2).isSymbol("::")
                    && nodes.get(i + 3).is(Token.Kind.WORD)
                    && CASTS.contains(nodes.get(i + 3).text());
            if (cast) {
                out.set(i, Node.word(WALL_CLOCK));
            } else if (nodes.get(i + 1) instanceof Node.Group group && takes(nodes, i, group)) {
                out.set(
                        i + 1,
                        new Node.Group(
                                group.open(), inside(group.inside(), isEpoch(nodes.get(i), group)), group.close()));
            }
        }
        return out;
    }

    /// Whether a function stands here that reads parts of its argument.
    private static boolean takes(List<Node> nodes, int at, Node.Group group) {
        if (!nodes.get(at).is(Token.Kind.WORD) || !group.isRound()) {
            return false;
        }
        String function = nodes.get(at).text();
        List<List<Node>> arguments = Node.splitAtCommas(group.inside());
        boolean formatted = TEXTS.contains(function)
                && arguments.size() == 2
                && arguments.get(1).size() == 1
                && arguments.get(1).getFirst().is(Token.Kind.STRING)
                && !Token.fold(arguments.get(1).getFirst().text()).contains("TZ");
        return FUNCTIONS.contains(function) || formatted || function.equals("EXTRACT") || function.equals("CAST");
    }

    /// Whether the part that is asked for is of the moment, not of its clock.
    private static boolean isEpoch(Node function, Node.Group group) {
        return (function.isWord("DATE_PART") || function.isWord("EXTRACT"))
                && !group.inside().isEmpty()
                && Token.fold(group.inside().getFirst().text()).startsWith("EPOCH");
    }

    private static List<Node> inside(List<Node> arguments, boolean epoch) {
        boolean cast = arguments.stream().anyMatch(node -> node.isWord("AS"));
        if (cast && CASTS.stream().noneMatch(arguments.getLast()::isWord)) {
            return arguments;
        }
        List<Node> out = new ArrayList<>(arguments);
        for (int i = 0; i + 1 < arguments.size(); i++) {
            boolean begins = i == 0
                    || arguments.get(i - 1).isSymbol(",")
                    || arguments.get(i - 1).isWord("FROM");
            boolean ends = i + 2 == arguments.size()
                    || arguments.get(i + 2).isSymbol(",")
                    || arguments.get(i + 2).isWord("AS");
            if (begins && ends && isCall(arguments, i)) {
                out.set(i, Node.word(epoch ? MOMENT : WALL_CLOCK));
            }
        }
        return out;
    }

    private static boolean isCall(List<Node> nodes, int at) {
        return nodes.get(at).isWord("CONVERT_TIMEZONE")
                && nodes.get(at + 1) instanceof Node.Group group
                && group.isRound()
                && Node.splitAtCommas(group.inside()).size() == 2;
    }
}
