package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.rows.text.JsonBytes;
import java.util.Arrays;
import java.util.List;

/// The names of an object's members as JSON writes them, in quotes and with the colon behind, to
/// be compared with JSON text eight bytes at a time.
final class MemberNames {
    static final int NOBODY = MemberOrder.NOBODY;
    private static final int WORDS = 3;

    private final byte[][] names;
    private final int[] lengths;
    /// Of each member three words: the first eight bytes, or all of fewer; which bits of them count; the last
    /// eight bytes of a name that has more.
    private final long[] words;
    /// Members by the hash of their names, counted from 1.
    private final int[] table;

    MemberNames(List<String> members) {
        int count = members.size();
        names = members.stream().map(MemberNames::written).toArray(byte[][]::new);
        lengths = Arrays.stream(names).mapToInt(name -> name.length).toArray();
        words = new long[WORDS * count];
        table = new int[Integer.highestOneBit(count * 4 + 1)];
        for (int member = 0; member < count; member++) {
            byte[] padded = Arrays.copyOf(names[member], lengths[member] + Long.BYTES);
            long mask = mask(lengths[member]);
            words[WORDS * member] = JsonBytes.longAt(padded, 0) & mask;
            words[WORDS * member + 1] = mask;
            words[WORDS * member + 2] = JsonBytes.longAt(padded, Math.max(0, lengths[member] - Long.BYTES));
            int place = hash(padded, 1, lengths[member] - 2) & table.length - 1;
            while (table[place] != 0) {
                place = place + 1 & table.length - 1;
            }
            table[place] = member + 1;
        }
    }

    /// With its quotes and the colon.
    int length(int member) {
        return lengths[member];
    }

    /// Whether the text goes on with this member's name and its colon. A name that JSON writes
    /// with escapes never does.
    boolean isAt(int member, byte[] text, int at) {
        int word = WORDS * member;
        if ((JsonBytes.longAt(text, at) & words[word + 1]) != words[word]) {
            return false;
        }
        int length = lengths[member];
        if (length <= 2 * Long.BYTES) {
            return length <= Long.BYTES || JsonBytes.longAt(text, at + length - Long.BYTES) == words[word + 2];
        }
        return goesOn(member, text, at, length);
    }

    /// The member whose name, in quotes, begins at `at` and ends before the quote at `end`.
    int find(byte[] text, int at, int end) {
        int place = hash(text, at + 1, end) & table.length - 1;
        while (table[place] != 0) {
            int member = table[place] - 1;
            int length = lengths[member] - 1;
            if (length == end + 1 - at && Arrays.equals(names[member], 0, length, text, at, end + 1)) {
                return member;
            }
            place = place + 1 & table.length - 1;
        }
        return NOBODY;
    }

    // Each word begins at most eight bytes behind what was equal, so the text has it.
    private boolean goesOn(int member, byte[] text, int at, int length) {
        for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
            if (JsonBytes.longAt(text, at + i) != JsonBytes.longAt(names[member], i)) {
                return false;
            }
        }
        return JsonBytes.longAt(text, at + length - Long.BYTES) == words[WORDS * member + 2];
    }

    private static byte[] written(String name) {
        boolean needsEscapes = name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\');
        // A NUL is in no text, so such a name is nowhere.
        return (needsEscapes ? "\"\0\":" : '"' + name + "\":").getBytes(UTF_8);
    }

    private static int hash(byte[] text, int from, int to) {
        int length = to - from;
        long hash = length;
        int at = from;
        for (; at < to - Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ JsonBytes.longAt(text, at));
        }
        return (int) (mix(hash ^ JsonBytes.longAt(text, at) & mask(to - at)) >>> Integer.SIZE);
    }

    private static long mix(long word) {
        long mixed = word * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }

    private static long mask(int bytes) {
        return bytes >= Long.BYTES ? -1L : (1L << bytes * Byte.SIZE) - 1;
    }
}
