package dev.feedline.wire;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/// Reads SDK objects from an XML body. No DTD, no entities, no element that the SDK's model does not have.
final class XmlPojoReader {
    private static final XMLInputFactory FACTORY = hardened();

    private final XMLStreamReader in;
    private final Shape.Known shapes;

    private XmlPojoReader(XMLStreamReader in, Shape.Known shapes) {
        this.in = in;
        this.shapes = shapes;
    }

    /// Reads the body, whose root element must be `root`, into the builder.
    static void read(byte[] body, String root, SdkPojo builder, Shape.Known shapes) {
        try {
            XMLStreamReader in = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
            in.nextTag();
            if (!in.getLocalName().equals(root)) {
                throw malformed("the root element is " + in.getLocalName() + ", not " + root);
            }
            new XmlPojoReader(in, shapes).readInto(builder);
            while (in.hasNext()) {
                in.next();
            }
        } catch (XMLStreamException e) {
            throw malformed("it is not well-formed");
        }
    }

    /// Reads until the end of the element whose start is the current event.
    private void readInto(SdkPojo builder) throws XMLStreamException {
        Shape shape = shapes.of(builder);
        readAttributes(shape, builder);
        Map<SdkField<?>, List<Object>> flattened = new LinkedHashMap<>();
        while (nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = in.getLocalName();
            SdkField<?> field = shape.bodyField(name);
            if (field == null) {
                throw malformed("Feedline does not know the element " + name);
            }
            Optional<SdkField<?>> member = flattenedMember(field);
            if (member.isPresent()) {
                flattened.computeIfAbsent(field, f -> new ArrayList<>()).add(read(member.get()));
            } else {
                field.set(builder, read(field));
            }
        }
        flattened.forEach((field, list) -> field.set(builder, list));
    }

    private static Optional<SdkField<?>> flattenedMember(SdkField<?> field) {
        return field.getOptionalTrait(ListTrait.class)
                .filter(ListTrait::isFlattened)
                .map(ListTrait::memberFieldInfo);
    }

    private void readAttributes(Shape shape, SdkPojo builder) {
        for (SdkField<?> field : shape.inBody()) {
            if (field.containsTrait(XmlAttributeTrait.class)) {
                String name = field.locationName();
                String value = in.getAttributeValue(null, name.substring(name.indexOf(':') + 1));
                if (value != null) {
                    field.set(builder, value);
                }
            }
        }
    }

    private Object read(SdkField<?> field) throws XMLStreamException {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                SdkPojo builder = field.constructor().get();
                readInto(builder);
                yield ((Buildable) builder).build();
            }
            case LIST -> list(field.getTrait(ListTrait.class));
            case MAP -> map(field.getTrait(MapTrait.class));
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
                    DOCUMENT -> TextValue.read(field, in.getElementText(), TimestampFormatTrait.Format.ISO_8601);
        };
    }

    private List<Object> list(ListTrait trait) throws XMLStreamException {
        List<Object> list = new ArrayList<>();
        while (nextTag() == XMLStreamConstants.START_ELEMENT) {
            list.add(read(trait.memberFieldInfo()));
        }
        return list;
    }

    private Map<String, Object> map(MapTrait trait) throws XMLStreamException {
        Map<String, Object> map = new HashMap<>();
        while (nextTag() == XMLStreamConstants.START_ELEMENT) {
            nextTag();
            String key = in.getElementText();
            nextTag();
            map.put(key, read(trait.valueFieldInfo()));
            nextTag();
        }
        return map;
    }

    private int nextTag() throws XMLStreamException {
        return in.nextTag();
    }

    private static RuntimeException malformed(String why) {
        return WireError.MALFORMED_XML.because("The XML you provided was not well-formed or did not validate against"
                + " our published schema: " + why + ".");
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
