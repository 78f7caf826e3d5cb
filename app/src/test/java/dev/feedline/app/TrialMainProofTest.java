package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.TrialServer.Options;
import dev.feedline.feeds.Buckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

/// The trial server ends where it is told to.
@Tag("proof")
class TrialMainProofTest {
    @ParameterizedTest
    @EnumSource(
            value = KillPoint.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OBJECT_BEFORE_EVENT", "ROWS_BEFORE_HISTORY"})
    void aServerEndsAtItsPoint(KillPoint point, @TempDir Path temp) throws Exception {
        Path definition = Files.writeString(temp.resolve("feedline.yaml"), "feeds: {orders: {}}\n");
        List<String> java = TrialJava.command(temp);
        try (TrialServer server = TrialServer.start(temp.resolve("data"), definition, java, Options.PLAIN)) {
            assertThat(server.awaitReady()).isTrue();
            server.close();
            server.startAgain(Options.PLAIN.killedAt(point, 1));
            assertThat(server.awaitReady()).isTrue();
            long start = System.nanoTime();
            try (Reach reach = server.reach()) {
                reach.s3()
                        .putObject(
                                request -> request.bucket(Buckets.EMBEDDED.source())
                                        .key("orders/1.jsonl"),
                                RequestBody.fromBytes("{\"a\":1}\nbad\n".getBytes(UTF_8)));
            } catch (software.amazon.awssdk.core.exception.SdkException e) {
                assertThat(server.awaitKilled(Duration.ofSeconds(5)))
                        .as(e.toString())
                        .isTrue();
            }
            assertThat(server.awaitKilled(Duration.ofSeconds(20))).isTrue();
            System.out.println(point + " after " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }
}
