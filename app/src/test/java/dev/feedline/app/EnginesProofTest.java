package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.convert.LakeEngine;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The native engine and Spark write the same lake objects for the same chunks, byte for byte, so a feed may change its
/// engine at any time.
@Tag("proof")
class EnginesProofTest {
    private static final String DEFINITION = """
            feeds:
              orders:
                schema:
                  columns:
                    id: bigint
                    ordered_at: timestamp
                    amount: decimal(12,2)
                    coupon: string
                    rate: decimal(38,18)
                    items: array<struct<sku:string,qty:bigint,price:decimal(12,2),gift:boolean>>
                convert: { %1$s }
              events: { convert: { %1$s } }
              payments: { convert: { %1$s } }
            """;
    /// Columns that no file before had, at the top and within; rows that are none, or do not fit; a day that was never.
    private static final String EVOLVED = """
            {"id":1,"amount":0.01,"since":"2026-11-27","nested":{"deep":[{"x":1},{"x":null,"y":[true,null]},null]}}
            {"id":2,"amount":-9999999999.99,"customer":{"id":7,"tier":"gold"},"nested":{"deep":[],"more":1e300}}
            {"id":3,"amount":"1.2.3"}
            {"id":4,
            {"id":5,"ordered_at":"2026-02-30T00:00:00Z"}
            {"id":6,"items":[{"sku":"a","qty":1.5}]}
            {"id":9223372036854775807,"text":"\\u0000 \\ud83d\\ude00 ü","rate":0.000000000000000001,"items":[null,{"gift":true}]}
            {"id":9223372036854775808}
            """;

    private record Written(S3Object object, byte[] bytes) {}

    @BeforeAll
    static void thisCheckoutIsHome() {
        GlueRuns.useThisCheckout();
    }

    @AfterAll
    static void leave() {
        GlueRuns.leaveThisCheckout();
    }

    @Test
    void theirLakeObjectsAreTheSameBytes(@TempDir Path folder) throws Exception {
        Map<String, Written> byNative;
        try (TestingFeedline feedline = TestingFeedline.start(folder, DEFINITION.formatted("engine: native"))) {
            long quarantined = 0;
            for (Map.Entry<String, byte[]> file : files().entrySet()) {
                FileState state = feedline.put(file.getKey(), file.getValue());
                assertThat(state.state()).as(file.getKey()).isEqualTo(State.BALANCED);
                quarantined += state.quarantined();
            }
            assertThat(quarantined).isGreaterThan(5);
            byNative = lake(feedline.s3(), LakeEngine.NATIVE);
            assertThat(byNative).hasSize(files().size());
            for (String key : byNative.keySet()) {
                feedline.s3()
                        .deleteObject(request ->
                                request.bucket(Buckets.EMBEDDED.lake()).key(key));
            }
        }
        String spark = DEFINITION.formatted("engine: spark, master: 'local[2]'");
        try (TestingFeedline feedline = TestingFeedline.start(folder, spark)) { // whose sweep misses the objects
            Await.until(() -> keys(feedline.s3()).equals(byNative.keySet()), "all chunks are converted again");
            lake(feedline.s3(), LakeEngine.SPARK).forEach((key, written) -> {
                assertThat(Arrays.mismatch(written.bytes(), byNative.get(key).bytes()))
                        .as("the first byte of " + key + " that differs")
                        .isEqualTo(-1);
                assertThat(written.object().eTag())
                        .as(key)
                        .isEqualTo(byNative.get(key).object().eTag());
            });
        }
    }

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("orders/orders.jsonl", TestingFeedline.example("orders.jsonl"));
        files.put("orders/orders-dirty.jsonl", TestingFeedline.example("orders-dirty.jsonl"));
        files.put("orders/evolved.jsonl", EVOLVED.getBytes(UTF_8));
        files.put("events/events.jsonl.gz", TestingFeedline.example("events.jsonl.gz"));
        files.put("payments/payments.csv", TestingFeedline.example("payments.csv"));
        return files;
    }

    private static Set<String> keys(S3Client s3) {
        return lakeObjects(s3).keySet();
    }

    private static Map<String, S3Object> lakeObjects(S3Client s3) {
        Map<String, S3Object> objects = new TreeMap<>();
        s3.listObjectsV2(request -> request.bucket(Buckets.EMBEDDED.lake()))
                .contents()
                .forEach(object -> objects.put(object.key(), object));
        return objects;
    }

    private static Map<String, Written> lake(S3Client s3, LakeEngine engine) {
        Map<String, Written> written = new TreeMap<>();
        for (S3Object object : lakeObjects(s3).values()) {
            HeadObjectResponse head = s3.headObject(
                    request -> request.bucket(Buckets.EMBEDDED.lake()).key(object.key()));
            assertThat(head.metadata()).as(object.key()).isEqualTo(engine.metadata());
            byte[] bytes = s3.getObjectAsBytes(
                            request -> request.bucket(Buckets.EMBEDDED.lake()).key(object.key()))
                    .asByteArrayUnsafe();
            written.put(object.key(), new Written(object, bytes));
        }
        return written;
    }
}
