package dev.feedline.glue;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.ResourceShareType;

/// What other accounts share with this one: nothing, ever.
final class Shares {
    private Shares() {}

    /// Whether a listing of that kind has the account's own resources; the other kinds are empty.
    static boolean includeOwn(@Nullable ResourceShareType type) {
        return switch (type) {
            case null -> true;
            case ALL -> true;
            case FOREIGN, FEDERATED -> false;
            case UNKNOWN_TO_SDK_VERSION ->
                throw GlueError.INVALID_INPUT.because("ResourceShareType is ALL, FOREIGN or FEDERATED");
        };
    }
}
