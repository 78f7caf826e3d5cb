package dev.feedline.gateway;

import dev.feedline.wire.Answer;
import dev.feedline.wire.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `/_feedline/health`: the gateway accepts requests.
final class HealthDoor implements Door {
    @Override
    public List<String> paths() {
        return List.of("/_feedline/health");
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        byte[] body = "{\"status\":\"ok\"}\n".getBytes(StandardCharsets.UTF_8);
        exchange.answer(new Answer(200, new Headers().add("content-type", "application/json"), body));
    }
}
