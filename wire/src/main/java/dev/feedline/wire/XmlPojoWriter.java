package dev.feedline.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;

/// Writes SDK objects as XML; members that are not set are left out.
final class XmlPojoWriter {
    private final XmlText out;
    private final Shape.Known shapes;
    private final BiFunction<SdkField<?>, String, String> spelling;

    /// @param spelling how a text is written, given its field: as it is, or percent-encoded keys
    XmlPojoWriter(XmlText out, Shape.Known shapes, BiFunction<SdkField<?>, String, String> spelling) {
        this.out = out;
        this.shapes = shapes;
        this.spelling = spelling;
    }

    /// Writes the members that travel in the body.
    void writeMembers(SdkPojo pojo) {
        for (SdkField<?> field : shapes.of(pojo).inBody()) {
            Object value = field.getValueOrDefault(pojo);
            if (JsonPojoWriter.isSet(value) && !field.containsTrait(XmlAttributeTrait.class)) {
                write(field.unmarshallLocationName(), field, value);
            }
        }
    }

    void write(String name, SdkField<?> field, Object value) {
        switch (value) {
            case SdkPojo pojo -> {
                out.open(name, attributes(pojo));
                writeMembers(pojo);
                out.close();
            }
            case List<?> list -> writeList(name, field.getTrait(ListTrait.class), list);
            case Map<?, ?> map -> writeMap(name, field.getTrait(MapTrait.class), map);
            default -> {
                String text = TextValue.write(field, value, TimestampFormatTrait.Format.ISO_8601);
                out.element(name, spelling.apply(field, text));
            }
        }
    }

    private void writeList(String name, ListTrait trait, List<?> list) {
        String memberName = Optional.ofNullable(trait.memberLocationName()).orElse("member");
        if (trait.isFlattened()) {
            list.forEach(value -> write(name, trait.memberFieldInfo(), value));
            return;
        }
        out.open(name);
        list.forEach(value -> write(memberName, trait.memberFieldInfo(), value));
        out.close();
    }

    private void writeMap(String name, MapTrait trait, Map<?, ?> map) {
        if (!trait.isFlattened()) {
            out.open(name);
        }
        map.forEach((key, value) -> {
            out.open(trait.isFlattened() ? name : "entry");
            out.element(Optional.ofNullable(trait.keyLocationName()).orElse("key"), (String) key);
            write(Optional.ofNullable(trait.valueLocationName()).orElse("value"), trait.valueFieldInfo(), value);
            out.close();
        });
        if (!trait.isFlattened()) {
            out.close();
        }
    }

    /// Only S3's `Grantee` has one: `xsi:type`.
    private String attributes(SdkPojo pojo) {
        StringBuilder attributes = new StringBuilder();
        for (SdkField<?> field : shapes.of(pojo).inBody()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && field.containsTrait(XmlAttributeTrait.class)) {
                attributes.append(XmlText.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"));
                attributes.append(XmlText.attribute(field.unmarshallLocationName(), value.toString()));
            }
        }
        return attributes.toString();
    }
}
