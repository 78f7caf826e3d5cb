package dev.feedline.rows.batch;

import dev.feedline.rows.text.Escapes;
import dev.feedline.rows.text.JsonBytes;
import dev.feedline.rows.text.Utf8;

/// Reads strings, and numbers and booleans as the source wrote them. What has no escapes stays
/// where it is; of a string with escapes the text is put behind the row.
final class TextLeafReader extends LeafReader {
    private final RowBatch batch;

    TextLeafReader(LeafValues leaf, Cells cells, RowBatch batch) {
        super(leaf, cells);
        this.batch = batch;
    }

    @Override
    int read(byte[] text, int at, int repetition, int definition) {
        if (text[at] != '"') {
            return readUnquoted(text, at, repetition, definition);
        }
        int from = at + 1;
        int end = JsonBytes.plainEnd(text, from);
        while (text[end] < 0) {
            int length = Utf8.sequenceLength(text, end, text.length);
            if (length == 0) {
                return NOT_PLAIN;
            }
            end = JsonBytes.plainEnd(text, end + length);
        }
        if (text[end] == '"') {
            put(repetition, LeafValues.slice(from, end - from));
            return end + 1;
        }
        return text[end] == '\\' ? readEscaped(text, from, repetition) : NOT_PLAIN;
    }

    @Override
    long valueOf(Object value) {
        return batch.putText((String) value);
    }

    private int readUnquoted(byte[] text, int at, int repetition, int definition) {
        int end = JsonBytes.wordOrNumberEnd(text, at);
        if (end == NOT_PLAIN) {
            return readNull(text, at, repetition, definition);
        }
        put(repetition, LeafValues.slice(at, end - at));
        return end;
    }

    private int readEscaped(byte[] text, int from, int repetition) {
        int end = from;
        int to = batch.reserve(Escapes.MOST_BYTES);
        int start = to;
        while (true) {
            int plain = JsonBytes.plainEnd(text, end);
            to = copy(text, end, plain - end);
            end = plain;
            if (text[end] == '"') {
                put(repetition, LeafValues.slice(start, to - start));
                return end + 1;
            }
            int length = text[end] < 0 ? Utf8.sequenceLength(text, end, text.length) : 0;
            if (length > 0) {
                to = copy(text, end, length);
            } else {
                length = text[end] == '\\' ? Escapes.length(text, end) : 0;
                if (length == 0) {
                    return NOT_PLAIN;
                }
                batch.reserve(Escapes.MOST_BYTES);
                batch.advance(Escapes.put(text, end, batch.data(), to));
                to = batch.end();
            }
            end += length;
        }
    }

    private int copy(byte[] text, int from, int length) {
        batch.put(text, from, length);
        return batch.end();
    }
}
