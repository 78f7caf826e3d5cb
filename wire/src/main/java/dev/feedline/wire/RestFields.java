package dev.feedline.wire;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/// The fields of REST requests and answers that travel outside the body: path, query, headers, status.
final class RestFields {
    /// What a URL presigned in signature version 2 carries beside its parameters.
    private static final Set<String> OLD_SIGNATURE = Set.of("AWSAccessKeyId", "Expires", "Signature");

    /// Headers about the request itself, which no model has; one that ends in `-` is a prefix.
    private static final List<String> SIGNING_AND_TRANSPORT = List.of(
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-decoded-content-length",
            "x-amz-trailer",
            "x-amz-te", // the Java SDK offers to take an MD5 behind the content; S3 need not give one
            "x-amz-user-agent",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-checksum-");

    private final Shape.Known shapes;

    RestFields(Shape.Known shapes) {
        this.shapes = shapes;
    }

    /// Sets the builder's fields from the path's labels, the query and the headers.
    void read(Call call, RequestHead head, SdkPojo builder) {
        for (SdkField<?> field : shapes.of(builder).outsideBody()) {
            Object value = value(field, call, head);
            if (value != null) {
                field.set(builder, value);
            }
        }
    }

    /// What neither the route nor the request's model knows is refused by its name, for it would be ignored.
    void refuseUnknown(Call call, RequestHead head) {
        refuseUnknownHeaders(call, head);
        List<String> known = new ArrayList<>();
        call.route().ifPresent(route -> route.markers().parameters().forEach(marker -> known.add(marker.name())));
        for (SdkField<?> field : shapes.of(call.operation().requestBuilder()).outsideBody()) {
            if (field.location() == MarshallLocation.QUERY_PARAM) {
                known.add(field.locationName());
            }
        }
        for (Query.Parameter parameter : head.query().parameters()) {
            // S3 ignores custom parameters that begin with x-; presigning and SDKs (x-id) use them too.
            boolean custom = parameter.name().toLowerCase(Locale.ROOT).startsWith("x-");
            boolean signing = OLD_SIGNATURE.contains(parameter.name());
            if (!custom && !signing && !known.contains(parameter.name())) {
                throw WireError.NOT_IMPLEMENTED.because("The query parameter '" + parameter.name() + "' of "
                        + call.operation().name() + " is not implemented by Feedline.");
            }
        }
    }

    private void refuseUnknownHeaders(Call call, RequestHead head) {
        List<String> known = new ArrayList<>(SIGNING_AND_TRANSPORT);
        for (SdkField<?> field : shapes.of(call.operation().requestBuilder()).outsideBody()) {
            if (field.location() == MarshallLocation.HEADER) {
                known.add(field.locationName().toLowerCase(Locale.ROOT));
            }
        }
        for (String name : head.headers().names()) {
            boolean meant = name.startsWith("x-amz-")
                    && known.stream().noneMatch(each -> each.endsWith("-") ? name.startsWith(each) : name.equals(each));
            if (meant) {
                throw WireError.NOT_IMPLEMENTED.because(
                        "The header '" + name + "' of " + call.operation().name() + " is not implemented by Feedline.");
            }
        }
    }

    /// Puts the answer's header fields among the headers.
    void write(SdkPojo response, Headers headers) {
        for (SdkField<?> field : shapes.of(response).outsideBody()) {
            Object value = field.getValueOrDefault(response);
            if (field.location() == MarshallLocation.HEADER && JsonPojoWriter.isSet(value)) {
                writeHeader(field, value, headers);
            }
        }
    }

    /// The status the answer itself names, as Lambda's `Invoke` does.
    Optional<Integer> status(SdkPojo response) {
        return shapes.of(response).outsideBody().stream()
                .filter(field -> field.location() == MarshallLocation.STATUS_CODE)
                .map(field -> (Integer) field.getValueOrDefault(response))
                .findFirst();
    }

    private @Nullable Object value(SdkField<?> field, Call call, RequestHead head) {
        return switch (field.location()) {
            case PATH, GREEDY_PATH -> {
                String label = call.labels().get(field.locationName());
                yield label == null ? null : TextValue.read(field, label, TimestampFormatTrait.Format.ISO_8601);
            }
            case QUERY_PARAM ->
                values(field, head.query().all(field.locationName()), TimestampFormatTrait.Format.ISO_8601);
            case HEADER -> fromHeader(field, head.headers());
            case PAYLOAD, STATUS_CODE -> null;
        };
    }

    private @Nullable Object fromHeader(SdkField<?> field, Headers headers) {
        if (isMap(field)) {
            return prefixed(field, headers);
        }
        List<String> texts =
                headers.all(field.locationName()).stream().map(RestFields::utf8).toList();
        return values(field, isList(field) ? splitAtCommas(texts) : texts, TimestampFormatTrait.Format.RFC_822);
    }

    private static @Nullable Object values(SdkField<?> field, List<String> texts, TimestampFormatTrait.Format usual) {
        if (texts.isEmpty()) {
            return null;
        }
        if (isList(field)) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            return texts.stream()
                    .map(text -> TextValue.read(member, text, usual))
                    .toList();
        }
        return TextValue.read(field, texts.getFirst(), usual);
    }

    /// `x-amz-meta-colour: red` is the entry `colour` of the map that travels under `x-amz-meta-`.
    private static @Nullable Map<String, Object> prefixed(SdkField<?> field, Headers headers) {
        String prefix = field.locationName().toLowerCase(Locale.ROOT);
        SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name : headers.names()) {
            if (name.startsWith(prefix)) {
                String text = utf8(String.join(",", headers.all(name)));
                map.put(
                        name.substring(prefix.length()),
                        TextValue.read(member, text, TimestampFormatTrait.Format.RFC_822));
            }
        }
        return map.isEmpty() ? null : map;
    }

    private static void writeHeader(SdkField<?> field, Object value, Headers headers) {
        String name = field.locationName();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) -> headers.set(name + key, printable(name + key, (String) text)));
        } else if (value instanceof List<?> list) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            List<String> texts = list.stream()
                    .map(each -> TextValue.write(member, each, TimestampFormatTrait.Format.RFC_822))
                    .toList();
            headers.set(name, printable(name, String.join(",", texts)));
        } else {
            headers.set(name, printable(name, TextValue.write(field, value, TimestampFormatTrait.Format.RFC_822)));
        }
    }

    /// A header's value as it may be sent: text beyond ASCII in RFC 2047's form, as S3 does; line breaks never.
    private static String printable(String name, String text) {
        if (text.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
            throw WireError.INVALID_ARGUMENT.because("The value of " + name + " cannot be sent in a header.");
        }
        return text.chars().allMatch(c -> c < 0x7f)
                ? text
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    /// Headers arrive as Latin-1; what is UTF-8 underneath becomes the text it means.
    private static String utf8(String latin) {
        if (latin.chars().allMatch(c -> c < 0x80)) {
            return latin;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(latin.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return latin;
        }
    }

    private static List<String> splitAtCommas(List<String> texts) {
        return texts.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .toList();
    }

    private static boolean isMap(SdkField<?> field) {
        return field.marshallingType().getKnownType() == MarshallingKnownType.MAP;
    }

    private static boolean isList(SdkField<?> field) {
        return field.marshallingType().getKnownType() == MarshallingKnownType.LIST;
    }
}
