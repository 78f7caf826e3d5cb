package dev.feedline.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import tools.jackson.core.JsonGenerator;

/// Writes SDK objects as JSON or CBOR; members that are not set are left out.
final class JsonPojoWriter {
    private final JsonGenerator out;
    private final JsonDialect dialect;
    private final Shape.Known shapes;

    JsonPojoWriter(JsonGenerator out, JsonDialect dialect, Shape.Known shapes) {
        this.out = out;
        this.dialect = dialect;
        this.shapes = shapes;
    }

    /// Writes the object with the members that travel in the body.
    void writeObject(SdkPojo pojo) {
        out.writeStartObject();
        writeMembers(pojo);
        out.writeEndObject();
    }

    void writeMembers(SdkPojo pojo) {
        for (SdkField<?> field : shapes.of(pojo).inBody()) {
            Object value = field.getValueOrDefault(pojo);
            if (isSet(value)) {
                out.writeName(field.locationName());
                write(field, value);
            }
        }
    }

    private void write(SdkField<?> field, Object value) {
        switch (value) {
            case String text -> out.writeString(text);
            case Boolean bool -> out.writeBoolean(bool);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Float number -> out.writeNumber(number);
            case BigDecimal number -> out.writeNumber(number);
            case Number number -> out.writeNumber(number.intValue()); // Short and Byte are left
            case SdkBytes bytes -> out.writeBinary(bytes.asByteArrayUnsafe());
            case Instant instant -> dialect.writeInstant(out, field, instant);
            case SdkPojo pojo -> writeObject(pojo);
            case List<?> list -> writeList(field.getTrait(ListTrait.class).memberFieldInfo(), list);
            case Map<?, ?> map -> writeMap(field.getTrait(MapTrait.class).valueFieldInfo(), map);
            default -> throw new IllegalStateException("no JSON form for " + value.getClass());
        }
    }

    private void writeList(SdkField<?> member, List<?> list) {
        out.writeStartArray();
        list.forEach(value -> write(member, value));
        out.writeEndArray();
    }

    private void writeMap(SdkField<?> member, Map<?, ?> map) {
        out.writeStartObject();
        map.forEach((name, value) -> {
            out.writeName((String) name);
            write(member, value);
        });
        out.writeEndObject();
    }

    /// The SDK puts empty collections of its own where nothing was set; those are not sent.
    static boolean isSet(Object value) {
        return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
    }
}
