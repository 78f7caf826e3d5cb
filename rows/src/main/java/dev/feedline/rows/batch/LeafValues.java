package dev.feedline.rows.batch;

import dev.feedline.rows.Type;
import java.util.Arrays;

/// The entries of one leaf column: values and their absences, with the repetition and definition
/// levels of Dremel.
///
/// | type | its value |
/// |---|---|
/// | `bigint` | itself |
/// | `boolean` | 0 or 1 |
/// | `double` | its bits |
/// | `date` | days since 1970-01-01 |
/// | `timestamp` | microseconds since 1970-01-01T00:00:00Z |
/// | `decimal(p,s)`, p at most 18 | unscaled |
/// | `decimal(p,s)`, p above 18 | unscaled, or where it is, when it [#isWide] |
/// | `string` | a slice: UTF-8 |
///
/// Source of the levels: Melnik et al., "Dremel: Interactive Analysis of Web-Scale Datasets",
/// 2010.
public final class LeafValues {
    /// A decimal of no more digits is a value by itself.
    public static final int MOST_DIGITS_OF_LONG = 18;

    /// What one of more digits is long: two's complement, highest byte first.
    public static final int WIDE_BYTES = 2 * Long.BYTES;

    static final int NOWHERE = -1;

    private static final int MOST_LEVELS = 255;

    private static final int WIDE_SHIFT = Long.SIZE - 2;

    private final Type type;
    private final int maxRepetition;
    private final int maxDefinition;
    private final Cells cells;
    /// Its place in the cells; none when it repeats.
    private final int place;
    private byte[] repetitions;
    /// Zero behind the last entry.
    private byte[] definitions = new byte[256];
    private long[] values = new long[256];
    private int entries;
    private int count;
    private int entriesBeforeRow;
    private int countBeforeRow;

    LeafValues(Type type, int maxRepetition, int maxDefinition, Cells cells) {
        if (maxDefinition > MOST_LEVELS) {
            throw new IllegalArgumentException(
                    "a column is nested too deep: " + maxDefinition + " levels, at most " + MOST_LEVELS);
        }
        this.type = type;
        this.maxRepetition = maxRepetition;
        this.maxDefinition = maxDefinition;
        this.cells = cells;
        this.place = maxRepetition == 0 ? cells.add(this) : NOWHERE;
        this.repetitions = new byte[maxRepetition == 0 ? 0 : 256];
    }

    public static int sliceStart(long slice) {
        return (int) (slice >>> Integer.SIZE);
    }

    public static int sliceLength(long slice) {
        return (int) slice;
    }

    public static long slice(int start, int length) {
        return (long) start << Integer.SIZE | length;
    }

    /// Whether a decimal's value says where [#WIDE_BYTES] of it are. Its two highest bits tell: no
    /// number of 18 digits begins with 01.
    public static boolean isWide(long value) {
        return value >>> WIDE_SHIFT == 1;
    }

    public static int wideStart(long value) {
        return (int) value;
    }

    static long wide(int start) {
        return 1L << WIDE_SHIFT | start;
    }

    public Type type() {
        return type;
    }

    public int maxRepetition() {
        return maxRepetition;
    }

    public int maxDefinition() {
        return maxDefinition;
    }

    /// Values and absences.
    public int entries() {
        return maxRepetition == 0 ? cells.rows : entries;
    }

    /// Values alone.
    public int count() {
        cells.settle();
        return count;
    }

    /// The repetition level of each entry, unsigned; no bytes when [#maxRepetition] is 0. Until the batch
    /// is cleared.
    public byte[] repetitions() {
        return repetitions;
    }

    /// The definition level of each entry, unsigned; [#maxDefinition] is a value's. Until the batch is
    /// cleared.
    public byte[] definitions() {
        cells.settle();
        if (definitions.length < entries()) {
            definitions = Arrays.copyOf(definitions, 2 * entries());
        }
        return definitions;
    }

    /// The values without gaps for what is absent. Until the batch is cleared.
    public long[] values() {
        cells.settle();
        return values;
    }

