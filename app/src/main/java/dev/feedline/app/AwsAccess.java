package dev.feedline.app;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/// How AWS is reached where `services.s3` is `aws`: what is not said, the SDK finds by itself, as every program of AWS
/// does (variables, profiles, roles, `AWS_ENDPOINT_URL`).
///
/// @param endpoint null asks the SDK, as do the others
public record AwsAccess(
        @Nullable URI endpoint,
        @Nullable Region region,
        @Nullable AwsCredentialsProvider credentials) {
    /// Everything by the SDK's own means.
    public static final AwsAccess STANDARD = new AwsAccess(null, null, null);

    /// The same in that region.
    AwsAccess in(String newRegion) {
        return new AwsAccess(endpoint, Region.of(newRegion), credentials);
    }

    <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
        Optional.ofNullable(endpoint).ifPresent(builder::endpointOverride);
        Optional.ofNullable(region).ifPresent(builder::region);
        Optional.ofNullable(credentials).ifPresent(builder::credentialsProvider);
        return builder;
    }
}
