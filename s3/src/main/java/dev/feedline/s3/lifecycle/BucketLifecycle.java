package dev.feedline.s3.lifecycle;

import dev.feedline.kernel.SdkJson;
import dev.feedline.s3.error.Honoured;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.Buckets;
import dev.feedline.s3.state.S3Store;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;

/// The three operations on a bucket's lifecycle configuration.
public final class BucketLifecycle {
    private static final Honoured PUT = Honoured.members("Bucket", "LifecycleConfiguration", "ChecksumAlgorithm");
    private static final Honoured BUCKET = Honoured.members("Bucket");

    private final S3Store store;

    public BucketLifecycle(S3Store store) {
        this.store = store;
    }

    public PutBucketLifecycleConfigurationResponse put(PutBucketLifecycleConfigurationRequest request) {
        PUT.check(request, store.ground().account());
        BucketLifecycleConfiguration configuration = named(Optional.ofNullable(request.lifecycleConfiguration())
                .orElse(BucketLifecycleConfiguration.builder().build()));
        ExpiryRule.read(configuration);
        set(request.bucket(), SdkJson.write(configuration));
        store.ground().bell().ring(Expirer.BELL);
        return PutBucketLifecycleConfigurationResponse.builder().build();
    }

    public GetBucketLifecycleConfigurationResponse get(GetBucketLifecycleConfigurationRequest request) {
        BUCKET.check(request, store.ground().account());
        Optional<String> stored = store.read(tx -> {
            Buckets.require(tx, request.bucket());
            return Buckets.lifecycle(tx, request.bucket());
        });
        String json = stored.orElseThrow(
                () -> S3Error.NO_SUCH_LIFECYCLE_CONFIGURATION.because("The lifecycle configuration does not exist"));
        List<LifecycleRule> rules =
                SdkJson.read(json, BucketLifecycleConfiguration.builder()).rules();
        return GetBucketLifecycleConfigurationResponse.builder().rules(rules).build();
    }

    public DeleteBucketLifecycleResponse delete(DeleteBucketLifecycleRequest request) {
        BUCKET.check(request, store.ground().account());
        set(request.bucket(), null);
        return DeleteBucketLifecycleResponse.builder().build();
    }

    private void set(String bucket, @Nullable String configuration) {
        store.change(change -> {
            Buckets.require(change.tx(), bucket);
            Buckets.setLifecycle(change.tx(), bucket, configuration);
            return true;
        });
    }

    /// Gives rules without an id one, as S3 does.
    private BucketLifecycleConfiguration named(BucketLifecycleConfiguration configuration) {
        return BucketLifecycleConfiguration.builder()
                .rules(configuration.rules().stream()
                        .map(rule -> rule.id() == null
                                ? rule.copy(one ->
                                        one.id(store.ground().ids().uuid().toString()))
                                : rule)
                        .toList())
                .build();
    }
}
