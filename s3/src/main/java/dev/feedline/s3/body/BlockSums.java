package dev.feedline.s3.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The CRC-32C of every 64 KiB of a body file, so that any range of it can be checked before it is handed out.
///
/// Stored as four bytes for each block: 320 KiB for the largest file of 5 GiB.
public final class BlockSums {
    static final int BLOCK_BYTES = 64 * 1024;

    private final byte[] sums;

    private BlockSums(byte[] sums) {
        this.sums = sums;
    }

    /// As they are stored; null for a file that was written before there were any.
    public static @Nullable BlockSums of(byte @Nullable [] stored) {
        return stored == null ? null : new BlockSums(stored);
    }

    public byte[] stored() {
        return sums.clone();
    }

    /// Whether these are the bytes of the block, the last of which may be shorter.
    boolean isRight(int block, byte[] bytes, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, count);
        int at = block * Integer.BYTES;
        return at + Integer.BYTES <= sums.length && ByteBuffer.wrap(sums).getInt(at) == (int) crc.getValue();
    }

    /// Computes the sums of bytes that pass.
    static final class Running {
        private final ByteArrayOutputStream sums = new ByteArrayOutputStream();
        private final CRC32C crc = new CRC32C();
        private int inBlock;

        void update(byte[] bytes, int count) {
            int done = 0;
            while (done < count) {
                int part = Math.min(count - done, BLOCK_BYTES - inBlock);
                crc.update(bytes, done, part);
                done += part;
                inBlock += part;
                if (inBlock == BLOCK_BYTES) {
                    endBlock();
                }
            }
        }

        /// To be called once, after the last byte.
        BlockSums sums() {
            if (inBlock > 0) {
                endBlock();
            }
            return new BlockSums(sums.toByteArray());
        }

        private void endBlock() {
            sums.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) crc.getValue())
                    .array());
            crc.reset();
            inBlock = 0;
        }
    }
}
