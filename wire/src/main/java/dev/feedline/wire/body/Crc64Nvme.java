package dev.feedline.wire.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// CRC-64/NVME, the checksum AWS's newest tools use; the SDK has it only in native code.
///
/// Reflected polynomial, all ones before and after; eight bytes a step through eight tables.
final class Crc64Nvme implements Checksum {
    private static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;
    private static final long[][] TABLES = tables();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state = -1;

    @Override
    public void update(int b) {
        state = TABLES[0][(int) (state ^ b) & 0xff] ^ (state >>> 8);
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long mixed = state ^ (long) LONG.get(bytes, at);
            long next = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                next ^= TABLES[7 - i][(int) (mixed >>> (8 * i)) & 0xff];
            }
            state = next;
        }
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }

    /// `tables[k][b]` is byte `b` followed by `k` zero bytes.
    private static long[][] tables() {
        long[][] tables = new long[Long.BYTES][256];
        for (int b = 0; b < 256; b++) {
            long crc = b;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][b] = crc;
        }
        for (int k = 1; k < Long.BYTES; k++) {
            for (int b = 0; b < 256; b++) {
                long before = tables[k - 1][b];
                tables[k][b] = tables[0][(int) before & 0xff] ^ (before >>> 8);
            }
        }
        return tables;
    }
}
