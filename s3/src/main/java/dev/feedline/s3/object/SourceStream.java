package dev.feedline.s3.object;

import dev.feedline.s3.error.S3Error;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The bytes of an object being copied: a read that fails is Feedline's failure and not the caller's.
public final class SourceStream extends FilterInputStream {
    public SourceStream(InputStream source) {
        super(source);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static RuntimeException unreadable(IOException e) {
        return S3Error.INTERNAL_ERROR.because("The copy's source cannot be read: " + e.getMessage(), e);
    }
}
