package dev.feedline.lambda;

import dev.feedline.kernel.Ground;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The processes of all functions: started when needed, used again while they are warm, ended when
/// their function changes, when they have nothing to do for long, or when another function needs their
/// place.
final class Children implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Children.class);

    private final UnpackedCode code;
    private final RuntimeApi api;
    private final LambdaSettings.Processes settings;
    private final Ground ground;
    private final List<Child> idle = new ArrayList<>();
    private final Set<Child> busy = new HashSet<>();
    private @Nullable Thread reaper;
    private boolean closing;

    Children(UnpackedCode code, RuntimeApi api, LambdaSettings.Processes settings, Ground ground) {
        this.code = code;
        this.api = api;
        this.settings = settings;
        this.ground = ground;
    }

    void start() {
        if (settings.maximum() > 0) {
            reaper = Thread.ofVirtual().name("lambda-processes").start(this::endIdle);
        }
    }

    /// Runs an invocation in a process; the slot is given back at its end.
    Outcome run(Invocation invocation, LogTail log, Slots.Slot slot) throws InterruptedException {
        try (slot) {
            Optional<Child> warm = warm(invocation.function());
            Optional<Outcome> outcome = Optional.empty();
            if (warm.isPresent()) {
                outcome = runIn(warm.get(), invocation, log);
            }
            if (outcome.isEmpty()) { // none was warm, or it had ended before it saw the invocation
                outcome = runIn(fresh(invocation, log), invocation, log);
            }
            return outcome.orElseGet(() -> ErrorPayload.of(
                    "Runtime.ExitError",
                    "RequestId: " + invocation.requestId() + " Error: Runtime exited before it asked for an event"));
        }
    }

    /// Ends the processes of a function that was changed or deleted; those that are running end
    /// afterwards.
    void retire(String function) {
        for (Child child : taken(function)) {
            end(child);
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<Child> all = new ArrayList<>();
        synchronized (this) {
            closing = true;
            all.addAll(idle);
            all.addAll(busy);
            idle.clear();
        }
        all.forEach(this::end);
        if (reaper != null) {
            reaper.interrupt(); // it only sleeps and ends processes
            reaper.join();
        }
    }

    private Optional<Outcome> runIn(Child child, Invocation invocation, LogTail log) throws InterruptedException {
        Optional<Outcome> outcome;
        try {
            outcome = child.run(invocation, log, settings.initTimeout());
        } finally {
            giveBack(child);
        }
        if (isClosing()) { // the end of the process says nothing about the function
            throw LambdaError.SERVICE.because("Feedline is closing");
        }
        return outcome;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /// The process of this very revision that ran last.
    private synchronized Optional<Child> warm(Function function) {
        String revision = function.configuration().revisionId();
        for (Child child : idle.reversed()) {
            if (child.isUsable()
                    && child.function().configuration().revisionId().equals(revision)) {
                idle.remove(child);
                busy.add(child);
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    private Child fresh(Invocation invocation, LogTail log) {
        makeRoom().forEach(this::end);
        Function function = invocation.function();
        try {
            String token = ground.ids().hex(32);
            Path unpacked = code.of(function);
            ChildCommand command = ChildCommand.of(function, unpacked, token, settings, ground.account());
            ChildProcess process = ChildProcess.start(command.command(), command.environment(), unpacked, log);
            Child child = new Child(token, function, process, ground.clock());
            synchronized (this) {
                busy.add(child);
            }
            api.add(child);
            return child;
        } catch (IOException e) {
            throw LambdaError.SERVICE.because(
                    "The process of " + function.name() + " could not be started: " + e.getMessage(), e);
        }
    }

    /// Takes away as many idle processes as there would be too many; slots see to it that enough are
    /// idle.
    private synchronized List<Child> makeRoom() {
        idle.sort(Comparator.comparing(Child::idle).reversed());
        int tooMany = Math.max(0, idle.size() + busy.size() + 1 - settings.maximum());
        List<Child> out = new ArrayList<>(idle.subList(0, Math.min(tooMany, idle.size())));
        idle.removeAll(out);
        return out;
    }

    private void giveBack(Child child) {
        synchronized (this) {
            busy.remove(child);
            if (child.isUsable() && !closing) {
                idle.add(child);
                return;
            }
        }
        end(child);
    }

    private synchronized List<Child> taken(String function) {
        busy.stream().filter(child -> child.function().name().equals(function)).forEach(Child::retire);
        List<Child> out = new ArrayList<>(idle.stream()
                .filter(child -> child.function().name().equals(function))
                .toList());
        idle.removeAll(out);
        return out;
    }

    private void endIdle() {
        try {
            while (!isClosing()) {
                Thread.sleep(BETWEEN_LOOKS);
                List<Child> out;
                synchronized (this) {
                    out = new ArrayList<>(idle.stream()
                            .filter(child -> !child.isUsable() || child.idle().compareTo(settings.idle()) > 0)
                            .toList());
                    idle.removeAll(out);
                }
                out.forEach(this::end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Lambda is closing
        }
    }

    private void end(Child child) {
        child.kill();
        api.remove(child);
        try {
            code.forget(child.function());
        } catch (IOException e) {
            LOG.warn(
                    "Old code of {} could not be removed; the next start removes it",
                    child.function().name(),
                    e);
        }
    }
}
