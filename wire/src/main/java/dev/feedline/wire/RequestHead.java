package dev.feedline.wire;

/// A request up to its body.
///
/// @param path as it was sent, still percent-encoded, beginning with `/`
/// @param query the decoded parameters
/// @param headers with `host` among them, whatever the version of HTTP
public record RequestHead(String method, String path, Query query, Headers headers) {
    public RequestHead {
        if (!path.startsWith("/")) {
            throw WireError.INVALID_URI.because("Couldn't parse the specified URI.");
        }
    }

    /// The same request at another path: a bucket named by the host moves to the path's front.
    public RequestHead at(String otherPath) {
        return new RequestHead(method, otherPath, query, headers);
    }
}
