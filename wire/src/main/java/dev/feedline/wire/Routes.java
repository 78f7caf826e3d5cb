package dev.feedline.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The routing table of a REST service, read from the resource `<service>.routes` beside this class.
final class Routes {
    private final String service;
    private final List<Route> routes;
    private final Map<String, Operation> operations;

    private Routes(String service, List<Route> routes, Map<String, Operation> operations) {
        this.service = service;
        this.routes = routes;
        this.operations = operations;
    }

    static Routes of(String service, Map<String, Operation> operations) {
        return new Routes(service, table(service), operations);
    }

    /// The lines of a service's table.
    static List<Route> table(String service) {
        try (@Nullable InputStream in = Routes.class.getResourceAsStream(service + ".routes")) {
            if (in == null) {
                throw new IllegalStateException("no routing table for " + service);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Route::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The operation that the request asks for.
    Call find(RequestHead head) {
        Route route = routes.stream()
                .filter(r -> r.accepts(head) && r.labels(head.path()).isPresent())
                .max(Comparator.comparingInt(Route::demands))
                .orElseThrow(() -> WireError.METHOD_NOT_ALLOWED.because(
                        head.method() + " of this resource is no operation of " + service + "."));
        Operation operation = Optional.ofNullable(operations.get(route.operation()))
                .orElseThrow(() -> WireError.NOT_IMPLEMENTED.because(
                        route.operation() + " of " + service + " is not implemented by Feedline."));
        Map<String, String> labels = new HashMap<>();
        route.labels(head.path()).orElseThrow().forEach((name, raw) -> labels.put(name, Percent.decodeText(raw)));
        return new Call(operation, Optional.of(route), Map.copyOf(labels));
    }
}
