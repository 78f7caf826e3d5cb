package dev.feedline.app.audit;

import dev.feedline.feeds.SourceVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// One version of an object, fetched in parts as it is read: whoever reads slowly holds no connection open.
final class RangedObject extends InputStream {
    private static final int PART_BYTES = 8 << 20;

    private final S3Client s3;
    private final SourceVersion version;
    private InputStream part = InputStream.nullInputStream();
    private long next;

    RangedObject(S3Client s3, SourceVersion version) {
        this.s3 = s3;
        this.version = version;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int read = part.read(into, offset, count);
        while (read < 0 && next < version.size()) {
            part = fetch();
            read = part.read(into, offset, count);
        }
        return read;
    }

    private InputStream fetch() throws IOException {
        long end = Math.min(version.size(), next + PART_BYTES);
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(version.bucket())
                .key(version.key())
                .versionId(version.versionId())
                .range("bytes=" + next + "-" + (end - 1));
        if (version.versionId() == null) {
            request.ifMatch(version.eTag());
        }
        try (ResponseInputStream<GetObjectResponse> body = s3.getObject(request.build())) {
            byte[] bytes = body.readAllBytes();
            if (bytes.length != end - next) {
                throw new IOException(
                        version.key() + " gave " + bytes.length + " bytes from " + next + " on, not " + (end - next));
            }
            next = end;
            return new ByteArrayInputStream(bytes);
        }
    }
}
