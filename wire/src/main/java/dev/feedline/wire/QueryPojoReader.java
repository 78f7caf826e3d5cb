package dev.feedline.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/// Reads SDK objects from a form's dotted names: `Tags.member.1.Key=colour`.
final class QueryPojoReader {
    private static final int DEEPEST = 16;

    /// A name's value and what is below it.
    private static final class Node {
        private String text = "";
        private final Map<String, Node> children = new LinkedHashMap<>();

        Node child(String name) {
            return children.computeIfAbsent(name, n -> new Node());
        }
    }

    private final Shape.Known shapes;

    QueryPojoReader(Shape.Known shapes) {
        this.shapes = shapes;
    }

    /// Reads every parameter but those named in `apart`.
    void read(Query form, List<String> apart, SdkPojo builder) {
        Node root = new Node();
        for (Query.Parameter parameter : form.parameters()) {
            if (!apart.contains(parameter.name())) {
                String[] parts = parameter.name().split("\\.", -1);
                if (parts.length > DEEPEST) {
                    throw WireError.MALFORMED_QUERY.because("The parameter " + parameter.name() + " is too deep.");
                }
                Node node = root;
                for (String part : parts) {
                    node = node.child(part);
                }
                node.text = parameter.value();
            }
        }
        readInto(root, builder);
    }

    private void readInto(Node node, SdkPojo builder) {
        Shape shape = shapes.of(builder);
        node.children.forEach((name, child) -> {
            SdkField<?> field = shape.bodyField(name);
            if (field == null) {
                throw WireError.MALFORMED_QUERY.because("Feedline does not know the parameter " + name + ".");
            }
            field.set(builder, read(field, child));
        });
    }

    private Object read(SdkField<?> field, Node node) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                readInto(node, builder);
                yield ((Buildable) builder).build();
            }
            case LIST -> list(field.getTrait(ListTrait.class), node);
            case MAP -> map(field.getTrait(MapTrait.class), node);
            case STRING,
                    INTEGER,
                    LONG,
                    SHORT,
                    BYTE,
                    FLOAT,
                    DOUBLE,
                    BIG_DECIMAL,
                    BOOLEAN,
                    INSTANT,
                    SDK_BYTES,
                    NULL,
                    DOCUMENT -> TextValue.read(field, node.text, TimestampFormatTrait.Format.ISO_8601);
        };
    }

    private List<Object> list(ListTrait trait, Node node) {
        String memberName = Optional.ofNullable(trait.memberLocationName()).orElse("member");
        Node members = trait.isFlattened() ? node : node.child(memberName);
        List<Object> list = new ArrayList<>();
        inOrder(members).values().forEach(member -> list.add(read(trait.memberFieldInfo(), member)));
        return list;
    }

    private Map<String, Object> map(MapTrait trait, Node node) {
        Node entries = trait.isFlattened() ? node : node.child("entry");
        Map<String, Object> map = new LinkedHashMap<>();
        for (Node entry : inOrder(entries).values()) {
            Node key = entry.child(Optional.ofNullable(trait.keyLocationName()).orElse("key"));
            Node value =
                    entry.child(Optional.ofNullable(trait.valueLocationName()).orElse("value"));
            map.put(key.text, read(trait.valueFieldInfo(), value));
        }
        return map;
    }

    private static Map<Integer, Node> inOrder(Node numbered) {
        Map<Integer, Node> order = new TreeMap<>();
        numbered.children.forEach((number, child) -> {
            if (!number.matches("[1-9][0-9]{0,8}")) {
                throw WireError.MALFORMED_QUERY.because("A list's members are numbered from 1, not '" + number + "'.");
            }
            order.put(Integer.valueOf(number), child);
        });
        return order;
    }
}
