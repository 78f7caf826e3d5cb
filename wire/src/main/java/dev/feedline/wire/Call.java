package dev.feedline.wire;

import java.util.Map;
import java.util.Optional;

/// Which operation a request asks for.
///
/// @param route the line of the routing table that matched; empty where the protocol has no routes
/// @param labels what the path's labels hold, decoded
public record Call(Operation operation, Optional<Route> route, Map<String, String> labels) {
    static Call of(Operation operation) {
        return new Call(operation, Optional.empty(), Map.of());
    }
}
