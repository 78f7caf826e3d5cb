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
    /// So many members may be missing in a row before a name is looked up.
    private static final int TRIES = 8;

    /// So many members may be missing in a row before the order is learned anew.
    private static final int MISSING = 8;

    private final long blanks;
    private final Member[] members;
    private final MemberNames names;
    private final boolean repeats;
    /// Before the first member and behind the last.
    private final Member end = new Member(this);
    private final UnknownMembers unknown = new UnknownMembers();
    private long object;
    /// The member that was found by its name last.
    private Member found = end;

    /// @param blanks what may stand between the parts, see [JsonBytes#BLANKS]
    StructColumnReader(List<Column> columns, List<ColumnReader> readers, long blanks) {
        this.blanks = blanks;
        members = new Member[columns.size()];
        for (int i = 0; i < members.length; i++) {
            members[i] = new Member(columns.get(i).name(), readers.get(i));
            members[i].follow(end.previous);
        }
        names = new MemberNames(members);
        repeats = readers.stream().anyMatch(ColumnReader::repeats);
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
        Member member = end;
        if (text[at] != '}') {
            while (true) {
                Member expected = member.next;
                int tries = TRIES;
                while (!expected.isAt(text, at) && expected != end) {
                    expected = --tries == 0 ? end : expected.next;
                }
                if (expected != end) {
                    at += expected.length;
                } else {
                    at = behindOtherName(text, at, member);
                    if (at == NOT_PLAIN) {
                        return NOT_PLAIN;
                    }
                    expected = found;
                }
                if (expected != end) {
                    member = expected;
                    if (member.seenIn == object) {
                        return NOT_PLAIN;
                    }
                    member.seenIn = object;
                    count++;
                    at = member.reader.read(text, JsonBytes.skipBlanks(text, at, blanks), repetition, definition);
                    if (at == NOT_PLAIN) {
                        return NOT_PLAIN;
                    }
                }
                if (text[at] != ',') {
                    at = JsonBytes.skipBlanks(text, at, blanks);
                    if (text[at] != ',') {
                        break;
                    }
                }
                at = JsonBytes.skipBlanks(text, at + 1, blanks);
            }
            if (text[at] != '}') {
                return NOT_PLAIN;
            }
        }
        if (count < members.length) {
            addAbsentRest(repetition, definition);
        }
        return at + 1;
    }

    @Override
    boolean repeats() {
        return repeats;
    }

    @Override
    void addAbsent(int repetition, int definition) {
        for (Member member : members) {
            member.reader.addAbsent(repetition, definition);
        }
    }

    @Override
    void append(Object value, int repetition, int definition) {
        appendMembers((@Nullable Object[]) value, repetition, definition + 1);
    }

    void appendMembers(@Nullable Object[] values, int repetition, int definition) {
        for (int i = 0; i < members.length; i++) {
            Object value = values[i];
            if (value == null) {
                members[i].reader.addAbsent(repetition, definition);
            } else {
                members[i].reader.append(value, repetition, definition);
            }
        }
    }

    /// What the object lacks; of the row's own members only those that repeat, the others' leaves
    /// know by themselves.
    private void addAbsentRest(int repetition, int definition) {
        if (definition == 0 && !repeats) {
            return;
        }
        for (Member member : members) {
            if (member.seenIn != object) {
                member.reader.addAbsent(repetition, definition);
            }
        }
    }

    /// Finds the member whose name begins at `at`, puts it into [#found], and returns where the
    /// text goes on behind its colon; behind its value, and the end, when it is none but null.
    private int behindOtherName(byte[] text, int at, Member previous) {
        if (text[at] != '"') {
            return NOT_PLAIN;
        }
        int close = JsonBytes.plainEnd(text, at + 1);
        while (text[close] < 0) {
            close = JsonBytes.plainEnd(text, close + 1);
        }
        int colon = JsonBytes.skipBlanks(text, close + 1, blanks);
        if (text[close] != '"' || text[colon] != ':') {
            return NOT_PLAIN;
        }
        Member member = names.find(text, at, close);
        if (member == null) {
            found = end;
            int value = JsonBytes.skipBlanks(text, colon + 1, blanks);
            boolean isNull = JsonBytes.isNull(text, value) && unknown.isNew(text, at + 1, close, object);
            return isNull ? value + LENGTH_OF_NULL : NOT_PLAIN;
        }
        if (member != previous && !isSoonAfter(previous, member)) {
            member.follow(previous);
        }
        found = member;
        return colon + 1;
    }

    private boolean isSoonAfter(Member previous, Member member) {
        Member next = previous.next;
        for (int tries = 0; next != end && tries < MISSING; tries++) {
            if (next == member) {
                return true;
            }
            next = next.next;
        }
        return false;
    }
}
