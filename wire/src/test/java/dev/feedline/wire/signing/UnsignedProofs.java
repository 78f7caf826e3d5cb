package dev.feedline.wire.signing;

import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Caller;
import dev.feedline.wire.RequestHead;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Proofs for tests that are about bodies: nothing was signed, the mode is the head's.
public final class UnsignedProofs {
    private UnsignedProofs() {}

    public static Proof of(RequestHead head) {
        Scope scope = new Scope("AKIATEST", "20130524", "us-east-1", "s3");
        Claim.Signed claim = new Claim.Signed(scope, List.of(), "", Instant.EPOCH, Optional.empty());
        Caller caller = new Caller("AKIATEST", Arn.parse("arn:aws:iam::000000000000:root"));
        return new Proof(caller, PayloadMode.ofS3(head, claim), Optional.empty());
    }
}
