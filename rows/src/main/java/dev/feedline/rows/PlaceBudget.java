package dev.feedline.rows;

/// How many more keys an inference keeps in memory; keys that come later are as if they had not been
/// seen.
final class PlaceBudget {
    private int left;

    PlaceBudget(int left) {
        this.left = left;
    }

    boolean take() {
        boolean fits = left > 0;
        left -= fits ? 1 : 0;
        return fits;
    }
}
