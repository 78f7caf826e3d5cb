package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An object's members by their names.
final class MemberNames {
    /// By the hash of their names, at most a quarter full.
    private final @Nullable Member[] table;

    MemberNames(Member[] members) {
        table = new Member[Integer.highestOneBit(members.length * 4 + 1) * 2];
        for (Member member : members) {
            byte[] padded = Arrays.copyOf(member.written(), member.length + Long.BYTES);
            int place = hash(padded, 1, member.length - 2) & table.length - 1;
            while (table[place] != null) {
                place = place + 1 & table.length - 1;
            }
            table[place] = member;
        }
    }

    /// The member whose name, in quotes, begins at `at` and ends before the quote at `end`; null when there is
    /// none.
    @Nullable
    Member find(byte[] text, int at, int end) {
        int place = hash(text, at + 1, end) & table.length - 1;
        for (Member member = table[place]; member != null; member = table[place]) {
            int length = member.length - 1;
            if (length == end + 1 - at && Arrays.equals(member.written(), 0, length, text, at, end + 1)) {
                return member;
            }
            place = place + 1 & table.length - 1;
        }
        return null;
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
