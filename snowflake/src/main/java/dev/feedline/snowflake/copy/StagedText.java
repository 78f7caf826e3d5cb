package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.FileFormat.Compression;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// A staged text file's bytes, decompressed while they are read.
final class StagedText {
    private static final int BUFFER = 1 << 16;

    private StagedText() {}

    static InputStream open(Path path, Compression compression) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        boolean opened = false;
        try {
            InputStream text = switch (compression) {
                case GZIP -> new GZIPInputStream(in, BUFFER);
                case DEFLATE -> new InflaterInputStream(in, new Inflater(), BUFFER);
                case RAW_DEFLATE -> new InflaterInputStream(in, new Inflater(true), BUFFER);
                case NONE, SNAPPY -> in;
                case AUTO -> detected(in);
            };
            opened = true;
            return text;
        } finally {
            if (!opened) {
                in.close();
            }
        }
    }

    private static InputStream detected(BufferedInputStream in) throws IOException {
        in.mark(4);
        byte[] head = in.readNBytes(4);
        in.reset();
        if (startsWith(head, 0x1f, 0x8b)) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) || startsWith(head, 'B', 'Z', 'h')) {
            throw new FileFailure(
                    SnowflakeError.BAD_FILE,
                    "The file is compressed with " + (head[0] == 'B' ? "BZ2" : "ZSTD")
                            + ", which the embedded warehouse does not read; GZIP, DEFLATE and RAW_DEFLATE it does");
        }
        return in;
    }

    private static boolean startsWith(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
