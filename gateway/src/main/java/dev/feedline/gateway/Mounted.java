package dev.feedline.gateway;

/// A service behind the gateway.
///
/// @param signingName the service's name in a signature's credential scope, e.g. `kinesis`
/// @param port the SDK's client interface, e.g. `KinesisClient.class`
/// @param client what performs the operations: embedded or real
public record Mounted(String signingName, Class<?> port, Object client) {
    public Mounted {
        if (!port.isInstance(client)) {
            throw new IllegalArgumentException(client + " is no " + port.getSimpleName());
        }
    }
}
