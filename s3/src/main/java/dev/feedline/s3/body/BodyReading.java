package dev.feedline.s3.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Opens bodies for reading.
public final class BodyReading {
    private final BodyFolder folder;

    public BodyReading(BodyFolder folder) {
        this.folder = folder;
    }

    /// Opens `length` bytes from `offset`; empty when a file is not there (any more): look the object up again.
    ///
    /// @throws IOException when the body is damaged
    public Optional<InputStream> open(Body body, long offset, long length) throws IOException {
        return switch (body) {
            case Body.Inline inline -> Optional.of(slice(inline, offset, length));
            case Body.Filed filed -> openFiles(filed, offset, length);
        };
    }

    private static InputStream slice(Body.Inline inline, long offset, long length) throws IOException {
        CRC32C computed = new CRC32C();
        computed.update(inline.bytes());
        if ((int) computed.getValue() != inline.crc32c()) {
            throw new IOException("the body in the object's row is damaged: its CRC-32C is not the one written");
        }
        byte[] slice = Arrays.copyOfRange(inline.bytes(), (int) offset, (int) (offset + length));
        return new ByteArrayInputStream(slice);
    }

    private Optional<InputStream> openFiles(Body.Filed filed, long offset, long length) {
        List<String> files = filed.segments().stream().map(Segment::file).toList();
        return folder.pin(files)
                ? Optional.of(new BodyStream(folder, filed.segments(), offset, length, files))
                : Optional.empty();
    }
}
