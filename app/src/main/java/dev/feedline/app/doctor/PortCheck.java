package dev.feedline.app.doctor;

import dev.feedline.app.ServerFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The port to serve on: free, or who has it.
final class PortCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path data;
    private final String host;
    private final int port;

    PortCheck(Path data, String host, int port) {
        this.data = data;
        this.host = host;
        this.port = port;
    }

    List<Finding> look() throws IOException {
        Optional<ServerFile> own;
        try {
            own = ServerFile.ofRunning(data);
        } catch (IOException e) {
            own = Optional.empty(); // the line about the server says so
        }
        if (own.isPresent() && own.get().port() == port) {
            return List.of(Finding.ok("port", port + " is this folder's own server"));
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return List.of(Finding.fail(
                    "port", "the host " + host + " is not known", "Name an address of this machine with --host."));
        }
        if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
            return List.of(Finding.fail(
                    "port",
                    host + " is no address of this machine",
                    "Name one with --host; the default is 127.0.0.1."));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return List.of(Finding.ok("port", host + ":" + port + " is free"));
        } catch (IOException e) {
            return List.of(taken(e));
        }
    }

    private Finding taken(IOException refusal) {
        String other = "Serve on another port: `feedline up --port N`.";
        URI health = URI.create(
                "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/_feedline/health");
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(health).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            boolean isFeedline = answer.statusCode() == 200 && answer.body().contains("\"status\"");
            return isFeedline
                    ? Finding.warn("port", host + ":" + port + " is a Feedline on another data folder", other)
                    : Finding.warn(
                            "port",
                            host + ":" + port + " is taken by another program, which answers HTTP "
                                    + answer.statusCode(),
                            other);
        } catch (IOException e) {
            return Finding.warn("port", host + ":" + port + " cannot be served on: " + refusal.getMessage(), other);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warn("port", host + ":" + port + " cannot be served on: " + refusal.getMessage(), other);
        }
    }
}
