package dev.feedline.rows.batch;

/// The order in which an object's members are expected: a list of all of them, from which one
/// that came elsewhere is taken out and put where it came.
final class MemberOrder {
    /// Before the first and after the last.
    static final int NOBODY = -1;

    // Index 0 stands for NOBODY.
    private final int[] next;
    private final int[] previous;

    MemberOrder(int members) {
        next = new int[members + 1];
        previous = new int[members + 1];
        for (int i = 0; i <= members; i++) {
            next[i] = i == members ? NOBODY : i;
            previous[i] = i - 2 < NOBODY ? NOBODY : i - 2;
        }
    }

    int after(int member) {
        return next[member + 1];
    }

    /// `member` came after `before`, where it was not expected.
    void learn(int before, int member) {
        if (before == member || after(before) == member) {
            return;
        }
        link(previous[member + 1], next[member + 1]);
        int behind = next[before + 1];
        link(before, member);
        link(member, behind);
    }

    private void link(int left, int right) {
        next[left + 1] = right;
        if (right != NOBODY) {
            previous[right + 1] = left;
        }
    }
}
