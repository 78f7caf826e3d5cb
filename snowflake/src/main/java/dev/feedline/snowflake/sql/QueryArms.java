package dev.feedline.snowflake.sql;

import java.util.ArrayList;
import java.util.List;

/// The queries in brackets that a level of a statement joins: arms of UNION and its like.
///
/// Their rows are told apart by what stands around them, so each SELECT in them is marked when that is to be done.
record QueryArms(List<Node> nodes) {
    /// Behind SELECT; no statement can say it.
    static final String MARK = "\u0001ARM";

    Node marked(Node node) {
        return node instanceof Node.Group group && isArm(identity(node)) ? marked(group) : node;
    }

    private int identity(Node node) {
        int at = 0;
        while (nodes.get(at) != node) {
            at++;
        }
        return at;
    }

    private boolean isArm(int at) {
        if (!(nodes.get(at) instanceof Node.Group group) || !isQuery(group)) {
            return false;
        }
        boolean first = at == 0 || nodes.get(at - 1) instanceof Node.Group;
        return first
                || Keywords.joinsQueries(nodes.get(at - 1))
                || (at > 1 && nodes.get(at - 1).isWord("ALL") && Keywords.joinsQueries(nodes.get(at - 2)));
    }

    private static boolean isQuery(Node.Group group) {
        return VariantNames.isQuery(group.inside())
                || (!group.inside().isEmpty()
                        && group.inside().getFirst() instanceof Node.Group first
                        && isQuery(first));
    }

    private static Node marked(Node.Group group) {
        QueryArms inside = new QueryArms(group.inside());
        List<Node> marked = new ArrayList<>();
        for (int i = 0; i < group.inside().size(); i++) {
            Node node = group.inside().get(i);
            marked.add(inside.isArm(i) ? marked((Node.Group) node) : node);
            if (Keywords.stands(group.inside(), i, "SELECT")) {
                marked.add(Node.word(MARK));
            }
        }
        return new Node.Group(group.open(), marked, group.close());
    }
}
