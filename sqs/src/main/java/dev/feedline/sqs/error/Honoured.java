package dev.feedline.sqs.error;

import dev.feedline.kernel.Members;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/// The members of a request or entry that an operation acts on; any other that is given is refused by its name.
public record Honoured(String operation, Set<String> members) {
    public static Honoured of(String operation, String... members) {
        return new Honoured(operation, Set.of(members));
    }

    public void check(SdkPojo request) {
        Members.notHonoured(request, members).ifPresent(name -> {
            throw SqsError.UNSUPPORTED_OPERATION.because(
                    operation + ": Feedline does not honour " + name + " and will not ignore it; leave it out.");
        });
    }
}
