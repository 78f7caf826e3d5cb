package dev.feedline.lambda;

import dev.feedline.kernel.Members;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/// Refuses what Feedline would otherwise silently ignore.
final class Requests {
    private Requests() {}

    static void requireOnly(Set<String> honoured, SdkPojo request) {
        Members.notHonoured(request, honoured).ifPresent(member -> {
            throw unsupported(member, request);
        });
    }

    static RuntimeException unsupported(String member, SdkPojo request) {
        return LambdaError.INVALID_PARAMETER_VALUE.because(member + " of "
                + request.getClass().getSimpleName().replaceFirst("Request$", "") + " is not supported by Feedline");
    }

    static void requireWithin(String member, int value, int smallest, int largest) {
        if (value < smallest || value > largest) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because("Value '" + value + "' at '" + member
                    + "' failed to satisfy constraint: Member must have value between " + smallest + " and " + largest);
        }
    }
}
