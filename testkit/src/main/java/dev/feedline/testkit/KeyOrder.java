package dev.feedline.testkit;

import java.util.Comparator;

/// The order in which S3 lists keys: by their UTF-8 bytes, which is the order of their code points.
final class KeyOrder {
    static final Comparator<String> BY_UTF8 = KeyOrder::compare;

    private KeyOrder() {}

    private static int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                return Integer.compare(lifted(left.charAt(i)), lifted(right.charAt(i)));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /// Surrogates stand for code points above every other character.
    private static int lifted(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
