package dev.feedline.app.audit;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/// What is in a container, all of its members one behind the other.
///
/// Gives all there is before a fault. Where the container is cut off reading throws an [EOFException], where it
/// contradicts itself a [ZipException].
final class Unpacked extends InputStream {
    /// Those that can be read.
    static final Set<String> CONTAINERS = Set.of("PLAIN", "GZIP", "ZSTD", "BZIP2");

    private final Packed packed;
    private final Opening opening;
    private @Nullable InputStream in;
    private @Nullable IOException fault;

    /// Begins to unpack, which may meet a fault already.
    private interface Opening {
        InputStream open(Packed packed) throws IOException;
    }

    private Unpacked(InputStream packed, Opening opening) {
        this.packed = new Packed(packed);
        this.opening = opening;
    }

    static InputStream open(String container, InputStream stored) {
        return switch (container) {
            case "GZIP" -> new Unpacked(stored, GzipMembers::new);
            case "ZSTD" -> new Unpacked(stored, ZstdInputStreamNoFinalizer::new);
            case "BZIP2" -> new Unpacked(stored, packed -> new BZip2CompressorInputStream(packed, true));
            default -> stored;
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (fault != null) {
            throw fault;
        }
        int read = 0;
        try {
            InputStream open = in == null ? opening.open(packed) : in;
            in = open;
            if (!(open instanceof BZip2CompressorInputStream)) {
                return open.read(into, offset, count);
            }
            // Byte by byte: asked for many, it keeps to itself those that it had when it met a fault.
            for (int b = open.read(); b >= 0; b = read < count ? open.read() : -1) {
                into[offset + read++] = (byte) b;
            }
            return read == 0 ? -1 : read;
        } catch (IOException e) {
            fault = judged(e);
            if (read == 0) {
                throw fault;
            }
            return read;
        }
    }

    private IOException judged(IOException e) {
        String what = String.valueOf(e.getMessage());
        boolean isCut = switch (e) {
            case EOFException end -> true;
            case ZipException damage -> false;
            case ZstdIOException zstd -> packed.isAtEnd() && what.contains("Truncated");
            default -> packed.isAtEnd() && !what.contains("CRC") && !what.contains("Garbage");
        };
        IOException judged = isCut ? new EOFException(what) : new ZipException(what);
        judged.initCause(e);
        return judged;
    }

    @Override
    public void close() throws IOException {
        try (packed) {
            if (in != null) {
                in.close();
            }
        }
    }

    /// The container's bytes, which know whether somebody wanted more than there are.
    private static final class Packed extends BufferedInputStream {
        private boolean atEnd;

        Packed(InputStream in) {
            super(in, 64 * 1024);
        }

        boolean isAtEnd() {
            return atEnd;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            atEnd |= b < 0;
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int read = super.read(into, offset, count);
            atEnd |= read < 0;
            return read;
        }
    }
}
