package dev.feedline.wire.signing;

import dev.feedline.wire.RequestHead;
import dev.feedline.wire.WireError;

/// What a signature says about the body, in `x-amz-content-sha256`. A mode that is not one of these is refused.
public sealed interface PayloadMode {
    /// The text that stands in the canonical request.
    String text();

    /// The body's SHA-256 is part of the signature.
    record Hashed(String text) implements PayloadMode {}

    /// The signature says nothing about the body.
    record Unsigned() implements PayloadMode {
        @Override
        public String text() {
            return "UNSIGNED-PAYLOAD";
        }
    }

    /// `aws-chunked`, every chunk with a signature of its own.
    record SignedChunks(boolean withTrailer) implements PayloadMode {
        @Override
        public String text() {
            return "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + (withTrailer ? "-TRAILER" : "");
        }
    }

    /// `aws-chunked` without signatures, a checksum behind the last chunk.
    record UnsignedChunks() implements PayloadMode {
        @Override
        public String text() {
            return "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
        }
    }

    /// Says whether the body is framed in chunks that are not part of the content.
    default boolean isChunked() {
        return this instanceof SignedChunks || this instanceof UnsignedChunks;
    }

    /// The mode of a request to S3.
    static PayloadMode ofS3(RequestHead head, Claim.Signed claim) {
        String text = head.headers()
                .first("x-amz-content-sha256")
                .or(() -> head.query().first("X-Amz-Content-Sha256"))
                .orElseGet(() -> {
                    if (claim.isPresigned()) {
                        return "UNSIGNED-PAYLOAD";
                    }
                    throw WireError.INVALID_REQUEST.because(
                            "Missing required header for this request: x-amz-content-sha256");
                });
        return switch (text) {
            case "UNSIGNED-PAYLOAD" -> new Unsigned();
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new UnsignedChunks();
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> new SignedChunks(false);
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> new SignedChunks(true);
            default -> hashed(text);
        };
    }

    private static PayloadMode hashed(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw WireError.INVALID_ARGUMENT.because("x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-"
                    + "UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-"
                    + "PAYLOAD-TRAILER or a valid sha256 value.");
        }
        return new Hashed(text);
    }
}
