package dev.feedline.rows.batch;

import dev.feedline.rows.Column;
import dev.feedline.rows.text.JsonBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads objects whose members are columns.
///
/// The order of the members is learned from the objects before, so that a name is mostly compared
/// with one other; members may be missing.
final class StructColumnReader extends ColumnReader {
    private static final int LENGTH_OF_NULL = 4;
    private static final int NOBODY = MemberOrder.NOBODY;
    /// So many members may be missing in a row before a name is looked up.
    private static final int TRIES = 4;

    private final MemberName[] names;
    private final ColumnReader[] fields;
    private final MemberOrder order;
    private final int[] table;
    /// For each field the number of the object that had it last.
    private final long[] seenIn;
    private long object;

    StructColumnReader(List<Column> columns, List<ColumnReader> readers) {
        names = columns.stream().map(column -> new MemberName(column.name())).toArray(MemberName[]::new);
        fields = readers.toArray(ColumnReader[]::new);
        seenIn = new long[names.length];
        order = new MemberOrder(names.length);
        table = new int[Integer.highestOneBit(names.length * 4 + 1)];
        for (int i = 0; i < names.length; i++) {
            int place = names[i].hash() & table.length - 1;
            while (table[place] != 0) {
                place = place + 1 & table.length - 1;
            }
            table[place] = i + 1;
        }
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        if (text[at] == '{') {
            return members(text, at + 1, repetition, definition + 1);
        }
        if (!JsonBytes.isNull(text, at)) {
            return NOT_PLAIN;
        }
        addAbsent(repetition, definition);
        return at + LENGTH_OF_NULL;
    }

    /// Reads the members behind a brace, and the closing brace.
    int members(byte[] text, int from, int repetition, int definition) {
        object++;
        int at = JsonBytes.skipBlanks(text, from);
        if (text[at] == '}') {
            addAbsent(repetition, definition);
            return at + 1;
        }
        int count = 0;
        int field = NOBODY;
        while (true) {
            field = fieldAt(text, at, field);
            if (field == NOBODY || seenIn[field] == object) {
                return NOT_PLAIN;
            }
            seenIn[field] = object;
            count++;
            at = valueAt(text, at + names[field].length());
            at = at == NOT_PLAIN ? NOT_PLAIN : fields[field].read(text, at, repetition, definition);
            if (at == NOT_PLAIN) {
                return NOT_PLAIN;
            }
            at = JsonBytes.skipBlanks(text, at);
            if (text[at] != ',') {
                break;
            }
            at = JsonBytes.skipBlanks(text, at + 1);
        }
        if (text[at] != '}') {
            return NOT_PLAIN;
        }
        if (count < fields.length) {
            addAbsentRest(repetition, definition);
        }
        return at + 1;
    }

    @Override
    void addAbsent(int repetition, int definition) {
        for (ColumnReader field : fields) {
            field.addAbsent(repetition, definition);
        }
    }

    @Override
    void append(Object value, int repetition, int definition) {
        appendMembers((@Nullable Object[]) value, repetition, definition + 1);
    }

    void appendMembers(@Nullable Object[] values, int repetition, int definition) {
        for (int i = 0; i < fields.length; i++) {
            Object value = values[i];
            if (value == null) {
                fields[i].addAbsent(repetition, definition);
            } else {
                fields[i].append(value, repetition, definition);
            }
        }
    }

    private void addAbsentRest(int repetition, int definition) {
        for (int i = 0; i < fields.length; i++) {
            if (seenIn[i] != object) {
                fields[i].addAbsent(repetition, definition);
            }
        }
    }

    private int fieldAt(byte[] text, int at, int previous) {
        int expected = order.after(previous);
        for (int tries = 0; expected != NOBODY && tries < TRIES; tries++) {
            if (names[expected].isAt(text, at)) {
                return expected;
            }
            expected = order.after(expected);
        }
        int found = find(text, at);
        if (found != NOBODY) {
            order.learn(previous, found);
        }
        return found;
    }

    private int find(byte[] text, int at) {
        if (text[at] != '"') {
            return NOBODY;
        }
        int end = at + 1;
        while (text[end] != '"') {
            if (text[end] == 0) {
                return NOBODY;
            }
            end++;
        }
        int place = MemberName.hash(text, at, end + 1) & table.length - 1;
        while (table[place] != 0) {
            int field = table[place] - 1;
            if (names[field].length() == end + 1 - at && names[field].isAt(text, at)) {
                return field;
            }
            place = place + 1 & table.length - 1;
        }
        return NOBODY;
    }

    /// Where the value behind a name begins.
    private static int valueAt(byte[] text, int behindName) {
        int at = text[behindName] == ':' ? behindName : JsonBytes.skipBlanks(text, behindName);
        return text[at] == ':' ? JsonBytes.skipBlanks(text, at + 1) : NOT_PLAIN;
    }
}
