package dev.feedline.spark;

import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Where the services are. It goes from the driver to the executors; what proves who asks does not:
/// each process finds credentials of its own, by the SDK's default chain.
///
/// @param endpoint Feedline's, absent on AWS
/// @param region absent where the SDK finds it by itself
public record S3Access(@Nullable String endpoint, @Nullable String region) implements Serializable {
    /// From `AWS_ENDPOINT_URL` and `AWS_REGION`.
    public static S3Access of(Map<String, String> environment) {
        return new S3Access(environment.get("AWS_ENDPOINT_URL"), environment.get("AWS_REGION"));
    }

    S3Client s3() {
        // Feedline's buckets are paths; names of hosts are AWS's.
        return with(S3Client.builder().forcePathStyle(endpoint != null))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    public GlueClient glue() {
        return with(GlueClient.builder())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    LambdaClient lambda() {
        return with(LambdaClient.builder())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private <B extends AwsClientBuilder<B, ?>> B with(B builder) {
        if (endpoint != null) {
            builder.endpointOverride(URI.create(endpoint));
        }
        if (region != null) {
            builder.region(Region.of(region));
        }
        return builder;
    }
}
