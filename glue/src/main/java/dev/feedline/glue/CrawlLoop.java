package dev.feedline.glue;

import dev.feedline.glue.crawl.CrawlFailure;
import dev.feedline.kernel.Ground;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.s3.S3Client;

/// What makes crawls go: a few at a time, each to its end in the store.
///
/// A crawl that was at work when Feedline ended is FAILED at the next start (CANCELLED when it was being stopped); what
/// it had written to the catalog by then stays, and the next crawl goes on from there.
final class CrawlLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrawlLoop.class);
    private static final int AT_ONCE = 2;
    private static final Duration PAUSE_WHEN_DISK_IS_FULL = Duration.ofSeconds(1);
    private static final Duration CLOSING_GRACE = Duration.ofSeconds(10);

    private final GlueStore store;
    private final Ground ground;
    private final Optional<S3Client> s3;
    private final CrawlWriter writer;
    private final ConcurrentHashMap<String, Signal> atWork = new ConcurrentHashMap<>();
    // Crawling computes: on virtual threads it would hold up every other one.
    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("glue-crawl-", 0).factory());

    /// Asks a crawl to end.
    private static final class Signal {
        private volatile boolean isStopped;
        private volatile boolean isClosing;
    }

    /// Thrown between two files of a crawl that is to end.
    private static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    CrawlLoop(GlueStore store, Ground ground, Optional<S3Client> s3, CrawlWriter writer) {
        this.store = store;
        this.ground = ground;
        this.s3 = s3;
        this.writer = writer;
    }

    /// Ends in the store what the last process left unended.
    void settleAfterRestart() {
        store.write(tx -> {
            List<String> names = tx.query("SELECT name FROM crawler WHERE started > 0", row -> row.getString(1));
            for (String name : names) {
                CrawlerRecords.Kept kept = CrawlerRecords.existing(tx, name);
                boolean wasStopping = kept.crawler().state() == CrawlerState.STOPPING;
                CrawlEnding ending = wasStopping
                        ? CrawlEnding.cancelled()
                        : CrawlEnding.failed("Feedline stopped while the crawl was at work; start it again");
                CrawlerRecords.end(tx, kept, ending, ground.clock().instant());
            }
            return null;
        });
    }

    /// Whether there is anything to read from.
    void requireRoom() {
        if (s3.isEmpty()) {
            throw GlueError.INVALID_INPUT.because("This Feedline was started without S3 for crawlers");
        }
    }

    void begin(String name) {
        Signal signal = new Signal();
        atWork.put(name, signal);
        try {
            threads.execute(() -> crawl(name, signal));
        } catch (RejectedExecutionException e) { // closed meanwhile
            atWork.remove(name, signal);
            LOG.info("The crawl of {} was started while Feedline ended; the next start says so", name);
        }
    }

    void stop(String name) {
        Signal signal = atWork.get(name);
        if (signal != null) {
            signal.isStopped = true;
        }
    }

    /// Asks the crawls at work to end; the next start says what became of those that do not come to their end.
    @Override
    public void close() {
        atWork.values().forEach(signal -> signal.isClosing = true);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void crawl(String name, Signal signal) {
        CrawlResult done = new CrawlResult();
        try {
            CrawlEnding ending = ending(name, signal, done);
            if (!signal.isClosing || ending.status() == LastCrawlStatus.SUCCEEDED) {
                end(name, ending.after(done));
            }
        } finally {
            atWork.remove(name, signal);
        }
    }

    private CrawlEnding ending(String name, Signal signal, CrawlResult done) {
        try {
            Crawler crawler = store.read(tx -> CrawlerRecords.existing(tx, name).crawler());
            if (crawler.state() == CrawlerState.STOPPING) { // asked before there was a signal
                return CrawlEnding.cancelled();
            }
            new Crawl(crawler, s3.orElseThrow(), writer, () -> check(signal)).run(done);
            return new CrawlEnding(LastCrawlStatus.SUCCEEDED, null, 0, 0, 0);
        } catch (EndedException e) {
            return CrawlEnding.cancelled();
        } catch (CrawlFailure e) {
            return CrawlEnding.failed(String.valueOf(e.getMessage()));
        } catch (AwsServiceException e) {
            return CrawlEnding.failed(GlueError.message(e));
        } catch (RuntimeException | Error e) { // whatever it is, it is this crawl's end
            LOG.error("Crawl of {} ended with an exception", name, e);
            return CrawlEnding.failed(e.toString());
        }
    }

    private static void check(Signal signal) {
        if (signal.isStopped || signal.isClosing) {
            throw new EndedException();
        }
    }

    private void end(String name, CrawlEnding ending) {
        while (true) {
            try {
                store.write(tx -> {
                    CrawlerRecords.Kept kept = CrawlerRecords.existing(tx, name);
                    CrawlerRecords.end(tx, kept, ending, ground.clock().instant());
                    return null;
                });
                return;
            } catch (AwsServiceException e) {
                if (e.statusCode() != 503) {
                    LOG.error("The end of the crawl of {} could not be kept", name, e);
                    return;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_WHEN_DISK_IS_FULL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("ended while the disk was full", e);
        }
    }
}
