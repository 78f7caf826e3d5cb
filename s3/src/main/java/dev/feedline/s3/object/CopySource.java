package dev.feedline.s3.object;

import dev.feedline.s3.error.S3Error;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a copy is made from: `bucket/key`, percent-encoded, with or without a leading slash and `?versionId=`.
///
/// @param versionId null for the current version
public record CopySource(
        String bucket, String key, @Nullable String versionId) {
    private static final String VERSION = "?versionId=";

    public static CopySource parse(@Nullable String header) {
        if (header == null || header.startsWith("arn:")) {
            throw invalid(header);
        }
        String text = header.startsWith("/") ? header.substring(1) : header;
        int version = text.lastIndexOf(VERSION);
        String path = decoded(version < 0 ? text : text.substring(0, version));
        int slash = path.indexOf('/');
        if (slash <= 0 || slash == path.length() - 1) {
            throw invalid(header);
        }
        return new CopySource(
                path.substring(0, slash),
                path.substring(slash + 1),
                version < 0 ? null : decoded(text.substring(version + VERSION.length())));
    }

    private static String decoded(String text) {
        try {
            // A plus stands for itself here, as in any path.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid(text);
        }
    }

    private static RuntimeException invalid(@Nullable String header) {
        return S3Error.INVALID_ARGUMENT.because(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey; it is " + header);
    }
}
