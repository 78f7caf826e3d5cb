package dev.feedline.gateway;

import dev.feedline.wire.RequestHead;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The bucket in a host's name, where a client puts it there instead of into the path.
final class BucketHost {
    private static final List<String> SUFFIXES =
            List.of(".s3.us-east-1.amazonaws.com", ".s3.amazonaws.com", ".s3.localhost", ".localhost");

    private BucketHost() {}

    /// The request in path style, whichever way it came.
    static RequestHead pathStyle(RequestHead head) {
        return head.headers()
                .first("host")
                .flatMap(BucketHost::bucket)
                .map(bucket -> head.at("/" + bucket + head.path()))
                .orElse(head);
    }

    private static Optional<String> bucket(String host) {
        String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return SUFFIXES.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .filter(bucket -> !bucket.isEmpty() && !bucket.equals("s3"));
    }
}
