package dev.feedline.app;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// Sends a local file to a bucket, in one request or in parts, and tells how far it is.
///
/// @param sent told the number of bytes sent so far; after a retry it goes back
public record Upload(S3Client s3, String bucket, LongConsumer sent) {
    private static final long LARGEST_SINGLE_PUT = 256L << 20;
    private static final long SMALLEST_PART = 64L << 20;
    /// S3's limit.
    private static final long MOST_PARTS = 10_000;

    /// @return the id of the version that the upload made
    public String put(Path file, String key) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST_SINGLE_PUT) {
            return inParts(file, key, size);
        }
        return s3.putObject(request -> request.bucket(bucket).key(key), body(file, 0, size))
                .versionId();
    }

    private String inParts(Path file, String key, long size) {
        long partSize = Math.max(SMALLEST_PART, (size + MOST_PARTS - 1) / MOST_PARTS);
        String id = s3.createMultipartUpload(request -> request.bucket(bucket).key(key))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        try {
            for (long from = 0; from < size; from += partSize) {
                int number = parts.size() + 1;
                String eTag = s3.uploadPart(
                                request -> request.bucket(bucket)
                                        .key(key)
                                        .uploadId(id)
                                        .partNumber(number),
                                body(file, from, Math.min(partSize, size - from)))
                        .eTag();
                parts.add(CompletedPart.builder().partNumber(number).eTag(eTag).build());
            }
            return s3.completeMultipartUpload(request ->
                            request.bucket(bucket).key(key).uploadId(id).multipartUpload(it -> it.parts(parts)))
                    .versionId();
        } catch (RuntimeException e) {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id));
            throw e;
        }
    }

    private RequestBody body(Path file, long from, long length) {
        ContentStreamProvider content = () -> {
            try {
                FileChannel channel = FileChannel.open(file);
                return new Counted(Channels.newInputStream(channel.position(from)), from, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return RequestBody.fromContentProvider(content, length, "application/octet-stream");
    }

    /// A part of a file that counts what is read of it.
    private final class Counted extends FilterInputStream {
        private final long begin;
        private final long length;
        private long read;

        Counted(InputStream in, long begin, long length) {
            super(in);
            this.begin = begin;
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int wanted = (int) Math.min(count, length - read);
            int got = wanted == 0 && count > 0 ? -1 : super.read(into, offset, wanted);
            if (got > 0) {
                read += got;
                sent.accept(begin + read);
            }
            return got;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
