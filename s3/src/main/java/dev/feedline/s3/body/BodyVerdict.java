package dev.feedline.s3.body;

import dev.feedline.s3.checksum.Algorithm;
import dev.feedline.s3.checksum.Expected;
import dev.feedline.s3.checksum.ObjectChecksum;
import dev.feedline.s3.checksum.RunningChecksum;
import dev.feedline.s3.error.S3Error;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/// Measures a body as it passes and says at its end whether it is the one the request announced.
final class BodyVerdict {
    private final OptionalLong announced;
    private final Expected expected;
    private final RunningChecksum md5 = RunningChecksum.of("MD5");
    private final Map<Algorithm, RunningChecksum> running = new EnumMap<>(Algorithm.class);
    private final Map<Algorithm, String> values = new EnumMap<>(Algorithm.class);
    private final CRC32C atRest = new CRC32C();
    private final BlockSums.Running blocks = new BlockSums.Running();
    private byte[] md5Value = {};
    private long length;

    BodyVerdict(OptionalLong announced, Expected expected) {
        this.announced = announced;
        this.expected = expected;
        running.put(expected.algorithm(), expected.algorithm().start());
        expected.checksums().keySet().forEach(given -> running.putIfAbsent(given, given.start()));
    }

    void update(byte[] bytes, int count) {
        length += count;
        BodyIntake.requireSize(length);
        md5.update(bytes, 0, count);
        running.values().forEach(one -> one.update(bytes, 0, count));
        atRest.update(bytes, 0, count);
        blocks.update(bytes, count);
    }

    long length() {
        return length;
    }

    int crc32c() {
        return (int) atRest.getValue();
    }

    /// To be called once, after the last byte.
    BlockSums sums() {
        return blocks.sums();
    }

    /// To be called once, after the last byte.
    void requireAsExpected() {
        md5Value = md5.value();
        running.forEach(
                (algorithm, one) -> values.put(algorithm, Base64.getEncoder().encodeToString(one.value())));
        requireLength();
        expected.contentMd5().ifPresent(this::requireMd5);
        expected.checksums().forEach(this::requireChecksum);
    }

    Received received(Body body) {
        return new Received(body, md5Value, ObjectChecksum.whole(expected.algorithm(), value(expected.algorithm())));
    }

    private void requireLength() {
        if (announced.isPresent() && announced.getAsLong() != length) {
            throw S3Error.INCOMPLETE_BODY.because(
                    "You did not provide the number of bytes specified by the Content-Length HTTP header: "
                            + announced.getAsLong() + " announced, " + length + " received");
        }
    }

    private void requireMd5(String given) {
        if (!decodes(given, 16)) {
            throw S3Error.INVALID_DIGEST.because("The Content-MD5 you specified was invalid: " + given);
        }
        String computed = Base64.getEncoder().encodeToString(md5Value);
        if (!computed.equals(given)) {
            throw S3Error.BAD_DIGEST.because("The Content-MD5 you specified did not match what we received: " + given
                    + " specified, " + computed + " computed over " + length + " bytes");
        }
    }

    private void requireChecksum(Algorithm algorithm, String given) {
        if (!decodes(given, Base64.getDecoder().decode(value(algorithm)).length)) {
            throw S3Error.INVALID_REQUEST.because(
                    "Value for x-amz-checksum-" + algorithm.headerName() + " header is invalid: " + given);
        }
        String computed = value(algorithm);
        if (!computed.equals(given)) {
            throw S3Error.BAD_DIGEST.because(
                    "The " + algorithm + " you specified did not match the calculated checksum: " + given
                            + " specified, " + computed + " computed over " + length + " bytes");
        }
    }

    private String value(Algorithm algorithm) {
        return Objects.requireNonNull(values.get(algorithm), "computed for every algorithm expected");
    }

    private static boolean decodes(String base64, int bytes) {
        try {
            return Base64.getDecoder().decode(base64).length == bytes;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
