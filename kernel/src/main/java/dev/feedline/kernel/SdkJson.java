package dev.feedline.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// How an SDK model object is kept in a store: as JSON under its members' names, found through
/// `sdkFields()`.
///
/// This is a storage form and no wire form: instants are ISO text at full precision, bytes are Base64,
/// and a member that was never set stays unset.
public final class SdkJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SdkJson() {}

    public static String write(SdkPojo pojo) {
        return MAPPER.writeValueAsString(tree(pojo));
    }

    /// Fills the builder with what [#write] wrote and builds.
    public static <T> T read(String json, SdkBuilder<?, T> builder) {
        fill((SdkPojo) builder, MAPPER.readTree(json));
        return builder.build();
    }

    private static ObjectNode tree(SdkPojo pojo) {
        ObjectNode node = NODES.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (isSet(value)) {
                node.set(field.memberName(), tree(value));
            }
        }
        return node;
    }

    /// Whether a member's value was given: the SDK hands out marked empty lists and maps for the ones
    /// that were not.
    public static boolean isSet(@Nullable Object value) {
        return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
    }

    private static JsonNode tree(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case SdkPojo pojo -> tree(pojo);
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode();
                list.forEach(one -> array.add(tree(one)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                map.forEach((key, one) -> object.set(String.valueOf(key), tree(one)));
                yield object;
            }
            case SdkBytes bytes -> NODES.binaryNode(bytes.asByteArray());
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case Float number -> NODES.numberNode(number);
            case String text -> NODES.stringNode(text);
            case Instant instant -> NODES.stringNode(instant.toString());
            default -> throw new IllegalArgumentException("cannot be stored: " + value.getClass());
        };
    }

    private static void fill(SdkPojo builder, JsonNode node) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = node.get(field.memberName());
            if (value != null) {
                field.set(builder, value(field, value));
            }
        }
    }

    private static @Nullable Object value(SdkField<?> field, JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        MarshallingType<?> type = field.marshallingType();
        return switch (type.getKnownType()) {
            case STRING -> node.asString();
            case INTEGER -> node.asInt();
            case LONG -> node.asLong();
            case DOUBLE -> node.asDouble();
            case FLOAT -> (float) node.asDouble();
            case BOOLEAN -> node.asBoolean();
            case INSTANT -> Instant.parse(node.asString());
            case SDK_BYTES -> SdkBytes.fromByteArray(node.binaryValue());
            case SDK_POJO -> pojo(field, node);
            case LIST -> list(field.getTrait(ListTrait.class).memberFieldInfo(), node);
            case MAP -> map(field.getTrait(MapTrait.class).valueFieldInfo(), node);
            default -> throw new IllegalArgumentException("cannot be stored: " + field.memberName());
        };
    }

    private static Object pojo(SdkField<?> field, JsonNode node) {
        SdkPojo builder = field.constructor().get();
        fill(builder, node);
        return ((SdkBuilder<?, ?>) builder).build();
    }

    private static List<@Nullable Object> list(SdkField<?> member, JsonNode node) {
        List<@Nullable Object> list = new ArrayList<>();
        node.forEach(one -> list.add(value(member, one)));
        return list;
    }

    private static Map<String, @Nullable Object> map(SdkField<?> member, JsonNode node) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.forEachEntry((key, one) -> map.put(key, value(member, one)));
        return map;
    }
}
