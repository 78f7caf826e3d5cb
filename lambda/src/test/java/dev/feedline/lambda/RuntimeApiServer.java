package dev.feedline.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// The Runtime API over HTTP, as far as a test needs it; in the product `gateway` serves it.
final class RuntimeApiServer implements AutoCloseable {
    private static final String PREFIX = "/_feedline/runtime/";

    private final HttpServer server;
    private final Supplier<RuntimeApi> api;

    RuntimeApiServer(Supplier<RuntimeApi> api) throws IOException {
        this.api = api;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PREFIX, this::handle);
        server.start();
    }

    /// What [LambdaSettings.Processes] is given: host, port and the path before the token.
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort() + "/_feedline/runtime";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI()
                    .getPath()
                    .substring(PREFIX.length())
                    .split("/", -1);
            String token = path[0];
            if (exchange.getRequestMethod().equals("GET")) {
                RuntimeApi.Next next = api.get().next(token);
                next.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] payload = next.payload().asByteArray();
                exchange.sendResponseHeaders(200, payload.length);
                exchange.getResponseBody().write(payload);
                return;
            }
            String type = String.valueOf(exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type"));
            switch (path[path.length - 1]) {
                case "response" -> api.get().respond(token, path[4], exchange.getRequestBody());
                case "error" ->
                    api.get().error(token, path.length == 6 ? path[4] : null, type, exchange.getRequestBody());
                default ->
                    throw new IllegalArgumentException(exchange.getRequestURI().toString());
            }
            exchange.sendResponseHeaders(202, -1);
        } catch (RuntimeApi.RefusedException e) {
            byte[] body = ("{\"errorType\":\"" + e.errorType() + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(e.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
