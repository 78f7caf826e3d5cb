package dev.feedline.gateway;

import dev.feedline.kernel.Account;
import java.time.Duration;
import java.time.InstantSource;

/// Where the gateway listens, and its bounds.
///
/// @param host an address of this machine; loopback unless the user says otherwise
/// @param port 0 takes a free one
/// @param concurrentRequests more are answered 503 at once; waiting long polls count
/// @param headBytes the longest request line and headers together
/// @param idle how long a connection may be silent while bytes are awaited from or by the other side
/// @param stopping how long [Gateway#close] waits for requests under way
public record GatewaySettings(
        String host,
        int port,
        Account account,
        InstantSource clock,
        int concurrentRequests,
        int headBytes,
        Duration idle,
        Duration stopping) {
    public static final String LOOPBACK = "127.0.0.1";

    /// The port that tools configured for other local AWS stacks expect.
    public static final int USUAL_PORT = 4566;

    public static GatewaySettings of(String host, int port) {
        return new GatewaySettings(
                host,
                port,
                Account.LOCAL,
                InstantSource.system(),
                1024,
                32 * 1024,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));
    }
}
