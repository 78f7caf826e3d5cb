package dev.feedline.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads SDK objects from a stream of JSON or CBOR tokens.
///
/// A member that the SDK's model does not have is refused by its name: dropping it would change what was asked.
final class JsonPojoReader {
    private final JsonParser parser;
    private final JsonDialect dialect;
    private final Shape.Known shapes;

    JsonPojoReader(JsonParser parser, JsonDialect dialect, Shape.Known shapes) {
        this.parser = parser;
        this.dialect = dialect;
        this.shapes = shapes;
    }

    /// Reads the members of the object whose `{` is the current token into the builder.
    void readInto(SdkPojo builder) {
        expect(parser.currentToken(), JsonToken.START_OBJECT, "the request");
        Shape shape = shapes.of(builder);
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            SdkField<?> field = shape.bodyField(name);
            if (field == null) {
                skipUnknown(name, token);
            } else if (token != JsonToken.VALUE_NULL) {
                field.set(builder, read(field));
            }
        }
    }

    private void skipUnknown(String name, JsonToken token) {
        if (token != JsonToken.VALUE_NULL) {
            throw WireError.SERIALIZATION.because("Feedline does not know the member " + name + ".");
        }
    }

    private Object read(SdkField<?> field) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> string(field);
            case INTEGER -> number(field).getIntValue();
            case LONG -> number(field).getLongValue();
            case SHORT -> number(field).getShortValue();
            case BYTE -> number(field).getByteValue();
            case FLOAT -> number(field).getFloatValue();
            case DOUBLE -> number(field).getDoubleValue();
            case BIG_DECIMAL -> number(field).getDecimalValue();
            case BOOLEAN -> bool(field);
            case INSTANT -> dialect.readInstant(parser, field);
            case SDK_BYTES -> SdkBytes.fromByteArrayUnsafe(parser.getBinaryValue());
            case SDK_POJO -> pojo(field);
            case LIST -> list(field);
            case MAP -> map(field);
            case NULL, DOCUMENT ->
                throw WireError.SERIALIZATION.because("Feedline does not read the member " + field.memberName() + ".");
        };
    }

    private String string(SdkField<?> field) {
        expect(parser.currentToken(), JsonToken.VALUE_STRING, field.memberName());
        return parser.getString();
    }

    private JsonParser number(SdkField<?> field) {
        if (!parser.currentToken().isNumeric()) {
            throw unexpected(field.memberName());
        }
        return parser;
    }

    private Boolean bool(SdkField<?> field) {
        if (!parser.currentToken().isBoolean()) {
            throw unexpected(field.memberName());
        }
        return parser.getBooleanValue();
    }

    private Object pojo(SdkField<?> field) {
        expect(parser.currentToken(), JsonToken.START_OBJECT, field.memberName());
        SdkPojo builder = field.constructor().get();
        readInto(builder);
        return ((Buildable) builder).build();
    }

    private List<Object> list(SdkField<?> field) {
        expect(parser.currentToken(), JsonToken.START_ARRAY, field.memberName());
        SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(member));
        }
        return list;
    }

    private Map<String, Object> map(SdkField<?> field) {
        expect(parser.currentToken(), JsonToken.START_OBJECT, field.memberName());
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                map.put(name, read(member));
            }
        }
        return map;
    }

    private static void expect(@Nullable JsonToken token, JsonToken wanted, String where) {
        if (token != wanted) {
            throw unexpected(where);
        }
    }

    private static AwsServiceException unexpected(String where) {
        return WireError.SERIALIZATION.because("The value of " + where + " has the wrong JSON type.");
    }
}
