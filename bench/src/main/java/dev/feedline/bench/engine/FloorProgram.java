package dev.feedline.bench.engine;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xerial.snappy.Snappy;

/// What no conversion does without: reading the file, looking at each of its bytes, compressing the
/// pages. One thread, no values, nothing written.
final class FloorProgram {
    private static final int PIECE = 1 << 20;
    private static final int ZSTD_LEVEL = 3;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long NEWLINES = '\n' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    private FloorProgram() {}

    /// @param arguments `read`, `scan` (which reads, too), `snappy` or `zstd`, and the file
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[1]);
        byte[] piece = new byte[PIECE];
        switch (arguments[0]) {
            case "read" -> Turns.take(() -> read(file, piece));
            case "scan" -> Turns.take(() -> scan(file, piece));
            case "snappy" -> Turns.take(() -> snappy(file, piece));
            case "zstd" -> Turns.take(() -> zstd(file, piece));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void read(Path file, byte[] piece) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            while (in.readNBytes(piece, 0, PIECE) > 0) {
                // that is all
            }
        }
    }

    private static void scan(Path file, byte[] piece) throws IOException {
        long found = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(piece, 0, PIECE); read > 0; read = in.readNBytes(piece, 0, PIECE)) {
                found += structure(piece, read);
            }
        }
        if (found == 0) {
            throw new IllegalStateException(file + " has no lines");
        }
    }

    /// Where lines, texts and escapes are, and whether all is ASCII: the flags that a reader needs,
    /// eight bytes at a time.
    private static long structure(byte[] piece, int length) {
        long found = 0;
        long beyondAscii = 0;
        for (int at = 0; at + Long.BYTES <= length; at += Long.BYTES) {
            long word = (long) WORDS.get(piece, at);
            beyondAscii |= word & HIGHS;
            found += Long.bitCount(equal(word, NEWLINES) | equal(word, QUOTES) | equal(word, BACKSLASHES));
        }
        return found + (beyondAscii == 0 ? 1 : 2);
    }

    private static long equal(long word, long sought) {
        long difference = word ^ sought;
        return (difference - ONES) & ~difference & HIGHS;
    }

    private static void snappy(Path file, byte[] piece) throws IOException {
        byte[] out = new byte[Snappy.maxCompressedLength(PIECE)];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(piece, 0, PIECE); read > 0; read = in.readNBytes(piece, 0, PIECE)) {
                Snappy.compress(piece, 0, read, out, 0);
            }
        }
    }

    private static void zstd(Path file, byte[] piece) throws IOException {
        byte[] out = new byte[Math.toIntExact(Zstd.compressBound(PIECE))];
        try (InputStream in = Files.newInputStream(file);
                ZstdCompressCtx context = new ZstdCompressCtx().setLevel(ZSTD_LEVEL)) {
            for (int read = in.readNBytes(piece, 0, PIECE); read > 0; read = in.readNBytes(piece, 0, PIECE)) {
                context.compressByteArray(out, 0, out.length, piece, 0, read);
            }
        }
    }
}
