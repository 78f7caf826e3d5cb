package dev.feedline.s3.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// CRC-64/NVME (NVM Express command set specification, "64b CRC"): polynomial AD93D23594C93659, reflected, inverted
/// before and after; S3's checksum where the caller chose none.
///
/// Eight bytes a step by eight tables.
public final class Crc64Nvme implements Checksum {
    static final long REFLECTED_POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[][] TABLES = tables();

    private long inverted = -1;

    @Override
    public void update(int oneByte) {
        inverted = step(inverted, oneByte);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        long crc = inverted;
        int at = offset;
        int end = offset + length;
        for (; at + 8 <= end; at += 8) {
            long mixed = crc ^ (long) LONGS.get(bytes, at);
            crc = TABLES[7][(int) (mixed & 0xff)]
                    ^ TABLES[6][(int) (mixed >>> 8 & 0xff)]
                    ^ TABLES[5][(int) (mixed >>> 16 & 0xff)]
                    ^ TABLES[4][(int) (mixed >>> 24 & 0xff)]
                    ^ TABLES[3][(int) (mixed >>> 32 & 0xff)]
                    ^ TABLES[2][(int) (mixed >>> 40 & 0xff)]
                    ^ TABLES[1][(int) (mixed >>> 48 & 0xff)]
                    ^ TABLES[0][(int) (mixed >>> 56)];
        }
        for (; at < end; at++) {
            crc = step(crc, bytes[at]);
        }
        inverted = crc;
    }

    @Override
    public long getValue() {
        return ~inverted;
    }

    @Override
    public void reset() {
        inverted = -1;
    }

    private static long step(long crc, int oneByte) {
        return TABLES[0][(int) ((crc ^ oneByte) & 0xff)] ^ crc >>> 8;
    }

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int i = 0; i < 256; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED_POLYNOMIAL;
            }
            tables[0][i] = crc;
        }
        for (int slice = 1; slice < 8; slice++) {
            for (int i = 0; i < 256; i++) {
                long before = tables[slice - 1][i];
                tables[slice][i] = tables[0][(int) (before & 0xff)] ^ before >>> 8;
            }
        }
        return tables;
    }
}
