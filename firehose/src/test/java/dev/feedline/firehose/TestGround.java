package dev.feedline.firehose;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import java.time.InstantSource;
import java.util.Random;

final class TestGround {
    private TestGround() {}

    static Ground on(InstantSource clock) {
        return new Ground(
                new RealDisk(failure -> {}),
                clock,
                Ids.seeded(new Random(1)),
                Account.LOCAL,
                new Bell(),
                failure -> {});
    }
}
