package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.FileFormat.Compression;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// A staged text file's bytes, decompressed while they are read.
final class StagedText {
    /// The longest value of a column, in characters.
    static final int LONGEST_VALUE = 16_777_216;

    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private StagedText() {}

    /// The characters of an open file.
    ///
    /// @param replacement one character, for bytes that are none
    static Reader characters(InputStream bytes, Charset charset, String replacement, boolean skipByteOrderMark)
            throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(replacement);
        PushbackReader text = new PushbackReader(new InputStreamReader(bytes, decoder));
        int first = text.read();
        if (first >= 0 && !(first == BYTE_ORDER_MARK && skipByteOrderMark)) {
            text.unread(first);
        }
        return text;
    }

    /// A file whose compression is damaged or cut short has failed as a whole; any other failure is the machine's.
    static RuntimeException failure(IOException e) {
        return e instanceof ZipException || e instanceof EOFException
                ? new FileFailure(
                        SnowflakeError.BAD_FILE,
                        "Invalid data encountered during decompression, cause: '" + e.getMessage() + "'")
                : new UncheckedIOException(e);
    }

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
