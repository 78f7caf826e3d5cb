package dev.feedline.kernel;

import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// The members of an SDK request, so that a service can refuse what it does not honour instead of
/// ignoring it.
public final class Members {
    private Members() {}

    /// The name of the first member that is set and is not among the honoured ones.
    ///
    /// @param honoured member names as AWS's API reference writes them, e.g. `DeadLetterConfig`
    public static Optional<String> notHonoured(SdkPojo request, Set<String> honoured) {
        for (SdkField<?> field : request.sdkFields()) {
            if (!honoured.contains(field.memberName()) && SdkJson.isSet(field.getValueOrDefault(request))) {
                return Optional.of(field.memberName());
            }
        }
        return Optional.empty();
    }
}
