package dev.feedline.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The drivers that a server has as its children, watched while a run is at work.
final class DriverProcesses implements AutoCloseable {
    private static final long MILLIS_BETWEEN_LOOKS = 20;
    private static final long MILLIS_OF_REST = 1_000;
    /// Of the processor time that a driver uses while it only waits.
    private static final double LITTLE_MILLIS = 30;
    private static final long LONGEST_START_NANOS = 600_000_000_000L;

    private final long server;
    private final Map<Long, Double> before = new HashMap<>();
    private final Map<Long, Long> peaks = new ConcurrentHashMap<>();
    private final double endedBefore;
    private final Thread watching;
    private volatile boolean isOver;
    private volatile @Nullable IOException failure;

    private DriverProcesses(long server) throws IOException {
        this.server = server;
        for (long driver : of(server)) {
            before.put(driver, CpuTime.of(driver));
        }
        this.endedBefore = CpuTime.ofEndedChildren(server);
        this.watching = Thread.ofPlatform().name("drivers").unstarted(this::watch);
    }

    static DriverProcesses watch(long server) throws IOException {
        DriverProcesses drivers = new DriverProcesses(server);
        drivers.watching.start();
        return drivers;
    }

    /// Waits until the driver that was started ahead is there and has nothing more to do.
    static void awaitSpare(long server) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        double used = -1;
        while (true) {
            List<Long> drivers = of(server);
            double now = drivers.size() == 1 ? CpuTime.of(drivers.getFirst()) : -1;
            if (used > 0 && now - used < LITTLE_MILLIS && now >= used) {
                return;
            }
            if (System.nanoTime() - begin > LONGEST_START_NANOS) {
                throw new IOException("no driver that was started ahead has come to rest after ten minutes");
            }
            used = now;
            Thread.sleep(MILLIS_OF_REST);
        }
    }

    /// Processor time of the drivers that have ended meanwhile, since this watch began.
    double endedMillis() throws IOException {
        double used = CpuTime.ofEndedChildren(server) - endedBefore;
        List<Long> alive = of(server);
        for (Map.Entry<Long, Double> driver : before.entrySet()) {
            used -= alive.contains(driver.getKey()) ? 0 : driver.getValue();
        }
        return used;
    }

    /// The most memory that one of those had which have ended meanwhile; 0 when there was none.
    long endedPeakBytes() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw new IOException("the drivers' memory could not be watched", failed);
        }
        List<Long> alive = of(server);
        return peaks.entrySet().stream()
                .filter(driver -> !alive.contains(driver.getKey()))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    @Override
    public void close() throws InterruptedException {
        isOver = true;
        watching.join();
    }

    private void watch() {
        while (!isOver) {
            try {
                for (long driver : of(server)) {
                    ResidentMemory.peakBytesIfAny(driver).ifPresent(bytes -> peaks.put(driver, bytes));
                }
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (IOException e) {
                failure = e;
                return;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static List<Long> of(long server) {
        return ProcessHandle.of(server).stream()
                .flatMap(ProcessHandle::children)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .toList();
    }
}
