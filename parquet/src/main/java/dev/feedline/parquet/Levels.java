package dev.feedline.parquet;

import java.util.Arrays;

/// The repetition and definition levels of a column's entries, as Dremel defines them.
///
/// An entry is a value or the absence of one. Repetition 0 begins a row; the highest definition
/// level is a value.
final class Levels {
    private final int maxRepetition;
    private final int maxDefinition;
    private final int bitsPerEntry;
    private byte[] repetitions = new byte[0];
    private byte[] definitions = new byte[64];
    private int count;

    Levels(Leaf leaf) {
        maxRepetition = leaf.maxRepetition();
        maxDefinition = leaf.maxDefinition();
        bitsPerEntry = RleBitPacking.bitWidth(maxRepetition) + RleBitPacking.bitWidth(maxDefinition);
    }

    int count() {
        return count;
    }

    /// What one entry takes in memory.
    int bytesPerEntry() {
        return maxRepetition == 0 ? 1 : 2;
    }

    /// At most what one entry takes in a page.
    int bitsPerEntry() {
        return bitsPerEntry;
    }

    void add(int repetition, int definition) {
        if (count == definitions.length) {
            definitions = Arrays.copyOf(definitions, grown());
        }
        definitions[count] = (byte) definition;
        if (maxRepetition > 0) {
            if (count >= repetitions.length) {
                repetitions = Arrays.copyOf(repetitions, definitions.length);
            }
            repetitions[count] = (byte) repetition;
        }
        count++;
    }

    /// Adds these levels, `from` up to `to`.
    void addAll(byte[] moreRepetitions, byte[] moreDefinitions, int from, int to) {
        int more = to - from;
        while (definitions.length - count < more) {
            definitions = Arrays.copyOf(definitions, grown());
        }
        System.arraycopy(moreDefinitions, from, definitions, count, more);
        if (maxRepetition > 0) {
            if (repetitions.length < definitions.length) {
                repetitions = Arrays.copyOf(repetitions, definitions.length);
            }
            System.arraycopy(moreRepetitions, from, repetitions, count, more);
        }
        count += more;
    }

    boolean startsRow(int entry) {
        return maxRepetition == 0 || repetitions[entry] == 0;
    }

    boolean holdsValue(int entry) {
        return definition(entry) == maxDefinition;
    }

    int repetition(int entry) {
        return maxRepetition == 0 ? 0 : Byte.toUnsignedInt(repetitions[entry]);
    }

    int definition(int entry) {
        return Byte.toUnsignedInt(definitions[entry]);
    }

    int rows(int from, int to) {
        if (maxRepetition == 0) {
            return to - from;
        }
        int rows = 0;
        for (int entry = from; entry < to; entry++) {
            rows += repetitions[entry] == 0 ? 1 : 0;
        }
        return rows;
    }

    int values(int from, int to) {
        int values = 0;
        for (int entry = from; entry < to; entry++) {
            values += definition(entry) == maxDefinition ? 1 : 0;
        }
        return values;
    }

    /// Puts the levels of a page in front of its values, each kind with its length.
    void encode(int from, int to, ByteBuilder page) {
        if (maxRepetition > 0) {
            encode(repetitions, from, to, maxRepetition, page);
        }
        encode(definitions, from, to, maxDefinition, page);
    }

    void clear() {
        count = 0;
    }

    private static void encode(byte[] levels, int from, int to, int max, ByteBuilder page) {
        int lengthAt = page.size();
        page.putInt(0);
        new RleBitPacking(page, RleBitPacking.bitWidth(max)).write(levels, from, to);
        page.setInt(lengthAt, page.size() - lengthAt - Integer.BYTES);
    }

    private int grown() {
        if (definitions.length > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("one page cannot hold " + count + " entries: a row is too long");
        }
        return definitions.length * 2;
    }
}
