package dev.feedline.s3.multipart;

import dev.feedline.s3.body.Body;
import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.ObjectChecksum;
import dev.feedline.s3.checksum.RunningChecksum;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// What the parts of an upload make together: body, ETag and checksum, without reading a byte of them again.
record Assembly(Upload upload, List<StoredPart> parts) {
    Body body() {
        return new Body.Filed(parts.stream().map(StoredPart::segment).toList());
    }

    long size() {
        return body().length();
    }

    /// The MD5 of the parts' MD5s, and their number.
    String etag() {
        RunningChecksum md5 = RunningChecksum.of("MD5");
        for (StoredPart part : parts) {
            md5.update(HexFormat.of().parseHex(part.etag()), 0, 16);
        }
        return HexFormat.of().formatHex(md5.value()) + "-" + parts.size();
    }

    ObjectChecksum checksum() {
        return switch (upload.checksumType()) {
            case FULL_OBJECT -> ObjectChecksum.whole(upload.algorithm(), whole());
            case COMPOSITE ->
                new ObjectChecksum(upload.algorithm(), ObjectChecksum.Type.COMPOSITE, composite() + "-" + parts.size());
        };
    }

    private String composite() {
        RunningChecksum running = upload.algorithm().start();
        for (StoredPart part : parts) {
            byte[] value = Base64.getDecoder().decode(part.checksum().value());
            running.update(value, 0, value.length);
        }
        return Base64.getEncoder().encodeToString(running.value());
    }

    private String whole() {
        Algorithm algorithm = upload.algorithm();
        long crc = number(parts.getFirst());
        for (StoredPart part : parts.subList(1, parts.size())) {
            crc = algorithm
                    .combination()
                    .joined(crc, number(part), part.segment().length());
        }
        byte[] bytes = ByteBuffer.allocate(8).putLong(crc).array();
        int width = Base64.getDecoder().decode(parts.getFirst().checksum().value()).length;
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 8 - width, 8));
    }

    private static long number(StoredPart part) {
        byte[] value = Base64.getDecoder().decode(part.checksum().value());
        return ByteBuffer.allocate(8)
                .put(new byte[8 - value.length])
                .put(value)
                .flip()
                .getLong();
    }
}
