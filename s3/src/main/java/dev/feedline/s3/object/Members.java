package dev.feedline.s3.object;

import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// Sets members of an SDK builder by their names, for what several responses share.
final class Members {
    private Members() {}

    static void set(SdkPojo builder, Map<String, ?> values) {
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = values.get(field.memberName());
            if (value != null) {
                field.set(builder, value);
            }
        }
    }
}
