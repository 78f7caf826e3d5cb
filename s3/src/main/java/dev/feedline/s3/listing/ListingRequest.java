package dev.feedline.s3.listing;

import dev.feedline.s3.error.S3Error;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.s3.model.S3Request;

/// What every listing is asked: bucket, prefix, delimiter and how many.
public record ListingRequest(String bucket, String prefix, String delimiter, int limit) {
    static final int MOST = 1000;

    public static ListingRequest of(S3Request request, String limitMember) {
        int asked = request.getValueForField(limitMember, Integer.class).orElse(MOST);
        if (asked < 0) {
            throw S3Error.INVALID_ARGUMENT.because(
                    "Argument " + limitMember + " must be an integer between 0 and 2147483647");
        }
        return new ListingRequest(
                text(request, "Bucket"), text(request, "Prefix"), text(request, "Delimiter"), Math.min(asked, MOST));
    }

    public <E> Page<E> page() {
        return new Page<>(utf8(prefix), utf8(delimiter), limit);
    }

    public byte[] prefixBytes() {
        return utf8(prefix);
    }

    private static String text(S3Request request, String member) {
        return request.getValueForField(member, String.class).orElse("");
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
