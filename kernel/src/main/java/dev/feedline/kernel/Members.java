package dev.feedline.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// The members of an SDK request, so that a service can refuse what it does not honour instead of
/// ignoring it.
public final class Members {
    private Members() {}

    /// The name of the first member that says something and is not among the honoured ones.
    ///
    /// An empty text, list, map or structure says nothing: some clients send those for what was not
    /// asked for.
    ///
    /// @param honoured member names as AWS's API reference writes them, e.g. `DeadLetterConfig`; a
    ///     path such as `StreamModeDetails.StreamMode` honours only that part of a structure, or of
    ///     the structures in a list
    public static Optional<String> notHonoured(SdkPojo request, Set<String> honoured) {
        return notHonoured(request, "", honoured);
    }

    private static Optional<String> notHonoured(SdkPojo pojo, String prefix, Set<String> honoured) {
        for (SdkField<?> field : pojo.sdkFields()) {
            String path = prefix + field.memberName();
            Object value = field.getValueOrDefault(pojo);
            if (!honoured.contains(path) && saysSomething(value)) {
                Optional<String> found =
                        isHonouredInPart(path, honoured) ? notHonouredWithin(value, path, honoured) : Optional.of(path);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> notHonouredWithin(Object value, String path, Set<String> honoured) {
        Collection<?> parts = value instanceof List<?> list ? list : List.of(value);
        return parts.stream()
                .map(part -> part instanceof SdkPojo pojo ? notHonoured(pojo, path + ".", honoured) : Optional.of(path))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean saysSomething(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case SdkPojo pojo ->
                pojo.sdkFields().stream().anyMatch(field -> saysSomething(field.getValueOrDefault(pojo)));
            default -> true;
        };
    }

    private static boolean isHonouredInPart(String path, Set<String> honoured) {
        return honoured.stream().anyMatch(one -> one.startsWith(path + "."));
    }
}
