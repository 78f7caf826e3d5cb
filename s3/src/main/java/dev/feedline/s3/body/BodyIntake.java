package dev.feedline.s3.body;

import dev.feedline.kernel.DiskFullException;
import dev.feedline.s3.checksum.Expected;
import dev.feedline.s3.error.S3Error;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Takes a body from its stream: to memory while it is small, then to a file; and judges it at its end.
///
/// The stream is read to its very end even when the length is known, because a stream that checks itself (a signed
/// chunked upload, a trailing checksum) throws there.
public final class BodyIntake {
    /// The largest body of one PutObject, UploadPart or CopyObject: 5 GiB.
    public static final long LARGEST = 5L << 30;

    private static final int BUFFER = 128 * 1024;

    private final BodyFolder folder;
    private final boolean alwaysFiled;

    private BodyIntake(BodyFolder folder, boolean alwaysFiled) {
        this.folder = folder;
        this.alwaysFiled = alwaysFiled;
    }

    /// For objects: small ones come back inline.
    public static BodyIntake ofObjects(BodyFolder folder) {
        return new BodyIntake(folder, false);
    }

    /// For the parts of a multipart upload: always files, which the completed object takes over.
    public static BodyIntake ofParts(BodyFolder folder) {
        return new BodyIntake(folder, true);
    }

    /// Reads the stream to its end; what it throws passes through, and nothing is kept.
    ///
    /// @param length in bytes, where the request says it
    public Received receive(InputStream stream, OptionalLong length, Expected expected) {
        requireSize(length.orElse(0));
        try {
            return take(stream, length, expected);
        } catch (DiskFullException e) {
            throw S3Error.SLOW_DOWN.because("Please reduce your request rate: " + e.getMessage(), e);
        } catch (IOException e) {
            throw S3Error.INTERNAL_ERROR.because("The body could not be stored: " + e.getMessage(), e);
        }
    }

    private Received take(InputStream stream, OptionalLong length, Expected expected) throws IOException {
        BodyVerdict verdict = new BodyVerdict(length, expected);
        byte[] buffer = new byte[BUFFER];
        int count = read(stream, buffer, Body.LARGEST_INLINE + 1);
        return count <= Body.LARGEST_INLINE && !alwaysFiled
                ? inline(verdict, buffer, count)
                : filed(verdict, stream, buffer, count);
    }

    private static Received inline(BodyVerdict verdict, byte[] buffer, int count) {
        verdict.update(buffer, count);
        verdict.requireAsExpected();
        byte[] bytes = Arrays.copyOf(buffer, count);
        return verdict.received(new Body.Inline(bytes, verdict.crc32c()));
    }

    private Received filed(BodyVerdict verdict, InputStream stream, byte[] buffer, int first) throws IOException {
        try (BodyFolder.Draft draft = folder.draft()) {
            for (int count = first; count > 0; count = read(stream, buffer, BUFFER)) {
                verdict.update(buffer, count);
                draft.file().append(ByteBuffer.wrap(buffer, 0, count));
            }
            verdict.requireAsExpected();
            Segment whole = new Segment(draft.finish(), verdict.length(), verdict.crc32c(), verdict.sums());
            return verdict.received(new Body.Filed(List.of(whole)));
        }
    }

    /// Fills the buffer up to `limit`; fewer bytes mean the end.
    private static int read(InputStream stream, byte[] buffer, int limit) {
        try {
            return stream.readNBytes(buffer, 0, limit);
        } catch (IOException e) {
            throw S3Error.INCOMPLETE_BODY.because("The body ended early: " + e.getMessage(), e);
        }
    }

    static void requireSize(long length) {
        if (length > LARGEST) {
            throw S3Error.ENTITY_TOO_LARGE.because(
                    "Your proposed upload exceeds the maximum allowed size of " + LARGEST + " bytes");
        }
    }
}
