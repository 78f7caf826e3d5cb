package dev.feedline.gateway.snowflake;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is around every answer of the driver protocol: `data`, `code`, `message` and `success`, always HTTP 200.
final class Envelope {
    static final JsonMapper JSON = new JsonMapper();

    private Envelope() {}

    static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static byte[] done() {
        return success(object().putNull("data"));
    }

    static byte[] success(ObjectNode answer) {
        answer.putNull("code").putNull("message").put("success", true);
        return JSON.writeValueAsBytes(answer);
    }

    static byte[] refusal(String code, String message) {
        ObjectNode answer = object();
        answer.putNull("data");
        answer.put("code", code).put("message", message).put("success", false);
        return JSON.writeValueAsBytes(answer);
    }

    /// The full list: a partial one would replace all of the driver's parameters. Drivers cast the values: whole
    /// numbers are JSON numbers, booleans JSON booleans.
    static void parameters(ArrayNode list, Map<String, Object> parameters) {
        parameters.forEach((name, value) -> {
            ObjectNode one = list.addObject().put("name", name);
            switch (value) {
                case Boolean bool -> one.put("value", bool);
                case Long number -> one.put("value", number);
                default -> one.put("value", value.toString());
            }
        });
    }
}
