package dev.feedline.app;

import dev.feedline.feeds.Buckets;
import dev.feedline.kernel.Account;
import dev.feedline.kernel.Arn;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/// AWS's S3 and SQS, where the pipeline's buckets and queues are when the definition says `services.s3: aws`.
public final class AwsClients implements AutoCloseable {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    /// Longer than the longest poll of a queue (20 s), and than the completion of a large upload takes.
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private final Account account;
    private final SdkHttpClient http;
    private final S3Client s3;
    private final SqsClient sqs;

    private AwsClients(Account account, AwsAccess access, SdkHttpClient http) {
        this.account = account;
        this.http = http;
        this.s3 = access.configured(S3Client.builder()
                        .httpClient(http)
                        // Java's URL connection loses a refusal, and a lost connection, that comes instead of 100
                        // Continue.
                        .serviceConfiguration(service -> service.expectContinueEnabled(false))
                        .overrideConfiguration(client -> client.addExecutionInterceptor(
                                new BucketOwner(account.id(), Buckets.of(account.id(), account.region())))))
                .build();
        this.sqs = access.configured(SqsClient.builder().httpClient(http)).build();
    }

    /// Asks AWS who is asking.
    ///
    /// @throws IOException one sentence for people: no region, no credentials or wrong ones, no answer
    public static AwsClients open(AwsAccess access) throws IOException {
        String region = region(access);
        SdkHttpClient http = http();
        try (StsClient sts = access.in(region)
                .configured(StsClient.builder().httpClient(http))
                .build()) {
            GetCallerIdentityResponse identity = sts.getCallerIdentity(request -> {});
            requirePartition(identity.arn());
            return new AwsClients(new Account(identity.account(), region), access.in(region), http);
        } catch (SdkException e) {
            http.close();
            throw refusal(e, region);
        } catch (IOException | RuntimeException e) {
            http.close();
            throw e;
        }
    }

    /// The same account and region that a server has found; nobody is asked.
    public static AwsClients at(AwsAccess access, Account account) {
        return new AwsClients(account, access.in(account.region()), http());
    }

    public S3Client s3() {
        return s3;
    }

    public SqsClient sqs() {
        return sqs;
    }

    /// Whose credentials they are, and the region.
    public Account account() {
        return account;
    }

    public Buckets buckets() {
        return Buckets.of(account.id(), account.region());
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
        http.close();
    }

    private static String region(AwsAccess access) throws IOException {
        Region said = access.region();
        if (said != null) {
            return said.id();
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException e) {
            throw new IOException(
                    "The definition's S3 is AWS's, and no region is set: set AWS_REGION, or a region in ~/.aws/config.",
                    e);
        }
    }

    /// Buckets and ARNs of China, GovCloud and others have other names than those that this pipeline writes.
    private static void requirePartition(String arn) throws IOException {
        String partition = Arn.parse(arn).partition();
        if (!partition.equals("aws")) {
            throw new IOException("The credentials are of AWS's partition " + partition
                    + ", and Feedline knows the partition aws only (no China, no GovCloud).");
        }
    }

    static IOException refusal(SdkException e, String region) {
        if (e instanceof AwsServiceException refused) {
            boolean isOfCredentials = (refused.statusCode() == BAD_REQUEST || refused.statusCode() == FORBIDDEN)
                    && !refused.isThrottlingException();
            return isOfCredentials
                    ? new IOException(
                            "AWS does not take the credentials for the pipeline's S3 and SQS: " + said(refused)
                                    + ". `aws sts get-caller-identity` shows whose they are.",
                            e)
                    : new IOException("AWS does not answer (STS in " + region + "): " + said(refused), e);
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("Unable to load credentials")
                ? new IOException(
                        "The definition's S3 is AWS's, and there are no credentials for it: set AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run where a role gives them. Looked at: "
                                + tried(message),
                        e)
                : new IOException("AWS does not answer (STS in " + region + "): " + message, e);
    }

    /// What each provider of the chain says, without the chain's own description of itself.
    private static String tried(String message) {
        int start = message.indexOf(") : [");
        return start < 0 ? message : message.substring(start + ") : ".length());
    }

    /// What AWS said, with its code: of a missing permission the message names the action.
    static String said(AwsServiceException refused) {
        @Nullable
        String code = refused.awsErrorDetails() == null
                ? null
                : refused.awsErrorDetails().errorCode();
        @Nullable
        String message = refused.awsErrorDetails() == null
                ? null
                : refused.awsErrorDetails().errorMessage();
        return (message == null ? String.valueOf(refused.getMessage()) : message) + " ("
                + (code == null ? "HTTP " + refused.statusCode() : code) + ")";
    }

    private static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(LONGEST_CONNECT)
                .socketTimeout(LONGEST_SILENCE)
                .build();
    }
}
