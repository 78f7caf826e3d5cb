package dev.feedline.gateway;

import dev.feedline.kernel.KeyRing;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one port: HTTP/1.1 and HTTP/2 without TLS, AWS's services by signature, everything else by path.
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /// Jetty's own threads only move bytes; requests run on virtual threads.
    private static final int IO_THREADS = 8;

    private static final int IDLE_THREAD_MILLIS = 60_000;

    /// More wait in the system's queue: each holds a buffer here, whether it says anything or not.
    private static final int MOST_CONNECTIONS = 4096;

    /// Larger than HTTP/2's default 64 KiB, with which an upload waits for its window most of the time.
    private static final int SESSION_WINDOW = 16 * 1024 * 1024;

    private static final int STREAM_WINDOW = 4 * 1024 * 1024;

    /// When stopping, connections that are silent this long are closed; requests under way are waited for.
    private static final long SHUTDOWN_IDLE_MILLIS = 50;

    private final Server server;
    private final ServerConnector connector;
    private final Entrance entrance;
    private final GatewaySettings settings;

    private Gateway(Server server, ServerConnector connector, Entrance entrance, GatewaySettings settings) {
        this.server = server;
        this.connector = connector;
        this.entrance = entrance;
        this.settings = settings;
    }

    /// Opens the port and serves.
    ///
    /// @throws IOException when the port is taken or the host is none of this machine
    public static Gateway start(GatewaySettings settings, List<Mounted> services, KeyRing keys, List<Door> doors)
            throws IOException {
        List<Door> all = new ArrayList<>(doors);
        all.add(new HealthDoor());
        Entrance entrance = new Entrance(settings, all, new AwsDoor(settings, services, keys));
        // Jetty's own queue asks the platform's management beans for the size of a cache line when it is made.
        // Jetty wants an unbounded one; the connections bound it, each has a few tasks at a time.
        QueuedThreadPool threads = new QueuedThreadPool(IO_THREADS, 2, IDLE_THREAD_MILLIS, new LinkedBlockingQueue<>());
        threads.setName("gateway");
        Server server = new Server(threads);
        server.setHandler(new GracefulHandler(entrance));
        server.setStopTimeout(settings.stopping().toMillis());
        server.setErrorHandler(new BareErrors());
        HttpConfiguration http = http(settings);
        HTTP2CServerConnectionFactory http2 = new PriorKnowledgeOnly(http);
        http2.setInitialSessionRecvWindow(SESSION_WINDOW);
        http2.setInitialStreamRecvWindow(STREAM_WINDOW);
        ServerConnector connector = new ServerConnector(server, 1, 1, new OpaqueConnections(http), http2);
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        Gateway gateway = new Gateway(server, connector, entrance, settings);
        try {
            server.start();
        } catch (Exception e) {
            gateway.close();
            throw new IOException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage(), e);
        }
        return gateway;
    }

    public int port() {
        return connector.getLocalPort();
    }

    public URI endpoint() {
        return URI.create("http://" + settings.host() + ":" + port());
    }

    /// Takes no more connections, waits for the requests under way within bounds, and ends.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.info("requests under way were cut off after {}", settings.stopping()); // long polls, mostly
        } catch (Exception e) {
            throw new IllegalStateException("the gateway did not stop cleanly", e);
        } finally {
            entrance.close();
        }
    }

    private static HttpConfiguration http(GatewaySettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.UNSAFE); // object keys are opaque: `..`, `//`, `%2F` and `[` are theirs
        // Else Jetty turns `charset=UTF-8` into its own `charset=utf-8`, and the signature over it no longer holds.
        http.setHeaderCacheCaseSensitive(true);
        // A bare LF ends a line for some parsers and not for others: the stuff request smuggling is made of.
        http.setHttpCompliance(HttpCompliance.RFC9110.without(
                "FEEDLINE",
                HttpCompliance.Violation.LF_HEADER_TERMINATION,
                HttpCompliance.Violation.LF_CHUNK_TERMINATION));
        http.setRequestHeaderSize(settings.headBytes());
        http.setResponseHeaderSize(settings.headBytes());
        http.setSendServerVersion(false);
        http.setIdleTimeout(settings.idle().toMillis());
        return http;
    }
}
