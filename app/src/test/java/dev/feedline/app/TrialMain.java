package dev.feedline.app;

import dev.feedline.feeds.definition.DefinitionReader;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// `feedline up` for trials: the same server, with defences switched off, the clock set forward, or an end at a named
/// point.
///
/// Arguments: the data folder, the port, the definition. Options, as system properties:
/// `feedline.trial.off=journal,crc-check` (see [SwitchedOff]), `feedline.trial.kill=LANDING_BEFORE_CHECKPOINT:2:PT1S`
/// (SIGKILL to itself the second time the [KillPoint] is met, after holding that thread for a second),
/// `feedline.trial.ahead=P30D`.
final class TrialMain {
    private static final int EXIT_DISK_FAILED = 70;

    private static final int SIGKILL = 9;

    private TrialMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FeedlineSettings settings = FeedlineSettings.of(
                        Path.of(arguments[0]), DefinitionReader.read(Path.of(arguments[2])), TrialMain::stopAtOnce)
                .at("127.0.0.1", Integer.parseInt(arguments[1]));
        String kill = System.getProperty("feedline.trial.kill", "");
        String[] end = kill.split(":", -1);
        TrialRig rig = new TrialRig(
                off(System.getProperty("feedline.trial.off", "")),
                kill.isEmpty() ? Optional.empty() : Optional.of(KillPoint.valueOf(end[0])),
                kill.isEmpty() ? 1 : Integer.parseInt(end[1]),
                kill.isEmpty() ? Duration.ZERO : Duration.parse(end[2]),
                Duration.parse(System.getProperty("feedline.trial.ahead", "PT0S")),
                TrialMain::killMyself);
        CountDownLatch stopped = new CountDownLatch(1);
        Feedline feedline = Feedline.start(settings, rig);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            feedline.close();
            stopped.countDown();
        }));
        System.out.println("Feedline is ready at " + feedline.server().endpoint());
        System.out.flush();
        stopped.await();
    }

    private static Set<SwitchedOff> off(String flags) {
        Set<SwitchedOff> off = EnumSet.noneOf(SwitchedOff.class);
        for (String flag : flags.toLowerCase(Locale.ROOT).split(",", -1)) {
            if (!flag.isBlank()) {
                off.add(SwitchedOff.of(flag));
            }
        }
        return off;
    }

    /// SIGKILL by `kill(2)`: no hook, no flush, no other thread's next step.
    private static void killMyself() {
        Linker linker = Linker.nativeLinker();
        MethodHandle kill = linker.downcallHandle(
                linker.defaultLookup().find("kill").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int result = (int) kill.invokeExact((int) ProcessHandle.current().pid(), SIGKILL);
            throw new IllegalStateException("kill(2) came back with " + result);
        } catch (Throwable e) {
            throw new IllegalStateException("SIGKILL could not be sent", e);
        }
    }

    private static void stopAtOnce(Exception failure) {
        System.err.println("feedline: " + failure.getMessage());
        Runtime.getRuntime().halt(EXIT_DISK_FAILED);
    }
}
