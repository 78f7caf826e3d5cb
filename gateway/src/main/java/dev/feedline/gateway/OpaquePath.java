package dev.feedline.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A request's address in a spelling that Jetty has no opinion about.
///
/// Jetty refuses paths that climb above the root or hold control characters, whatever its settings; to S3 they are keys
/// like any other, and nothing here joins them to a folder. So the address is wrapped before Jetty parses it. Over
/// HTTP/2 there is no such place, and these few paths stay refused.
final class OpaquePath {
    private static final String MARK = "/~opaque~/";

    private OpaquePath() {}

    /// Wraps an address in origin form; `*`, authorities and absolute addresses stay as they are.
    static String wrap(String address) {
        return address.startsWith("/")
                ? MARK
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(address.getBytes(StandardCharsets.UTF_8))
                : address;
    }

    /// The address as it was sent.
    static String unwrap(String address) {
        return address.startsWith(MARK)
                ? new String(Base64.getUrlDecoder().decode(address.substring(MARK.length())), StandardCharsets.UTF_8)
                : address;
    }
}
