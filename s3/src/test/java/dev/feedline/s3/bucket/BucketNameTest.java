package dev.feedline.s3.bucket;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

class BucketNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "Upper",
                "under_score",
                "-lead",
                "trail-",
                ".lead",
                "two..dots",
                "192.168.0.1",
                "xn--a",
                "sthree-a",
                "a-s3alias",
                "a--x-s3",
                "with space",
                "üml",
                "session"
            })
    void whatNoBucketMayBeCalledIsRefused(String name) {
        assertThatThrownBy(() -> BucketName.require(name))
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "feedline-source", "a.b.c", "0a0", "1.2.3.4.5", "sessions"})
    void whatABucketMayBeCalledIsTaken(String name) {
        assertThatCode(() -> BucketName.require(name)).doesNotThrowAnyException();
    }
}
