package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.feedline.rows.Mark;
import java.util.Arrays;

/// The members of an object that are no columns and null, which every schema lets pass, as long as
/// none is there twice.
final class UnknownMembers {
    private static final int MOST = 16;
    private static final byte[] RESERVED = Mark.KEY.getBytes(US_ASCII);

    private final int[] starts = new int[MOST];
    private final int[] ends = new int[MOST];
    private int count;
    private long lastObject;

    /// Whether the name `text[from, to)` is the first of its object, of ASCII and not reserved. With too many
    /// in one object the answer is no.
    boolean isNew(byte[] text, int from, int to, long object) {
        if (object != lastObject) {
            lastObject = object;
            count = 0;
        }
        if (count == MOST || Arrays.equals(text, from, to, RESERVED, 0, RESERVED.length)) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (text[at] < 0) {
                return false;
            }
        }
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(text, from, to, text, starts[i], ends[i])) {
                return false;
            }
        }
        starts[count] = from;
        ends[count] = to;
        count++;
        return true;
    }
}
