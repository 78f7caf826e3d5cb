package dev.feedline.kernel;

import java.util.Optional;

/// Who is asking: bound by `gateway` after authentication, absent when Feedline itself calls.
///
/// Code that hands work to another thread carries it on: `ScopedValue.where(Caller.CURRENT, caller).run(…)`.
public record Caller(String accessKeyId, Arn principal) {
    public static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    public static Optional<Caller> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
