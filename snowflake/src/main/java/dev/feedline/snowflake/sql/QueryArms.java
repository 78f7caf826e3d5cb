package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.List;

/// The arms of a query, which UNION and its like join; a query that joins none is one arm.
record QueryArms(List<Node> nodes) {
    /// Behind SELECT; no statement can say it.
    static final String MARK = "\u0001ARM";

    /// Each SELECT that gives the query's rows, up to where its arm ends; of an arm in brackets those within.
    List<List<Node>> selects() {
        List<List<Node>> selects = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= nodes.size(); i++) {
            if (i == nodes.size() || Keywords.joinsQueries(nodes, i)) {
                selects.addAll(selects(nodes.subList(from, i)));
                from = i + 1;
            }
        }
        return selects;
    }

    private static List<List<Node>> selects(List<Node> arm) {
        for (int i = 0; i < arm.size(); i++) {
            if (Keywords.stands(arm, i, "SELECT")) {
                return List.of(arm.subList(i, arm.size()));
            }
            boolean named =
                    i > 0 && (arm.get(i - 1).isWord("AS") || arm.get(i - 1).isWord("MATERIALIZED"));
            if (!named && isQuery(arm.get(i))) {
                return new QueryArms(((Node.Group) arm.get(i)).inside()).selects();
            }
        }
        return List.of();
    }

    /// The same with each SELECT marked that stands in an arm in brackets: its rows are told apart by what stands
    /// around the brackets.
    List<Node> marked() {
        return marked(false);
    }

    private List<Node> marked(boolean inArm) {
        List<Node> marked = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            marked.add(
                    isArm(i) && nodes.get(i) instanceof Node.Group arm
                            ? new Node.Group(arm.open(), new QueryArms(arm.inside()).marked(true), arm.close())
                            : nodes.get(i));
            if (inArm && Keywords.stands(nodes, i, "SELECT")) {
                marked.add(Node.word(MARK));
            }
        }
        return marked;
    }

    private boolean isArm(int at) {
        if (!isQuery(nodes.get(at))) {
            return false;
        }
        boolean first = at == 0 || nodes.get(at - 1) instanceof Node.Group;
        return first
                || Keywords.joinsQueries(nodes, at - 1)
                || (at > 1 && nodes.get(at - 1).isWord("ALL") && Keywords.joinsQueries(nodes, at - 2));
    }

    private static boolean isQuery(Node node) {
        return node instanceof Node.Group group && group.isRound() && VariantNames.isQuery(group.inside());
    }
}
