package dev.feedline.rows.batch;

import dev.feedline.rows.text.JsonBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads arrays, in Parquet's three levels: the list may be null, is empty or repeats, and its
/// elements may be null.
final class ListColumnReader extends ColumnReader {
    private static final int LENGTH_OF_NULL = 4;

    private final ColumnReader element;
    private final int ownRepetition;
    private final long blanks;

    /// @param blanks what may stand between the parts, see [JsonBytes#BLANKS]
    ListColumnReader(ColumnReader element, int ownRepetition, long blanks) {
        this.blanks = blanks;
        this.element = element;
        this.ownRepetition = ownRepetition;
    }

    @Override
    int read(byte[] text, int from, int repetition, int definition) {
        if (text[from] != '[') {
            if (!JsonBytes.isNull(text, from)) {
                return NOT_PLAIN;
            }
            element.addAbsent(repetition, definition);
            return from + LENGTH_OF_NULL;
        }
        int at = JsonBytes.skipBlanks(text, from + 1, blanks);
        if (text[at] == ']') {
            element.addAbsent(repetition, definition + 1);
            return at + 1;
        }
        int next = repetition;
        while (true) {
            at = element.read(text, at, next, definition + 2);
            if (at == NOT_PLAIN) {
                return NOT_PLAIN;
            }
            at = JsonBytes.skipBlanks(text, at, blanks);
            if (text[at] != ',') {
                return text[at] == ']' ? at + 1 : NOT_PLAIN;
            }
            at = JsonBytes.skipBlanks(text, at + 1, blanks);
            next = ownRepetition;
        }
    }

    @Override
    boolean repeats() {
        return true;
    }

    @Override
    void addAbsent(int repetition, int definition) {
        element.addAbsent(repetition, definition);
    }

    @Override
    void append(Object value, int repetition, int definition) {
        List<?> list = (List<?>) value;
        if (list.isEmpty()) {
            element.addAbsent(repetition, definition + 1);
        }
        int next = repetition;
        for (@Nullable Object one : list) {
            if (one == null) {
                element.addAbsent(next, definition + 2);
            } else {
                element.append(one, next, definition + 2);
            }
            next = ownRepetition;
        }
    }
}
