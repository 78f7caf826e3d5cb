package dev.feedline.s3.body;

import dev.feedline.s3.checksum.ObjectChecksum;
import java.util.HexFormat;
import java.util.List;

/// A body that has been taken in whole, is durable, and is what the request said it would be.
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Received(Body body, byte[] md5, ObjectChecksum checksum) {
    /// The MD5 as it stands in an ETag, without quotes.
    public String etag() {
        return HexFormat.of().formatHex(md5);
    }

    /// The files that go when the body is not kept after all.
    public List<String> files() {
        return switch (body) {
            case Body.Inline inline -> List.of();
            case Body.Filed filed ->
                filed.segments().stream().map(Segment::file).toList();
        };
    }
}
