package dev.feedline.kinesis;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import java.time.InstantSource;
import java.util.Random;

final class TestGround {
    private TestGround() {}

    static Ground on(InstantSource clock) {
        return on(new RealDisk(failure -> {}), clock);
    }

    static Ground on(Disk disk, InstantSource clock) {
        return new Ground(disk, clock, Ids.seeded(new Random(1)), Account.LOCAL, new Bell(), failure -> {});
    }
}
