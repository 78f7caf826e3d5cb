package dev.feedline.gateway;

import dev.feedline.kernel.Caller;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/// Says who is asking.
final class FakeSts implements StsClient {
    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        Caller caller = Caller.CURRENT.get();
        return GetCallerIdentityResponse.builder()
                .account(caller.principal().account())
                .arn(caller.principal().toString())
                .userId(caller.accessKeyId())
                .build();
    }

    @Override
    public String serviceName() {
        return "sts";
    }

    @Override
    public void close() {}
}
