package dev.feedline.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.sim.SimulatedClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

class LifecycleTest {
    @TempDir
    Path folder;

    private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-20T10:00:00Z"));
    private Workbench workbench;
    private S3Client s3;

    @BeforeEach
    void open() throws IOException {
        workbench = new Workbench(folder, clock);
        s3 = workbench.client();
        s3.createBucket(request -> request.bucket("landing"));
    }

    @AfterEach
    void close() {
        workbench.close();
        workbench.close();
    }

    @Test
    void objectsUnderThePrefixExpireAtTheMidnightAfterTheirDays() throws InterruptedException {
        put("data/old");
        put("ops/old");
        clock.advance(Duration.ofDays(1));
        put("data/new");
        configure(expiry("data/", 7));
        // Put on the 20th at ten, seven days later is the 27th at ten, and the midnight after begins the 28th.
        clock.advance(Duration.between(clock.instant(), Instant.parse("2026-11-27T23:59:59Z")));
        workbench.service().start();
        configure(expiry("data/", 7));
        assertThat(keys()).containsExactly("data/new", "data/old", "ops/old");

        clock.advance(Duration.ofSeconds(1));
        configure(expiry("data/", 7));

        awaitKeys(List.of("data/new", "ops/old"));
    }

    @Test
    void inAVersionedBucketWhatExpiresBecomesHidden() throws InterruptedException {
        s3.putBucketVersioning(request -> request.bucket("landing")
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        put("data/old");
        clock.advance(Duration.ofDays(30));
        workbench.service().start();
        configure(expiry("", 7));

        awaitKeys(List.of());
        assertThat(s3.listObjectVersions(request -> request.bucket("landing")).versions())
                .hasSize(1);
    }

    @Test
    void aConfigurationIsShownUntilItIsDeleted() {
        configure(expiry("data/", 7));

        LifecycleRule shown = s3.getBucketLifecycleConfiguration(request -> request.bucket("landing"))
                .rules()
                .getFirst();
        assertThat(shown.filter().prefix()).isEqualTo("data/");
        assertThat(shown.expiration().days()).isEqualTo(7);
        assertThat(shown.id()).isNotEmpty();

        s3.deleteBucketLifecycle(request -> request.bucket("landing"));
        assertThatThrownBy(() -> s3.getBucketLifecycleConfiguration(request -> request.bucket("landing")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchLifecycleConfiguration"));
    }

    @Test
    void aRuleThatWantsMoreIsRefusedByTheNameOfIt() {
        assertThatThrownBy(() -> configure(expiry("data/", 7)
                        .copy(rule -> rule.transitions(
                                transition -> transition.days(1).storageClass(TransitionStorageClass.GLACIER)))))
                .hasMessageContaining("Transitions");
        assertThatThrownBy(() -> configure(expiry("data/", 0))).hasMessageContaining("positive");
    }

    private void awaitKeys(List<String> expected) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(20);
        while (!keys().equals(expected) && Instant.now().isBefore(deadline)) {
            Thread.sleep(Duration.ofMillis(5));
        }
        assertThat(keys()).isEqualTo(expected);
    }

    private List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket("landing")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private void put(String key) {
        s3.putObject(request -> request.bucket("landing").key(key), RequestBody.fromString("x"));
    }

    private void configure(LifecycleRule rule) {
        s3.putBucketLifecycleConfiguration(
                request -> request.bucket("landing").lifecycleConfiguration(lifecycle -> lifecycle.rules(rule)));
    }

    private static LifecycleRule expiry(String prefix, int days) {
        return LifecycleRule.builder()
                .status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.prefix(prefix))
                .expiration(expiration -> expiration.days(days))
                .build();
    }
}
