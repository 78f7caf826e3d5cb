package dev.feedline.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Caller;
import dev.feedline.kernel.EmbeddedClient;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.StsClient;

class EmbeddedStsTest {
    private final StsClient sts = EmbeddedClient.around(StsClient.class, new EmbeddedSts(Account.LOCAL));

    @Test
    void theCallerIsWhoeverSignedTheRequest() {
        Caller caller = new Caller("AKIA1", Arn.parse("arn:aws:iam::000000000000:user/anna"));

        var identity = ScopedValue.where(Caller.CURRENT, caller).call(sts::getCallerIdentity);

        assertThat(identity.arn()).isEqualTo("arn:aws:iam::000000000000:user/anna");
        assertThat(identity.account()).isEqualTo("000000000000");
    }

    @Test
    void feedlineItselfIsTheRoot() {
        assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:root");
    }

    @Test
    void anythingElseIsRefusedByItsName() {
        assertThatThrownBy(() -> sts.assumeRole(
                        b -> b.roleArn("arn:aws:iam::000000000000:role/r").roleSessionName("session")))
                .isInstanceOfSatisfying(AwsServiceException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
                    assertThat(e.awsErrorDetails().errorMessage()).contains("AssumeRole");
                });
    }
}
