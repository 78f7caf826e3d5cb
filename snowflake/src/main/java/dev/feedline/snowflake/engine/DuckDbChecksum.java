package dev.feedline.snowflake.engine;

/// DuckDB's checksum over bytes, taken as numbers of eight bytes, lowest byte first; what is left
/// over is hashed as MurmurHash64A does.
final class DuckDbChecksum {
    private static final long START = 5381;
    private static final long FACTOR = 0xbf58476d1ce4e5b9L;
    private static final long MURMUR = 0xc6a4a7935bd1e995L;
    private static final long MURMUR_SEED = 0xe17a1465L;
    private static final int MURMUR_SHIFT = 47;

    private long sum = START;

    void add(long eight) {
        sum ^= eight * FACTOR;
    }

    long value() {
        return sum;
    }

    /// The checksum with the last one to seven bytes.
    long valueWith(long rest, int bytes) {
        long hash = (MURMUR_SEED ^ bytes * MURMUR ^ rest) * MURMUR;
        hash = (hash ^ hash >>> MURMUR_SHIFT) * MURMUR;
        return sum ^ hash ^ hash >>> MURMUR_SHIFT;
    }
}
