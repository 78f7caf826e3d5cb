package dev.feedline.wire.body;

import dev.feedline.wire.WireError;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// Something a sender said about the body's content, checked at its end.
sealed interface Expectation {
    void update(byte[] bytes, int from, int length);

    /// @throws software.amazon.awssdk.awscore.exception.AwsServiceException when the content is another
    void check();

    /// `x-amz-content-sha256`.
    record Sha256(String wanted, MessageDigest digest) implements Expectation {
        Sha256(String wanted) {
            this(wanted, Digests.start("SHA-256"));
        }

        @Override
        public void update(byte[] bytes, int from, int length) {
            digest.update(bytes, from, length);
        }

        @Override
        public void check() {
            if (!HexFormat.of().formatHex(digest.digest()).equals(wanted)) {
                throw WireError.CONTENT_SHA256_MISMATCH.because(
                        "The provided 'x-amz-content-sha256' header does not match what was computed.");
            }
        }
    }

    /// `Content-MD5`.
    final class Md5 implements Expectation {
        private final MessageDigest digest = Digests.start("MD5");
        private final byte[] wanted;

        Md5(String base64) {
            this.wanted = decoded(base64);
        }

        @Override
        public void update(byte[] bytes, int from, int length) {
            digest.update(bytes, from, length);
        }

        @Override
        public void check() {
            if (!Arrays.equals(digest.digest(), wanted)) {
                throw WireError.BAD_DIGEST.because("The Content-MD5 you specified did not match what we received.");
            }
        }

        private static byte[] decoded(String base64) {
            try {
                byte[] bytes = Base64.getDecoder().decode(base64);
                if (bytes.length == 16) {
                    return bytes;
                }
            } catch (IllegalArgumentException e) {
                // not Base64: the same answer as for the wrong length
            }
            throw WireError.INVALID_DIGEST.because("The Content-MD5 you specified is not valid.");
        }
    }

    /// `x-amz-checksum-…`; a trailer says its value only at the end.
    final class Checksum implements Expectation {
        private final ChecksumKind kind;
        private final ChecksumKind.Running checksum;
        private String wanted;

        private Checksum(ChecksumKind kind, String wanted) {
            this.kind = kind;
            this.wanted = wanted;
            this.checksum = kind.start();
        }

        static Checksum ofHeader(ChecksumKind kind, String wanted) {
            if (!kind.isValue(wanted)) {
                throw WireError.INVALID_REQUEST.because("Value for " + kind.header() + " header is invalid.");
            }
            return new Checksum(kind, wanted);
        }

        static Checksum ofTrailer(ChecksumKind kind) {
            return new Checksum(kind, "");
        }

        ChecksumKind kind() {
            return kind;
        }

        void trailerSays(String value) {
            if (!kind.isValue(value)) {
                throw WireError.INVALID_REQUEST.because("Value for " + kind.header() + " trailing header is invalid.");
            }
            wanted = value;
        }

        @Override
        public void update(byte[] bytes, int from, int length) {
            checksum.update(bytes, from, length);
        }

        @Override
        public void check() {
            if (!Base64.getEncoder().encodeToString(checksum.value()).equals(wanted)) {
                throw WireError.BAD_DIGEST.because(
                        "The " + kind.name() + " you specified did not match the calculated checksum.");
            }
        }
    }
}
