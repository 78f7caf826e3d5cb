package dev.feedline.s3.checksum;

import dev.feedline.s3.error.S3Error;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.S3Request;

/// What a request says about the body it brings: MD5, checksums, and the algorithm whose value is to be stored.
///
/// @param checksums the values given, Base64
/// @param algorithm whose value is kept with the object
public record Expected(Optional<String> contentMd5, Map<Algorithm, String> checksums, Algorithm algorithm) {
    /// Nothing is known beforehand.
    public static Expected nothing(Algorithm keeping) {
        return new Expected(Optional.empty(), Map.of(), keeping);
    }

    /// Reads the members of a request that carries a body, `otherwise` being what is kept when it names no algorithm.
    public static Expected of(S3Request request, Algorithm otherwise) {
        Map<Algorithm, String> given = new EnumMap<>(Algorithm.class);
        for (Algorithm one : Algorithm.values()) {
            request.getValueForField(one.member(), String.class).ifPresent(value -> given.put(one, value));
        }
        if (given.size() > 1) {
            throw S3Error.INVALID_REQUEST.because(
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        Optional<Algorithm> named = named(request);
        Algorithm algorithm = given.isEmpty()
                ? named.orElse(otherwise)
                : given.keySet().iterator().next();
        if (named.isPresent() && named.get() != algorithm) {
            throw S3Error.INVALID_REQUEST.because("Value for x-amz-sdk-checksum-algorithm header is invalid: it says "
                    + named.get() + ", the checksum given is " + algorithm);
        }
        return new Expected(request.getValueForField("ContentMD5", String.class), given, algorithm);
    }

    /// The same body, of which a checksum of another algorithm is kept.
    public Expected keeping(Algorithm other) {
        return new Expected(contentMd5, checksums, other);
    }

    private static Optional<Algorithm> named(S3Request request) {
        return request.getValueForField("ChecksumAlgorithm", Object.class)
                .map(Object::toString)
                .map(Expected::algorithm);
    }

    /// The algorithm of that name.
    public static Algorithm algorithm(String name) {
        return Algorithm.named(name)
                .orElseThrow(() -> S3Error.INVALID_REQUEST.because("Checksum algorithm provided is unsupported: " + name
                        + ". Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
    }
}
