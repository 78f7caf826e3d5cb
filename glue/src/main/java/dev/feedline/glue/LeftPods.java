package dev.feedline.glue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The runs of which Kubernetes may still have pods, on disk before the first pod can be there.
///
/// A driver says when it has seen the last of them go. Where it could not, because it was killed or Kubernetes did not
/// answer, a process of its own removes them: when the run ends, and if that fails later, or after Feedline's next
/// start.
final class LeftPods implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeftPods.class);
    /// A cluster that has not answered for so long is no more, if it was asked so often: Feedline may have been off.
    private static final Duration LONGEST_LEFT = Duration.ofDays(7);
    static final int FEWEST_TRIES = 100;

    private final GlueStore store;
    private final InstantSource clock;
    private final Removal removal;
    private final Pauses pauses;

    /// Runs that may have pods, until they have ended and their pods were looked for.
    private final Set<String> ending = new HashSet<>();

    /// Runs whose pods somebody is looking for.
    private final Set<String> atRemoval = ConcurrentHashMap.newKeySet();

    /// Runs that have ended, while the store cannot be told so.
    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    /// Released when a run has left some.
    private final Semaphore more = new Semaphore(0);

    private @Nullable Thread thread;

    /// What removes the pods of a run.
    @FunctionalInterface
    interface Removal {
        /// @param line for a driver process
        /// @throws IOException saying why some may be left
        void remove(String master, String line, Consumer<String> telling) throws IOException, InterruptedException;
    }

    /// Between one round and the next, the longer the more of them were in vain.
    record Pauses(Duration shortest, Duration longest) {
        static final Pauses STANDARD = new Pauses(Duration.ofMinutes(1), Duration.ofHours(1));

        private Duration longerThan(Duration pause) {
            Duration twice = pause.multipliedBy(2);
            return twice.compareTo(longest) < 0 ? twice : longest;
        }
    }

    /// @param tries how often what is left on its cluster could not be removed
    private record Left(String run, String master, String line, Instant ended, int tries) {
        /// What deletes them, but for the label.
        String deletion() {
            String namespace = JsonMapper.shared()
                    .readTree(line)
                    .path("conf")
                    .path("spark.kubernetes.namespace")
                    .asString("default");
            return "kubectl --server " + master.substring(SparkConf.KUBERNETES.length()) + " -n " + namespace
                    + " delete pods,configmaps,persistentvolumeclaims -l";
        }
    }

    LeftPods(GlueStore store, InstantSource clock, Removal removal, Pauses pauses) {
        this.store = store;
        this.clock = clock;
        this.removal = removal;
        this.pauses = pauses;
    }

    /// Those of the last Feedline's runs are removed from now on.
    void start() {
        int left = store.write(tx -> tx.update(
                "UPDATE pods SET ended = ? WHERE ended IS NULL", clock.instant().toEpochMilli()));
        if (left > 0) {
            LOG.info("The last Feedline may have left pods of {} runs on Kubernetes", left);
        }
        thread = Thread.ofVirtual().name("glue-left-pods").start(this::loop);
    }

    /// In place of [#start], where nothing can remove them.
    void warnOfThoseLeft() {
        Map<String, List<String>> commands = new TreeMap<>();
        store.read(tx -> tx.query(
                        "SELECT run, master, line FROM pods ORDER BY run",
                        row -> new Left(row.getString(1), row.getString(2), row.getString(3), Instant.MIN, 0)))
                .forEach(one -> commands.computeIfAbsent(one.deletion(), first -> new ArrayList<>())
                        .add(KubernetesLabel.value(one.run())));
        int runs = commands.values().stream().mapToInt(List::size).sum();
        if (runs > 0) {
            LOG.warn(
                    "Pods of {} earlier runs may be left on Kubernetes, and a Feedline without Spark removes none:{}",
                    runs,
                    commands.entrySet().stream()
                            .map(of -> "\n" + of.getKey() + " '" + KubernetesLabel.NAME + " in ("
                                    + String.join(",", of.getValue()) + ")'")
                            .collect(Collectors.joining()));
        }
    }

    /// Before the run's driver is told to begin.
    void mayBe(String run, SparkConf conf) {
        ObjectNode line = JsonMapper.shared()
                .createObjectNode()
                .put("podsOfRun", run)
                .put("application", KubernetesLabel.value(run))
                .put("master", conf.master());
        ObjectNode settings = line.putObject("conf");
        conf.properties().forEach(settings::put);
        store.write(tx -> tx.update(
                "INSERT OR REPLACE INTO pods (run, master, line) VALUES (?, ?, ?)",
                run,
                conf.master(),
                line.toString()));
        synchronized (ending) {
            ending.add(run);
        }
    }

    /// When the run's driver is no more.
    ///
    /// @param areGone what the driver has said
    void ended(String run, boolean areGone, Consumer<String> telling) {
        atRemoval.add(run); // before its row can be taken: the run waits for nobody else's removal
        try {
            if (areGone) {
                forget(run);
            } else {
                lookFor(run, telling);
            }
        } catch (AwsServiceException e) {
            LOG.warn("Whether pods of run {} are left is looked at when Glue's store can be written", run, e);
            untold.add(run);
            more.release();
        } finally {
            atRemoval.remove(run);
            synchronized (ending) {
                ending.remove(run);
                ending.notifyAll();
            }
        }
    }

    /// Waits for what runs that are ending look for, but no longer than so.
    void awaitThoseOfRuns(Duration longest) {
        Instant deadline = Instant.now().plus(longest);
        synchronized (ending) {
            try {
                while (!ending.isEmpty() && Instant.now().isBefore(deadline)) {
                    ending.wait(Math.max(
                            1, Duration.between(Instant.now(), deadline).toMillis()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void lookFor(String run, Consumer<String> telling) {
        tellEnd(run);
        for (Left one : left()) {
            if (one.run().equals(run)) {
                telling.accept("The driver has not seen the last of its run's pods go; they are looked for");
                if (!remove(one, telling)) {
                    more.release();
                }
            }
        }
    }

    private void tellEnd(String run) {
        long now = clock.instant().toEpochMilli();
        store.write(tx -> tx.update("UPDATE pods SET ended = ? WHERE run = ?", now, run));
    }

    @Override
    public void close() {
        Thread started = thread;
        if (started != null) {
            started.interrupt();
        }
    }

    private void loop() {
        Duration pause = pauses.shortest();
        try {
            while (true) {
                pause = removeAll() ? pauses.shortest() : pauses.longerThan(pause);
                if (more.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    more.drainPermits();
                    pause = pauses.shortest();
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A cluster that has failed once is asked no more in this round: it might take a minute each time.
    ///
    /// @return whether none failed
    private boolean removeAll() {
        Set<String> failed = new HashSet<>();
        try {
            for (String run : untold) {
                tellEnd(run);
                untold.remove(run);
            }
            for (Left one : left()) {
                if (!failed.contains(one.master()) && !removeUnlessItIsAtRemoval(one)) {
                    failed.add(one.master());
                }
            }
            return failed.isEmpty();
        } catch (AwsServiceException e) {
            LOG.info("Glue's store cannot be asked now which pods are left", e);
            return false;
        }
    }

    /// @return false when it failed
    private boolean removeUnlessItIsAtRemoval(Left one) {
        if (!atRemoval.add(one.run())) {
            return true;
        }
        try {
            return !isLeft(one.run()) || remove(one, said -> {});
        } finally {
            atRemoval.remove(one.run());
        }
    }

    /// Its run may have removed them since they were listed.
    private boolean isLeft(String run) {
        return !store.read(tx -> tx.query("SELECT run FROM pods WHERE run = ?", row -> row.getString(1), run))
                .isEmpty();
    }

    /// @return whether none is left
    private boolean remove(Left one, Consumer<String> telling) {
        try {
            removal.remove(one.master(), one.line(), telling);
            forget(one.run());
            return true;
        } catch (IOException e) {
            String why = "Pods of run " + one.run() + " may be left at " + one.master() + ": " + e.getMessage();
            telling.accept(why);
            int tries = one.tries() + 1;
            if (tries < FEWEST_TRIES || one.ended().plus(LONGEST_LEFT).isAfter(clock.instant())) {
                LOG.warn("{}; it is tried again", why);
                store.write(tx -> tx.update("UPDATE pods SET tries = tries + 1 WHERE run = ?", one.run()));
            } else {
                LOG.error("{}; it was tried {} times and is not tried again", why, tries);
                forget(one.run());
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void forget(String run) {
        store.write(tx -> tx.update("DELETE FROM pods WHERE run = ?", run));
    }

    /// Those first that were tried least: what one of them lacks is not always what all of its cluster lack.
    private List<Left> left() {
        return store.read(tx -> tx.query(
                "SELECT run, master, line, ended, SUM(tries) OVER (PARTITION BY master) FROM pods"
                        + " WHERE ended IS NOT NULL ORDER BY tries, ended, run",
                row -> new Left(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getInt(5))));
    }
}
