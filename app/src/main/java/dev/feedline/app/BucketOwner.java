package dev.feedline.app;

import dev.feedline.feeds.Buckets;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/// Whose the pipeline's buckets are, said with every request to them: AWS then refuses when somebody else has taken a
/// name that was deleted meanwhile.
///
/// Buckets of other names may be anybody's.
final class BucketOwner implements ExecutionInterceptor {
    private static final String OWNER = "x-amz-expected-bucket-owner";
    private static final String OWNER_OF_SOURCE = "x-amz-source-expected-bucket-owner";

    private final String account;
    private final Set<String> names;

    BucketOwner(String account, Buckets buckets) {
        this.account = account;
        this.names = Set.of(buckets.source(), buckets.landing(), buckets.lake());
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        if (request instanceof CreateBucketRequest) {
            return context.httpRequest(); // a bucket that is not there has no owner
        }
        SdkHttpRequest.Builder http = context.httpRequest().toBuilder();
        if (isOurs(request, "Bucket", name -> name)) {
            http.putHeader(OWNER, account);
        }
        // The SDK has made one string of a copy's bucket and key by now.
        if (isOurs(request, "CopySource", source -> source.substring(0, source.indexOf('/')))) {
            http.putHeader(OWNER_OF_SOURCE, account);
        }
        return http.build();
    }

    private boolean isOurs(SdkRequest request, String field, UnaryOperator<String> bucket) {
        return request.getValueForField(field, String.class)
                .map(bucket)
                .filter(names::contains)
                .isPresent();
    }
}
