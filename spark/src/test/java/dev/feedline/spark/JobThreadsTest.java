package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JobThreadsTest {
    private static final String JOB = "a job";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch goal = new CountDownLatch(1);

    /// Is at work until the latch opens.
    public static final class Work implements Runnable {
        private final CountDownLatch until;

        public Work(CountDownLatch until) {
            this.until = until;
        }

        @Override
        public void run() {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void aThreadThatIsAtWorkIsWaitedForAndNamedOnce() throws Exception {
        Thread left = new Thread(work(goal), "left at work");
        left.start();
        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
            try {
                JobThreads.awaitEnd(JOB, told::add);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (told.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(end).isNotDone();
        goal.countDown();
        end.get();
        assertThat(left.isAlive()).isFalse();
        assertThat(told).singleElement().asString().contains("left at work", "JobThreadsTest$Work.run");
    }

    @Test
    void daemonsAndIdlePoolsAreNotWaitedFor() throws Exception {
        Thread daemon = new Thread(work(goal), "a daemon");
        daemon.setDaemon(true);
        daemon.start();
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            pool.submit(work(new CountDownLatch(0))).get();
            JobThreads.awaitEnd(JOB, told::add);
        }
        assertThat(told).isEmpty();
        goal.countDown();
    }

    /// Of a class that the job's loader has loaded.
    private static Runnable work(CountDownLatch until) throws Exception {
        URL classes = Work.class.getProtectionDomain().getCodeSource().getLocation();
        URLClassLoader job = new URLClassLoader(JOB, new URL[] {classes}, ClassLoader.getPlatformClassLoader());
        return (Runnable) job.loadClass(Work.class.getName())
                .getConstructor(CountDownLatch.class)
                .newInstance(until);
    }
}
