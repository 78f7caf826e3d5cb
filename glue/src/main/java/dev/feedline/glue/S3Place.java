package dev.feedline.glue;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One object of S3, as scripts and arguments name it: `s3://bucket/key`.
record S3Place(String bucket, String key) {
    private static final List<String> SCHEMES = List.of("s3://", "s3a://", "s3n://");

    static S3Place parse(String member, String location) {
        for (String scheme : SCHEMES) {
            if (location.startsWith(scheme)) {
                String rest = location.substring(scheme.length());
                int slash = rest.indexOf('/');
                if (slash > 0 && slash < rest.length() - 1) {
                    return new S3Place(rest.substring(0, slash), rest.substring(slash + 1));
                }
            }
        }
        throw GlueError.INVALID_INPUT.because(member + " must be s3://bucket/key, not " + location);
    }

    /// The places of a comma-separated list; none when it is not given.
    static List<S3Place> list(String member, @Nullable String locations) {
        return locations == null || locations.isBlank()
                ? List.of()
                : Arrays.stream(locations.split(",", -1))
                        .map(String::strip)
                        .map(location -> parse(member, location))
                        .toList();
    }

    /// The last part of the key.
    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
