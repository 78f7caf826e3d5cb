package dev.feedline.firehose;

import dev.feedline.kernel.NativePool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// Packs a buffer as its delivery says and puts it, under the delivery's name.
final class ObjectPut {
    private static final String CONTENT_TYPE = "application/octet-stream";

    private final S3Client s3;
    private final SpoolFolder folder;
    private final NativePool packing;

    ObjectPut(S3Client s3, SpoolFolder folder, NativePool packing) {
        this.s3 = s3;
        this.folder = folder;
        this.packing = packing;
    }

    void put(Delivery delivery, Buffer buffer) throws IOException {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(delivery.bucket())
                .key(delivery.key())
                .contentType(CONTENT_TYPE);
        switch (delivery.compression()) {
            case UNCOMPRESSED -> s3.putObject(request.build(), body(buffer::open, buffer.bytes()));
            case GZIP -> {
                try (Spool packed = folder.spool()) {
                    pack(buffer, packed);
                    s3.putObject(request.contentEncoding("gzip").build(), body(packed::open, packed.size()));
                }
            }
        }
    }

    private interface Content {
        InputStream open() throws IOException;
    }

    /// A body that can be sent again, as the SDK does when a connection breaks.
    private static RequestBody body(Content content, long bytes) {
        ContentStreamProvider provider = () -> {
            try {
                return content.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return RequestBody.fromContentProvider(provider, bytes, CONTENT_TYPE);
    }

    private void pack(Buffer buffer, Spool packed) throws IOException {
        try {
            packing.call(() -> {
                try (InputStream from = buffer.open();
                        GZIPOutputStream gzip = new GZIPOutputStream(new Unclosed(packed), Spool.CHUNK_BYTES)) {
                    return from.transferTo(gzip);
                }
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("packing failed", e);
        }
    }

    /// Closing a spool gives its content away, so the stream that ends the packing must not do it.
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(Spool spool) {
            super(spool);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {
            // the spool is closed by whoever made it
        }
    }
}
