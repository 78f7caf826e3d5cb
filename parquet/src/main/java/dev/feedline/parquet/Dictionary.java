package dev.feedline.parquet;

/// The distinct values of a column in one row group, numbered as they first came.
abstract class Dictionary {
    /// The answer when a value is new and there is no more room.
    static final int FULL = -1;

    /// So many steps past its place a value is not looked for: values chosen to collide cost a dictionary, not hours.
    static final int MAX_PROBES = 256;

    /// How many places a table begins with, every time: where it is full depends on the values alone, not
    /// on those that it had before.
    static final int FIRST_PLACES = 256;

    abstract int size();

    /// What it takes in memory, at most, but for what it has grown by before.
    abstract long bytes();

    /// The bytes of all values, PLAIN.
    abstract int plainSize();

    /// The bytes of one value, PLAIN.
    abstract int plainSize(int id);

    abstract void putPlain(int id, ByteBuilder out);

    abstract void clear();

    /// Another one with the same values.
    abstract Dictionary copy();

    /// Gives every value an id in another dictionary of the same kind, new ones in the order of
    /// their ids here, and puts them into `ids`; false when there is no room for all.
    abstract boolean addTo(Dictionary other, int[] ids);

    /// Forgets the values from this id on; there can be no new ones afterwards.
    abstract void cut(int size);

    /// The bits of the highest id.
    final int bitWidth() {
        return RleBitPacking.bitWidth(size() - 1);
    }
}
