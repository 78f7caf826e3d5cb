package dev.feedline.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.convert.ConversionReport;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.sim.SimContext;
import dev.feedline.rows.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/// What is done is not done again, and what is gone is not looked for: the cost of a step is that of what is new.
class RepeatedWorkTest {
    private static final byte[] ROWS = "{\"id\":1}\n{\"id\":2}\n".getBytes(UTF_8);

    private final SmallPipeline pipeline = new SmallPipeline(FeedSettings.DEFAULT, Schema.EMPTY);
    private final List<String> read = new ArrayList<>();

    @Test
    void aFileThatIsBeingIngestedIsLeftToThatInvocation() throws IOException {
        SourceVersion file = pipeline.upload("orders/a", ROWS);
        byte[] event = S3Events.write(new S3Events.ObjectReference(file.bucket(), file.key(), file.versionId()));
        List<String> answers = new ArrayList<>();
        IngestFunction[] function = new IngestFunction[1];
        KinesisClient interrupting = watched(KinesisClient.class, pipeline.kinesis, (method, argument) -> {
            if (method.equals("putRecords") && answers.isEmpty()) {
                answers.add("");
                answers.set(0, handle(function[0], event));
            }
        });
        function[0] = new IngestFunction(
                pipeline.s3,
                interrupting,
                pipeline.glue,
                pipeline.lambda,
                Buckets.EMBEDDED,
                IngestSettings.DEFAULT,
                pipeline.clock,
                pipeline.clock::advance);
        assertThat(handle(function[0], event)).contains("SETTLED");
        assertThat(answers).containsExactly("{\"feedline-source/orders/a\":\"AT_WORK\"}");
        assertThat(handle(function[0], event)).contains("SETTLED");
        pipeline.deliver();
        assertThat(landedRows()).isEqualTo(2);
    }

    @Test
    void aLandingObjectIsReadUntilItsChunksAreInTheLake() throws IOException {
        S3Client watching = watched(S3Client.class, pipeline.s3, (method, argument) -> {
            if (argument instanceof GetObjectRequest get) {
                read.add(get.key());
            }
        });
        ConversionJob job = new ConversionJob(watching, pipeline.glue, pipeline.lambda, Buckets.EMBEDDED);
        pipeline.ingest("orders/a", ROWS);
        pipeline.deliver();
        assertThat(job.run().converted()).isOne();
        assertThat(read).anyMatch(key -> key.startsWith(Keys.data("orders")));
        read.clear();
        pipeline.ingest("orders/b", "{\"id\":3}\n".getBytes(UTF_8));
        pipeline.deliver();
        assertThat(job.run().converted()).isOne();
        assertThat(read).noneMatch(key -> key.endsWith("delivery-0") || key.contains("/index/"));
    }

    @Test
    void manyChunksAreConvertedInOneRun() throws IOException {
        for (int i = 0; i < 40; i++) {
            pipeline.ingest("orders/" + i, ("{\"id\":" + i + "}\n").getBytes(UTF_8));
        }
        pipeline.deliver();
        ConversionReport report = pipeline.convert();
        assertThat(List.of(report.converted(), (long) report.failures().size())).containsExactly(40L, 0L);
        assertThat(pipeline.lake()).hasSize(40);
    }

    @Test
    void theSweepPassesOverStreamedRowsThatHaveExpired() throws IOException {
        pipeline.stream("{\"id\":1}\n");
        pipeline.deliver();
        pipeline.convert();
        assertThat(sweep().ingests()).isOne();
        pipeline.s3.deleteObject(request -> request.bucket("feedline-landing").key(Keys.data("orders") + "delivery-0"));
        SweepReport report = sweep();
        assertThat(report.ingests()).isZero();
        assertThat(report.jobStarted()).isFalse();
    }

    @Test
    void theSweepAsksOnlyForTheBalanceOfFilesThatAreNotSettled() throws IOException {
        List<String> queries = new ArrayList<>();
        Receipt done = pipeline.ingest("orders/a", ROWS);
        Sweep sweep = new Sweep(ports(new Answering(queries, done)), Buckets.EMBEDDED, pipeline.clock, Duration.ZERO);
        sweep.run();
        Receipt fresh = pipeline.ingest("orders/b", "{\"id\":4}\n".getBytes(UTF_8));
        sweep.run();
        assertThat(queries.get(0)).contains(done.fileId());
        assertThat(queries.get(1)).contains(fresh.fileId()).doesNotContain(done.fileId());
    }

    @Test
    void aSweepThatIsStoppedEndsAtTheNextObjectAndTheNextSweepDoesAllOfIt() throws IOException {
        for (int i = 0; i < 5; i++) {
            pipeline.upload("orders/" + i, ROWS);
        }
        AtomicInteger asked = new AtomicInteger();
        Sweep stopped = new Sweep(
                ports(new Answering(new ArrayList<>(), pipeline.ingest("orders/done", ROWS))),
                Buckets.EMBEDDED,
                pipeline.clock,
                Duration.ZERO,
                () -> asked.incrementAndGet() == 3);
        assertThatThrownBy(stopped::run).isInstanceOf(CancellationException.class);
        assertThat(asked).hasValue(3);
        assertThat(pipeline.lambda.take()).isEmpty();
        assertThat(sweep().ingests()).isEqualTo(5);
    }

    /// A warehouse that has balanced one file.
    private record Answering(List<String> queries, Receipt done) implements Warehouse {
        @Override
        public List<Map<String, Object>> query(String sql) {
            queries.add(sql);
            return List.of(Map.of(
                    "FEED",
                    "orders",
                    "BUCKET",
                    done.bucket(),
                    "KEY",
                    done.key(),
                    "VERSION",
                    done.version(),
                    "FILE_ID",
                    done.fileId(),
                    "STATE",
                    "BALANCED",
                    "RECEIVED",
                    2,
                    "LOADED",
                    2,
                    "QUARANTINED",
                    0));
        }

        @Override
        public void execute(String sql) {}
    }

    private SweepReport sweep() throws IOException {
        Warehouse empty = new Warehouse() {
            @Override
            public List<Map<String, Object>> query(String sql) {
                return List.of();
            }

            @Override
            public void execute(String sql) {}
        };
        return new Sweep(ports(empty), Buckets.EMBEDDED, pipeline.clock, Duration.ZERO).run();
    }

    private Sweep.Ports ports(Warehouse warehouse) {
        return new Sweep.Ports(pipeline.s3, pipeline.glue, pipeline.lambda, warehouse);
    }

    private long landedRows() {
        return pipeline.s3.objects("feedline-landing").stream()
                .filter(object -> object.key().startsWith(Keys.data("orders")))
                .flatMap(object -> new String(object.bytes(), UTF_8).lines())
                .filter(line -> line.contains("\"_FL\""))
                .count();
    }

    private static String handle(IngestFunction function, byte[] event) {
        try {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            function.handleRequest(
                    new ByteArrayInputStream(event), answer, new SimContext(Names.INGEST_FUNCTION, 900_000));
            return answer.toString(UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Sees a call before it is made; `argument` is the first.
    private interface Seen {
        void call(String method, Object argument);
    }

    private static <C> C watched(Class<C> port, C client, Seen seen) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    Object first = arguments == null ? "" : arguments[0];
                    if (method.isDefault() && first instanceof java.util.function.Consumer) {
                        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    seen.call(method.getName(), first);
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
