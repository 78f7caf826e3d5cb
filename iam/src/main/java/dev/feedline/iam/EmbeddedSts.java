package dev.feedline.iam;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Caller;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/// STS as far as it says who is asking.
public final class EmbeddedSts implements StsClient {
    private final Account account;

    public EmbeddedSts(Account account) {
        this.account = account;
    }

    /// The caller's identity; Feedline itself asks as the account's root.
    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        Arn principal = Caller.current()
                .map(Caller::principal)
                .orElseGet(() -> new Arn("aws", "iam", "", account.id(), "root"));
        return GetCallerIdentityResponse.builder()
                .account(account.id())
                .arn(principal.toString())
                .userId(account.id()) // the root user's id is the account's
                .build();
    }

    @Override
    public String serviceName() {
        return "sts";
    }

    @Override
    public void close() {}
}
