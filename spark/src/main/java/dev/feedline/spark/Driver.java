package dev.feedline.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.spark.TaskContext;

/// The process that runs one job run on Spark for Feedline.
///
/// It warms up, is given its run as one line of JSON ([RunLine]) on standard input, runs it, writes
/// a report and exits with 0 when the run SUCCEEDED. When standard input ends, Feedline is gone: it
/// halts at once, and its executors with it; one on Kubernetes removes their pods first.
///
/// Another kind of line ([LeftPods]) has it remove what a driver that was killed has left there.
public final class Driver {
    private static final int HALTED = 70;
    /// What there is to do before it halts.
    private static volatile Runnable beforeHalt = () -> {};

    private Driver() {}

    public static void main(String[] none) throws Exception {
        Future<String> line = watchInput();
        WarmUp.untilAsked(line::isDone);
        String given = given(line);
        Optional<LeftPods> left = LeftPods.parse(given);
        System.exit((left.isPresent() ? left.get().remove() : run(RunLine.parse(given))) ? 0 : 1);
    }

    private static Future<String> watchInput() {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread watch = new Thread(
                () -> {
                    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
                        String first = in.readLine();
                        if (first != null) {
                            line.complete(first);
                        }
                        while (in.read() >= 0) {
                            continue; // nothing more is said; only the end matters
                        }
                    } catch (IOException e) {
                        System.err.println("standard input cannot be read: " + e);
                    }
                    beforeHalt.run();
                    Runtime.getRuntime().halt(HALTED);
                },
                "feedline-is-there");
        watch.setDaemon(true);
        watch.start();
        return line;
    }

    private static String given(Future<String> line) throws InterruptedException {
        try {
            return line.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a line that was never to fail has failed", e);
        }
    }

    /// @return whether it succeeded, as the report says
    static boolean run(RunLine line) {
        RunOfDriver run = RunOfDriver.CURRENT;
        Report report = new Report(line.report(), run);
        // Of KubernetesPods nothing is named but where it is needed: elsewhere its client is not there.
        Runnable atJobsEnd = () -> {};
        boolean jobHasBegun = false;
        try {
            run.begin(line.runId(), BookmarkBook.of(line.bookmarks(), System.currentTimeMillis()), line.commits());
            JobClasses classes = JobClasses.of(line);
            SparkSettings.apply(line, classes.shipped());
            if (KubernetesMaster.isOne(line.master())) {
                atJobsEnd = KubernetesPods.endWithRun(line, report);
                beforeHalt = () -> KubernetesPods.exitInOrder(HALTED);
            }
            AbortedWrites.awaitAtExit();
            Exit.announce((call, status) -> announce(call, status, report));
            Thread.currentThread().setContextClassLoader(classes.loader());
            Method main = main(classes.loader(), line);
            jobHasBegun = true;
            call(main, line);
            JobThreads.awaitEnd(classes.loader().getName(), System.err::println);
            atJobsEnd.run();
            // A context that the job has left open is stopped by Spark itself when this process exits.
            report.succeeded();
            return true;
        } catch (Throwable thrown) { // whatever a job throws is its run's end
            thrown.printStackTrace();
            report.failed(thrown);
            if (!jobHasBegun && KubernetesMaster.isOne(line.master())) {
                KubernetesMaster.tellPodsGone(line); // nobody could ask for any
            }
            return false;
        }
    }

    /// An exit with 0 says that the job is done, unless it comes from a task (on a cluster it would have ended an
    /// executor, and Spark would have told the job), or was none in order.
    private static void announce(String call, int status, Report report) {
        boolean isOfTask = TaskContext.get() != null;
        if (status == 0 && !isOfTask && !call.equals(Exit.HALT)) {
            report.succeeded();
        } else {
            report.failed((isOfTask ? "a task of the job" : "the job") + " ended the process with " + call + "("
                    + status + ")");
        }
    }

    private static void call(Method main, RunLine line) throws Throwable {
        try {
            main.invoke(null, (Object) Arguments.words(line.arguments()));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /// Nothing of the job's has run when it is found.
    private static Method main(ClassLoader loader, RunLine line) throws ClassNotFoundException, NoSuchMethodException {
        try {
            return main(Class.forName(line.mainClass(), false, loader));
        } catch (ClassNotFoundException e) {
            throw new ClassNotFoundException(
                    line.mainClass() + ": neither the script nor the jars of job " + line.jobName()
                            + " have this class; --class must name it with its package",
                    e);
        }
    }

    private static Method main(Class<?> main) throws NoSuchMethodException {
        Method found = main.getMethod("main", String[].class);
        if (!Modifier.isStatic(found.getModifiers())) {
            throw new NoSuchMethodException(
                    main.getName() + ".main is not static; in Scala, let an object of this name have it");
        }
        found.setAccessible(true);
        return found;
    }
}
