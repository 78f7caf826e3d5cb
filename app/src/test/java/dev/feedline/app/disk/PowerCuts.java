package dev.feedline.app.disk;

import dev.feedline.app.Reach;
import dev.feedline.app.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import software.amazon.awssdk.core.exception.SdkException;

/// A Feedline on a volume of its own, whose power is cut again and again while every service is written to.
final class PowerCuts implements AutoCloseable {
    private static final int MEGABYTES = 4_000; // of a sparse file
    private static final int LONGEST_LIFE_MILLIS = 1_500;
    private static final int EXIT_DISK_FAILED = 70;
    private static final Path KEPT = Path.of("target", "reliability", "power-cut.img");
    private static final Duration LONGEST_DYING = Duration.ofSeconds(15);

    private final LoopVolume volume;
    private final FaultyCalls disk;
    private final ServerProcess server;
    private final Random random;
    private final Acknowledged acknowledged = new Acknowledged();
    private final Reckoning reckoning = new Reckoning(acknowledged, Duration.ofSeconds(30));
    private int stopped;

    private PowerCuts(LoopVolume volume, FaultyCalls disk, ServerProcess server, long seed) {
        this.volume = volume;
        this.disk = disk;
        this.server = server;
        this.random = new Random(seed);
    }

    static PowerCuts start(Path temp, long seed) throws IOException, InterruptedException {
        Path definition = Files.writeString(temp.resolve("feedline.yaml"), "feeds:\n  cuts: {}\n");
        LoopVolume volume = LoopVolume.create(temp, MEGABYTES);
        try {
            FaultyCalls disk = FaultyCalls.compile(temp, volume.path());
            ServerProcess server = ServerProcess.startOften(temp, volume.path(), definition, disk.environment());
            PowerCuts cuts = new PowerCuts(volume, disk, server, seed);
            try (Reach reach = server.reach()) {
                Customers.prepare(reach);
            }
            return cuts;
        } catch (IOException | InterruptedException | RuntimeException e) {
            volume.close();
            throw e;
        }
    }

    /// To take defences away.
    FaultyCalls disk() {
        return disk;
    }

    Acknowledged acknowledged() {
        return acknowledged;
    }

    /// How often the process was left to notice the cut, and ended by itself.
    int stopped() {
        return stopped;
    }

    /// One cut, a restart, and a check; says what is wrong.
    ///
    /// @param everything whether what earlier checks have seen is looked at again, with the feed files
    List<String> cut(boolean everything) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        boolean leave = random.nextBoolean();
        try (Reach reach = server.reach();
                Customers customers = new Customers(reach, acknowledged).start()) {
            Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS)); // the moment is the point
            customers.expectTheEnd();
            volume.cutPower();
            if (leave) {
                requireStop(wrong);
            }
            server.kill();
        }
        volume.bootAgain();
        try {
            server.startAgain();
            try (Reach reach = server.reach()) {
                wrong.addAll(everything ? reckoning.checkAll(reach) : reckoning.check(reach));
            }
        } catch (SdkException | IOException e) {
            wrong.add("after the cut: " + e);
        }
        return wrong;
    }

    /// Copies the volume as it is now to where it can be looked at, and says where that is.
    String keep() throws IOException {
        return "the volume as it is now was kept as " + volume.keep(KEPT);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            server.kill();
        } finally {
            disk.close();
            volume.close();
        }
    }

    private void requireStop(List<String> wrong) throws InterruptedException {
        OptionalInt exit = server.awaitExit(LONGEST_DYING);
        if (exit.isEmpty()) {
            wrong.add("it goes on without its disk");
        } else if (exit.getAsInt() != EXIT_DISK_FAILED) {
            wrong.add("without its disk it ends with " + exit.getAsInt());
        } else {
            stopped++;
        }
    }
}
