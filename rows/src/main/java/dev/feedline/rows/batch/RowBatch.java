package dev.feedline.rows.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some rows, column by column: what a [BatchReader] fills and a writer of columns takes.
///
/// A leaf is a column of a type without parts; the leaves stand in the schema's order, those of a
/// struct in the order of its fields. Texts, and decimals of more than
/// [LeafValues#MOST_DIGITS_OF_LONG] digits, lie in [#data] and their leaf says where. Not for two
/// threads at once.
public final class RowBatch {
    /// Whoever reads eight bytes at once may do so at every byte of a row.
    public static final int SLACK = 4 * Long.BYTES;

    private static final int FULL_BYTES = 512 << 10;

    private final List<LeafValues> leaves = new ArrayList<>();
    private final LeafValues[] repeated;
    private final Cells cells = new Cells();
    private byte[] own = new byte[1 << 12];
    private byte[] data = own;
    /// Where what is its own begins in [#data].
    private int base;
    private int size;
    private int sizeBeforeRow;

    public RowBatch(Schema schema) {
        schema.columns().forEach(column -> addLeaves(column.type(), 0, 0));
        repeated = leaves.stream().filter(leaf -> leaf.maxRepetition() > 0).toArray(LeafValues[]::new);
    }

    public int rows() {
        return cells.rows;
    }

    /// What its texts and its rows as they were read take, in bytes.
    public int bytes() {
        return size - base;
    }

    public int leafCount() {
        return leaves.size();
    }

    public LeafValues leaf(int index) {
        return leaves.get(index);
    }

    /// What slices lie in; another array after the batch has grown. Eight bytes may be read from
    /// every byte of a slice on.
    public byte[] data() {
        return data;
    }

    public void clear() {
        size = base;
        leaves.forEach(LeafValues::clear);
        cells.clear();
    }

    /// Lets rows lie where they are, in somebody's array, until [#leave]: what is not in them is put
    /// behind `free`. For an empty batch.
    ///
    /// @param free all bytes before are the rows', with a NUL and [#SLACK] bytes behind them
    public void lieOver(byte[] rows, int free) {
        data = rows;
        base = free;
        size = free;
    }

    /// Takes its own array again. For an empty batch.
    public void leave() {
        lieOver(own, 0);
    }

    /// Puts bytes behind all others, and returns where.
    public int put(byte[] source, int from, int length) {
        int at = reserve(length);
        System.arraycopy(source, from, data, at, length);
        size += length;
        return at;
    }

    /// Adds a text, or its absence when there is none, to a leaf of strings that does not repeat.
    public void addText(LeafValues leaf, @Nullable String text) {
        if (text == null) {
            leaf.addAbsent(0, 0);
        } else {
            leaf.add(0, putText(text));
        }
    }

    /// Whether it is time to write it and begin anew: about half a megabyte of rows and texts, or a
    /// million values and absences.
    public boolean isFull() {
        return bytes() >= FULL_BYTES || cells.isFull();
    }

    /// Puts a text's UTF-8 behind all else and returns its slice.
    long putText(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return LeafValues.slice(put(utf8, 0, utf8.length), utf8.length);
    }

    /// Puts a row and a NUL behind it, which no JSON text has, and returns where the row is.
    int putRow(byte[] source, int from, int length) {
        int at = put(source, from, length);
        reserve(1);
        data[size++] = 0;
        return at;
    }

    /// Makes room for so many bytes at the end, where [#data] may then be written, and returns
    /// where that is.
    int reserve(int length) {
        long needed = (long) size + length + SLACK;
        if (needed > data.length) {
            if (needed > Integer.MAX_VALUE - Long.BYTES) {
                throw new IllegalStateException("a batch of more than 2 GiB; clear it in time");
            }
            boolean isOwn = base == 0;
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - Long.BYTES, needed * 2));
            own = isOwn ? data : own;
        }
        return size;
    }

    /// Where the next bytes will be put.
    int end() {
        return size;
    }

    void advance(int length) {
        size += length;
    }

    Cells cells() {
        return cells;
    }

    void beginRow() {
        sizeBeforeRow = size;
        cells.beginRow();
        for (LeafValues leaf : repeated) {
            leaf.beginRow();
        }
    }

    void endRow() {
        cells.rows++;
    }

    /// Takes back what the row that was begun has added so far.
    void takeBackRow() {
        size = sizeBeforeRow;
        cells.takeBackRow();
        for (LeafValues leaf : repeated) {
            leaf.takeBackRow();
        }
    }

    private void addLeaves(Type type, int repetition, int definition) {
        if (type instanceof Type.Struct struct) {
            for (Column field : struct.fields()) {
                addLeaves(field.type(), repetition, definition + 1);
            }
        } else if (type instanceof Type.ListOf list) {
            addLeaves(list.element(), repetition + 1, definition + 2);
        } else {
            leaves.add(new LeafValues(type, repetition, definition + 1, cells));
        }
    }
}
