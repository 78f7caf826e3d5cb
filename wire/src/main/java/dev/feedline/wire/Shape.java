package dev.feedline.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.PayloadTrait;

/// The fields of one SDK model class, sorted by where they travel.
record Shape(
        List<SdkField<?>> all,
        List<SdkField<?>> outsideBody,
        List<SdkField<?>> inBody,
        Optional<SdkField<?>> payload,
        Map<String, SdkField<?>> byName) {
    static Shape of(SdkPojo pojo) {
        List<SdkField<?>> all = List.copyOf(pojo.sdkFields());
        Map<String, SdkField<?>> byName = new HashMap<>();
        for (SdkField<?> field : all) {
            if (field.location() == MarshallLocation.PAYLOAD) {
                byName.put(field.locationName(), field);
            }
        }
        return new Shape(
                all,
                all.stream()
                        .filter(f -> f.location() != MarshallLocation.PAYLOAD)
                        .toList(),
                all.stream()
                        .filter(f -> f.location() == MarshallLocation.PAYLOAD)
                        .toList(),
                all.stream().filter(f -> f.containsTrait(PayloadTrait.class)).findFirst(),
                byName);
    }

    /// The field of the body that travels under this name.
    @Nullable
    SdkField<?> bodyField(String name) {
        return byName.get(name);
    }

    /// The shapes met so far, by model class: reading one from the SDK's metadata costs more than using it.
    static final class Known {
        private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

        Shape of(SdkPojo pojo) {
            Shape known = shapes.get(pojo.getClass());
            return known != null ? known : shapes.computeIfAbsent(pojo.getClass(), c -> Shape.of(pojo));
        }
    }
}
