package dev.feedline.feeds.definition;

import java.util.Collection;
import java.util.Comparator;

/// Finds the known word that somebody probably meant.
final class Nearest {
    private Nearest() {}

    /// `; did you mean 'buffer'?` when a known word is near, else the list of the known ones.
    static String hint(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> distance(word, candidate) <= Math.max(2, word.length() / 3))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("; known are " + String.join(", ", known));
    }

    /// Levenshtein's distance.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
