package dev.feedline.parquet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Combinations of the values of several axes in which every three values of three axes come together
/// at least once: far fewer than all, and a fault that needs no more than three of them to show itself
/// meets them.
final class Combinations {
    private static final int TRIES = 20;

    private final int[] sizes;
    private final Random random = new Random(3);

    private Combinations(int[] sizes) {
        this.sizes = sizes;
    }

    /// @param sizes how many values each axis has
    static List<int[]> ofThree(int... sizes) {
        return new Combinations(sizes).all();
    }

    private List<int[]> all() {
        Set<List<Integer>> missing = new TreeSet<>(Combinations::compare);
        int[] counter = new int[6];
        for (counter[0] = 0; counter[0] < sizes.length; counter[0]++) {
            for (counter[1] = counter[0] + 1; counter[1] < sizes.length; counter[1]++) {
                for (counter[2] = counter[1] + 1; counter[2] < sizes.length; counter[2]++) {
                    addAll(missing, counter[0], counter[1], counter[2]);
                }
            }
        }
        List<int[]> found = new ArrayList<>();
        while (!missing.isEmpty()) {
            var first = missing.iterator().next();
            int[] best = random(first);
            int most = -1;
            for (int i = 0; i < TRIES; i++) {
                int[] candidate = random(first);
                int covered = 0;
                for (var triple : triples(candidate)) {
                    covered += missing.contains(triple) ? 1 : 0;
                }
                if (covered > most) {
                    most = covered;
                    best = candidate;
                }
            }
            missing.removeAll(triples(best));
            found.add(best);
        }
        return found;
    }

    private void addAll(Set<List<Integer>> missing, int a, int b, int c) {
        for (int i = 0; i < sizes[a]; i++) {
            for (int j = 0; j < sizes[b]; j++) {
                for (int k = 0; k < sizes[c]; k++) {
                    missing.add(List.of(a, b, c, i, j, k));
                }
            }
        }
    }

    /// Any combination that has these three values.
    private int[] random(List<Integer> triple) {
        int[] values = new int[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            values[axis] = random.nextInt(sizes[axis]);
        }
        for (int i = 0; i < 3; i++) {
            values[triple.get(i)] = triple.get(3 + i);
        }
        return values;
    }

    private static Set<List<Integer>> triples(int[] values) {
        Set<List<Integer>> triples = new HashSet<>();
        for (int a = 0; a < values.length; a++) {
            for (int b = a + 1; b < values.length; b++) {
                for (int c = b + 1; c < values.length; c++) {
                    triples.add(List.of(a, b, c, values[a], values[b], values[c]));
                }
            }
        }
        return triples;
    }

    private static int compare(List<Integer> left, List<Integer> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
