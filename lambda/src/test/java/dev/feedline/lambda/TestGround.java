package dev.feedline.lambda;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import java.time.InstantSource;

/// The ground of a test: the real disk, and a clock of the test's choice.
final class TestGround {
    private TestGround() {}

    static Ground with(InstantSource clock) {
        return new Ground(new RealDisk(failure -> {}), clock, Ids.secure(), Account.LOCAL, new Bell(), failure -> {});
    }
}
