package dev.feedline.glue;

import dev.feedline.kernel.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The driver processes: one for each run on Spark, and, once there has been one, a spare that is started
/// ahead so that the next run begins at once.
///
/// A driver that is given no run but pods to remove ends with that ([LeftPods]).
///
/// The spare is bounded in number (one), in memory (a driver's standard heap) and in time
/// ([SparkSettings#spareKept]).
final class Drivers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

    /// What removes pods has little to hold.
    private static final int MEGABYTES_TO_REMOVE_PODS = 256;
    private static final Duration LONGEST_REMOVAL = Duration.ofMinutes(1);

    private final SparkSettings settings;
    private final Path folder;
    private final DriverRecords records;
    private final Ids ids;
    private final Set<Driver> all = new HashSet<>();
    private @Nullable Driver spare;
    private boolean spareIsStarting;
    private int processesStarting;
    private boolean closing;

    private Drivers(SparkSettings settings, Path folder, DriverRecords records, Ids ids) {
        this.settings = settings;
        this.folder = folder;
        this.records = records;
        this.ids = ids;
    }

    /// @param folder for the drivers' own folders; what is in it is removed
    static Drivers open(SparkSettings settings, Path folder, DriverRecords records, Ids ids) throws IOException {
        Folders.delete(folder);
        return new Drivers(settings, folder, records, ids);
    }

    /// Where drivers keep what they have compiled; it may be deleted at any time.
    Path scripts() {
        return folder.resolveSibling("scripts");
    }

    /// A driver for one run; the caller closes it by [#end].
    Driver take(SparkConf conf, Consumer<String> telling) throws IOException {
        Driver waiting = conf.hasDriverOfItsOwn() ? null : takeSpare(conf.driverMegabytes());
        if (waiting != null) {
            telling.accept("The driver was started ahead");
            startSpare(); // runs that follow close on each other each find one
            return waiting;
        }
        return start(conf.master(), conf.driverMegabytes(), telling);
    }

    /// Ends a run's driver, and sees to it that a next run finds one; one that has jars of its own finds none.
    void end(Driver driver, SparkConf conf) {
        forget(driver);
        if (!conf.hasDriverOfItsOwn()) {
            startSpare();
        }
    }

    /// As [LeftPods.Removal].
    void removePods(String master, String line, Consumer<String> telling) throws IOException, InterruptedException {
        Driver driver = start(master, MEGABYTES_TO_REMOVE_PODS, telling);
        try {
            driver.tell(line);
            if (!driver.await(LONGEST_REMOVAL)) {
                throw new IOException("Kubernetes has not answered for " + LONGEST_REMOVAL.toSeconds() + " seconds");
            }
            if (driver.await() != 0) {
                throw new IOException(driver.lastLines());
            }
        } finally {
            forget(driver);
        }
    }

    @Override
    public void close() {
        Set<Driver> left;
        synchronized (this) {
            closing = true;
            awaitProcessesStarting();
            left = Set.copyOf(all);
            all.clear();
            spare = null;
        }
        left.forEach(Driver::close);
    }

    private @Nullable Driver takeSpare(int megabytes) {
        Driver taken;
        synchronized (this) {
            taken = spare;
            if (taken == null || (taken.megabytes() != megabytes && taken.isAlive())) {
                return null;
            }
            spare = null;
        }
        if (taken.isAlive()) {
            return taken;
        }
        forget(taken); // it has died while it waited
        return null;
    }

    private Driver start(String master, int megabytes, Consumer<String> telling) throws IOException {
        SparkSettings.Installed spark = settings.runtime().installed(master, telling);
        synchronized (this) {
            if (closing) {
                throw new IOException("Feedline is closing");
            }
            processesStarting++;
        }
        Driver started = null;
        try {
            started = start(spark, megabytes, folder.resolve(ids.hex(16)));
            return started;
        } finally {
            hasStarted(started);
        }
    }

    private Driver start(SparkSettings.Installed spark, int megabytes, Path own) throws IOException {
        try {
            Files.createDirectories(own.resolve("tmp"));
            return Driver.start(
                    DriverCommand.of(
                            spark, megabytes, own, settings.environment().get()),
                    own,
                    megabytes,
                    settings.stopGrace(),
                    records);
        } catch (IOException | RuntimeException e) {
            try {
                Folders.delete(own);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private synchronized void hasStarted(@Nullable Driver driver) {
        processesStarting--;
        if (driver != null) {
            all.add(driver);
        }
        notifyAll();
    }

    /// A process that is being started is not among [#all] yet, and must not outlive this.
    private synchronized void awaitProcessesStarting() {
        boolean interrupted = false;
        while (processesStarting > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void startSpare() {
        synchronized (this) {
            if (settings.spareKept().isZero() || closing || spare != null || spareIsStarting) {
                return;
            }
            spareIsStarting = true;
        }
        Thread.ofVirtual().name("glue-driver-spare").start(() -> {
            try {
                Driver started = startedAhead();
                TimeUnit.NANOSECONDS.sleep(settings.spareKept().toNanos());
                if (isStillSpare(started)) {
                    forget(started);
                }
            } catch (IOException | RuntimeException e) {
                LOG.info("No driver could be started ahead; the next run starts its own", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Driver startedAhead() throws IOException {
        try {
            Driver started = start(SparkConf.STANDARD_MASTER, SparkConf.STANDARD_MEGABYTES, said -> {});
            synchronized (this) {
                spare = started;
            }
            return started;
        } finally {
            synchronized (this) {
                spareIsStarting = false;
            }
        }
    }

    /// Takes it away from those who look for one.
    private synchronized boolean isStillSpare(Driver driver) {
        if (spare != driver) {
            return false;
        }
        spare = null;
        return true;
    }

    private void forget(Driver driver) {
        driver.close();
        synchronized (this) {
            all.remove(driver);
        }
    }
}
