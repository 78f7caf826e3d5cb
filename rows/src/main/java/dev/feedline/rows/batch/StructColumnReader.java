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
    private static final int NOBODY = MemberNames.NOBODY;
    /// So many members may be missing in a row before a name is looked up.
    private static final int TRIES = 3;

    /// So many members may be missing in a row before the order is learned anew.
    private static final int MISSING = 8;

    private final MemberNames names;
    private final long blanks;
    private final ColumnReader[] fields;
    private final ColumnReader[] repeating;
    private final MemberOrder order;
    private final UnknownMembers unknown = new UnknownMembers();
    /// For each field the number of the object that had it last.
    private final long[] seenIn;
    private long object;
    /// The field that was found by its name last.
    private int found;

    /// @param blanks what may stand between the parts, see [JsonBytes#BLANKS]
    StructColumnReader(List<Column> columns, List<ColumnReader> readers, long blanks) {
        this.blanks = blanks;
        names = new MemberNames(columns.stream().map(Column::name).toList());
        fields = readers.toArray(ColumnReader[]::new);
        repeating = readers.stream().filter(ColumnReader::repeats).toArray(ColumnReader[]::new);
        seenIn = new long[fields.length];
        order = new MemberOrder(fields.length);
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
        int at = JsonBytes.skipBlanks(text, from, blanks);
        int count = 0;
        int field = NOBODY;
        if (text[at] != '}') {
            while (true) {
                int expected = order.after(field);
                int tries = TRIES;
                while (expected != NOBODY && !names.isAt(expected, text, at)) {
                    expected = --tries == 0 ? NOBODY : order.after(expected);
                }
                if (expected != NOBODY) {
                    at += names.length(expected);
                } else {
                    at = behindOtherName(text, at, field);
                    if (at == NOT_PLAIN) {
                        return NOT_PLAIN;
                    }
                    expected = found;
                }
                if (expected != NOBODY) {
                    field = expected;
                    if (seenIn[field] == object) {
                        return NOT_PLAIN;
                    }
                    seenIn[field] = object;
                    count++;
                    at = value(fields[field], text, JsonBytes.skipBlanks(text, at, blanks), repetition, definition);
                    if (at == NOT_PLAIN) {
                        return NOT_PLAIN;
                    }
                }
                at = JsonBytes.skipBlanks(text, at, blanks);
                if (text[at] != ',') {
                    break;
                }
                at = JsonBytes.skipBlanks(text, at + 1, blanks);
            }
            if (text[at] != '}') {
                return NOT_PLAIN;
            }
        }
        if (count < fields.length) {
            addAbsentRest(repetition, definition);
        }
        return at + 1;
    }

    // One call for each class, so that each is compiled into its caller.
    private static int value(ColumnReader reader, byte[] text, int at, int repetition, int definition) {
        if (reader instanceof TextLeafReader leaf) {
            return leaf.read(text, at, repetition, definition);
        }
        if (reader instanceof LongLeafReader leaf) {
            return leaf.read(text, at, repetition, definition);
        }
        if (reader instanceof DoubleLeafReader leaf) {
            return leaf.read(text, at, repetition, definition);
        }
        if (reader instanceof TimestampLeafReader leaf) {
            return leaf.read(text, at, repetition, definition);
        }
        if (reader instanceof BooleanLeafReader leaf) {
            return leaf.read(text, at, repetition, definition);
        }
        return reader.read(text, at, repetition, definition);
    }

    @Override
    boolean repeats() {
        return repeating.length > 0;
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

    /// What the object lacks; of the row's own members only those that repeat, the others' leaves
    /// know by themselves.
    private void addAbsentRest(int repetition, int definition) {
        if (definition == 0 && repeating.length == 0) {
            return;
        }
        for (int i = 0; i < fields.length; i++) {
            if (seenIn[i] != object) {
                fields[i].addAbsent(repetition, definition);
            }
        }
    }

    /// Finds the member whose name begins at `at`, puts it into [#found], and returns where the
    /// text goes on behind its colon; behind its value, and nobody, when it is none but null.
    private int behindOtherName(byte[] text, int at, int previous) {
        if (text[at] != '"') {
            return NOT_PLAIN;
        }
        int end = JsonBytes.plainEnd(text, at + 1);
        while (text[end] < 0) {
            end = JsonBytes.plainEnd(text, end + 1);
        }
        int colon = JsonBytes.skipBlanks(text, end + 1, blanks);
        if (text[end] != '"' || text[colon] != ':') {
            return NOT_PLAIN;
        }
        int member = names.find(text, at, end);
        if (member == NOBODY) {
            found = NOBODY;
            int value = JsonBytes.skipBlanks(text, colon + 1, blanks);
            boolean isNull = JsonBytes.isNull(text, value) && unknown.isNew(text, at + 1, end, object);
            return isNull ? value + LENGTH_OF_NULL : NOT_PLAIN;
        }
        if (!isSoonAfter(previous, member)) {
            order.learn(previous, member);
        }
        found = member;
        return colon + 1;
    }

    private boolean isSoonAfter(int previous, int member) {
        int next = order.after(previous);
        for (int tries = 0; next != NOBODY && tries < MISSING; tries++) {
            if (next == member) {
                return true;
            }
            next = order.after(next);
        }
        return false;
    }
}