    /// Whether the entry is a value.
    public boolean isValue(int entry) {
        return definitions()[entry] == (byte) maxDefinition;
    }

    /// Whether a row begins with the entry.
    public boolean startsRow(int entry) {
        return maxRepetition == 0 || repetitions[entry] == 0;
    }

    /// How many of the entries `[from, to)` are values.
    public int values(int from, int to) {
        cells.settle();
        if (count == entries()) {
            return to - from;
        }
        if (from == 0 && to == entries()) {
            return count;
        }
        byte[] levels = definitions();
        int values = 0;
        for (int entry = from; entry < to; entry++) {
            values += levels[entry] == (byte) maxDefinition ? 1 : 0;
        }
        return values;
    }

    /// Adds a value behind the entries so far: the next row's when the column does not repeat.
    public void add(int repetition, long value) {
        addEntry(entries, repetition, maxDefinition);
        addValue(value);
    }

    /// An entry that is there up to level `definition` only.
    public void addAbsent(int repetition, int definition) {
        addEntry(entries, repetition, definition);
    }

    /// Its place in the batch's cells, or [#NOWHERE].
    int place() {
        return place;
    }

    /// Adds a value to the row that is being read, when it repeats.
    void read(int repetition, long value) {
        addEntry(entries, repetition, maxDefinition);
        addValue(value);
    }

    /// As [#read], an entry that is there up to level `definition` only.
    void readAbsent(int repetition, int definition) {
        addEntry(entries, repetition, definition);
    }

    void clear() {
        Arrays.fill(definitions, 0, entries, (byte) 0);
        entries = 0;
        count = 0;
    }

    void beginRow() {
        entriesBeforeRow = entries;
        countBeforeRow = count;
    }

    /// When it repeats.
    void takeBackRow() {
        count = countBeforeRow;
        entries = entriesBeforeRow;
    }

    /// Whether no value has been read.
    boolean isEmpty() {
        return place == NOWHERE ? count == 0 : cells.isEmpty(place);
    }

    /// Takes its values of at most 64 rows from the cells.
    ///
    /// @param width from a row's value to the next row's
    /// @param present which rows have one, a bit a row
    /// @param partial which have instead how far its parents are there
    void take(long[] from, int firstRow, int width, long present, long partial) {
        if ((present | partial) == 0) {
            return;
        }
        if (definitions.length < firstRow + Long.SIZE) {
            definitions = Arrays.copyOf(definitions, 2 * (firstRow + Long.SIZE));
        }
        if (values.length < count + Long.SIZE) {
            values = Arrays.copyOf(values, 2 * (count + Long.SIZE));
        }
        int first = firstRow * width + place;
        if (present == -1L) {
            takeAll(from, firstRow, first, width);
            return;
        }
        int next = count;
        for (long left = present; left != 0; left &= left - 1) {
            int row = Long.numberOfTrailingZeros(left);
            values[next++] = from[first + row * width];
            definitions[firstRow + row] = (byte) maxDefinition;
        }
        count = next;
        for (long left = partial; left != 0; left &= left - 1) {
            int row = Long.numberOfTrailingZeros(left);
            definitions[firstRow + row] = (byte) from[first + row * width];
        }
        entries = firstRow + Long.SIZE - Long.numberOfLeadingZeros(present | partial);
    }

    private void takeAll(long[] from, int firstRow, int first, int width) {
        for (int row = 0; row < Long.SIZE; row++) {
            values[count + row] = from[first + row * width];
        }
        count += Long.SIZE;
        Arrays.fill(definitions, firstRow, firstRow + Long.SIZE, (byte) maxDefinition);
        entries = firstRow + Long.SIZE;
    }

    private void addEntry(int entry, int repetition, int definition) {
        if (entry >= definitions.length) {
            definitions = Arrays.copyOf(definitions, 2 * entry);
        }
        definitions[entry] = (byte) definition;
        if (maxRepetition > 0) {
            if (entry == repetitions.length) {
                repetitions = Arrays.copyOf(repetitions, 2 * entry);
            }
            repetitions[entry] = (byte) repetition;
        }
        entries = entry + 1;
    }

    private void addValue(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }
}
