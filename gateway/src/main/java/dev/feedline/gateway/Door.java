package dev.feedline.gateway;

import java.io.IOException;
import java.util.List;

/// A protocol of its own behind the one port, for requests without an AWS signature: Snowflake's, the Runtime API.
public interface Door {
    /// The paths it serves: each is a prefix that ends at a `/` or at the path's end, e.g. `/api/v2`.
    List<String> paths();

    /// Answers one request, on a virtual thread. An exception becomes a bare 500 and a line in the log.
    void serve(Exchange exchange) throws IOException, InterruptedException;
}
