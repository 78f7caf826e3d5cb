package dev.feedline.s3.checksum;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// The checksum stored with an object or part and returned to whoever asks for it.
///
/// @param value Base64; a composite one ends in `-` and the number of parts
public record ObjectChecksum(Algorithm algorithm, Type type, String value) {
    /// What the value was computed over: the whole object, or the checksums of its parts.
    public enum Type {
        FULL_OBJECT,
        COMPOSITE
    }

    public static ObjectChecksum whole(Algorithm algorithm, String value) {
        return new ObjectChecksum(algorithm, Type.FULL_OBJECT, value);
    }

    /// Sets the members of an SDK response's builder that carry the checksum; those it lacks are left out.
    public void into(SdkPojo builder) {
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.memberName().equals(algorithm.member())) {
                field.set(builder, value);
            } else if (field.memberName().equals("ChecksumType")) {
                field.set(builder, type.name());
            }
        }
    }

    /// The form it is stored in; [#parse] reads it.
    public String stored() {
        return algorithm + ":" + type + ":" + value;
    }

    public static ObjectChecksum parse(String stored) {
        String[] parts = stored.split(":", 3);
        return new ObjectChecksum(Algorithm.valueOf(parts[0]), Type.valueOf(parts[1]), parts[2]);
    }
}
