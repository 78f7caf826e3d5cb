package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.glue.CrawlerContractSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

class EmbeddedCrawlersTest extends CrawlerContractSuite {
    @TempDir
    private Path folder;

    private final S3Client s3 = EmbeddedClient.around(S3Client.class, new InMemoryS3(InstantSource.system()));

    private EmbeddedGlue glue;

    @AfterEach
    void close() {
        if (glue != null) {
            glue.close();
        }
    }

    /// The suite's own preparations come before those of this class.
    @Override
    protected GlueClient client() {
        if (glue == null) {
            glue = open(key -> {
                if (key.contains("slow")) {
                    pause();
                }
            });
        }
        return EmbeddedClient.around(GlueClient.class, glue);
    }

    @Override
    protected S3Client s3() {
        return s3;
    }

    @Test
    void aCrawlThatWasAtWorkWhenFeedlineEndedHasFailed() throws Exception {
        assertThat(afterAnEndAtWork(false).lastCrawl()).satisfies(last -> {
            assertThat(last.status()).isEqualTo(LastCrawlStatus.FAILED);
            assertThat(last.errorMessage()).contains("Feedline stopped");
        });
    }

    @Test
    void aCrawlThatWasBeingStoppedWhenFeedlineEndedWasCancelled() throws Exception {
        assertThat(afterAnEndAtWork(true).lastCrawl().status()).isEqualTo(LastCrawlStatus.CANCELLED);
    }

    @Test
    void aFileDeletedBeforeItIsReadLeavesNoPartition() throws Exception {
        create("c", "s3://crawled/sales", crawler -> {});
        glue.close();
        glue = open(key -> {
            if (key.contains("month=2")) {
                s3.deleteObject(delete -> delete.bucket("crawled").key(key));
            }
        });
        for (String key : List.of("year=1/month=1/a.jsonl", "year=1/month=2/a.jsonl", "year=2/month=2/a.jsonl")) {
            s3.putObject(put -> put.bucket("crawled").key("sales/" + key), RequestBody.fromString("{\"id\":1}"));
        }

        start("c");

        assertThat(client().getTables(get -> get.databaseName("found")).tableList())
                .singleElement()
                .satisfies(table -> assertThat(table.name()).isEqualTo("sales"));
        assertThat(client().getPartitions(get -> get.databaseName("found").tableName("sales"))
                        .partitions())
                .singleElement()
                .satisfies(partition -> assertThat(partition.values()).containsExactly("1", "1"));
    }

    /// Feedline goes while the crawl reads a file, and is there again.
    private Crawler afterAnEndAtWork(boolean stopping) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        client().createCrawler(create -> create.name("c")
                .role("r")
                .databaseName("found")
                .targets(targets -> targets.s3Targets(target -> target.path("s3://crawled/lake"))));
        glue.close();
        glue = open(key -> {
            reading.countDown();
            await(release);
        });
        s3.putObject(put -> put.bucket("crawled").key("lake/a.jsonl"), RequestBody.fromString("{\"id\":1}"));
        client().startCrawler(start -> start.name("c"));
        await(reading);
        if (stopping) {
            client().stopCrawler(stop -> stop.name("c"));
        }
        try (EmbeddedGlue again = open(key -> {})) {
            Crawler crawler = EmbeddedClient.around(GlueClient.class, again)
                    .getCrawler(get -> get.name("c"))
                    .crawler();
            assertThat(crawler.state()).isEqualTo(CrawlerState.READY);
            assertThat(crawler.crawlElapsedTime()).isNull();
            return crawler;
        } finally {
            release.countDown();
        }
    }

    private EmbeddedGlue open(Consumer<String> beforeReading) {
        S3Client watched = (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getObject")
                            && arguments.length == 2
                            && arguments[0] instanceof GetObjectRequest get) {
                        beforeReading.accept(get.key());
                    }
                    if (method.isDefault() && arguments != null && arguments[0] instanceof Consumer<?>) {
                        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    if (method.getName().equals("getObject") && arguments.length == 1) {
                        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    try {
                        return method.invoke(s3, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try {
            return EmbeddedGlue.open(
                    folder,
                    TestGround.with(InstantSource.system()),
                    GlueSettings.of(Map.of()).crawling(watched));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
