package dev.feedline.s3.bucket;

import dev.feedline.s3.error.S3Error;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules for names of buckets ("General purpose bucket naming rules" in the S3 user guide).
final class BucketName {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final List<String> PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> SUFFIXES = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    /// First path segments of the one port that are not S3's.
    private static final Set<String> TAKEN = Set.of("session", "queries", "telemetry", "api", "2018-06-01");

    private BucketName() {}

    static void require(String name) {
        boolean valid = SHAPE.matcher(name).matches()
                && !name.contains("..")
                && !IP_ADDRESS.matcher(name).matches()
                && PREFIXES.stream().noneMatch(name::startsWith)
                && SUFFIXES.stream().noneMatch(name::endsWith);
        if (!valid) {
            throw S3Error.INVALID_BUCKET_NAME.because("The specified bucket is not valid: " + name
                    + ". A name has 3 to 63 of a-z, 0-9, '.' and '-', begins and ends with a letter or digit.");
        }
        if (TAKEN.contains(name)) {
            throw S3Error.INVALID_BUCKET_NAME.because("The specified bucket is not valid: Feedline's port serves /"
                    + name + " for something else, so no bucket can have that name.");
        }
    }
}
