package dev.feedline.parquet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Cuts the bounds of long text, between characters, so that a footer stays small and its text valid.
final class TextBounds {
    /// The length at which other writers cut too.
    static final int MAX_BYTES = 64;

    private TextBounds() {}

    static Bounds cut(byte[] min, byte[] max) {
        boolean minFits = min.length <= MAX_BYTES;
        var above = max.length <= MAX_BYTES ? Optional.<byte[]>empty() : justAbove(prefix(max));
        return new Bounds(minFits ? min : prefix(min), minFits, above.orElse(max), above.isEmpty(), Bounds.Kind.KNOWN);
    }

    private static byte[] prefix(byte[] utf8) {
        int end = MAX_BYTES;
        while (isContinuation(utf8[end])) {
            end--;
        }
        return Arrays.copyOf(utf8, end);
    }

    /// The least short text that is greater than everything with this beginning: its last character that has a
    /// successor becomes that successor. None when every character is the last of Unicode.
    private static Optional<byte[]> justAbove(byte[] prefix) {
        int[] characters =
                new String(prefix, StandardCharsets.UTF_8).codePoints().toArray();
        for (int last = characters.length - 1; last >= 0; last--) {
            if (characters[last] < Character.MAX_CODE_POINT) {
                // Surrogates are no characters.
                characters[last] = characters[last] == Character.MIN_SURROGATE - 1
                        ? Character.MAX_SURROGATE + 1
                        : characters[last] + 1;
                return Optional.of(new String(characters, 0, last + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private static boolean isContinuation(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }
}
