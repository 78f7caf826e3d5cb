package dev.feedline.s3.error;

import dev.feedline.kernel.Account;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.s3.model.S3Request;

/// The members of a request that an operation acts on; any other that is given is refused by its name.
///
/// `RequestPayer` says who pays and changes nothing; `ExpectedBucketOwner` is checked here for every operation.
public final class Honoured {
    private static final Set<String> EVERYWHERE =
            Set.of("RequestPayer", "ExpectedBucketOwner", "ExpectedSourceBucketOwner");

    private final Set<String> members;

    private Honoured(Set<String> members) {
        this.members = members;
    }

    public static Honoured members(String... names) {
        return new Honoured(Set.of(names));
    }

    public void check(S3Request request, Account account) {
        String operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
        refuseOthers(request, operation);
        requireOwner(request, "ExpectedBucketOwner", account);
        requireOwner(request, "ExpectedSourceBucketOwner", account);
    }

    /// Refuses members of a nested structure, `path` naming it.
    public void refuseOthers(SdkPojo pojo, String path) {
        for (SdkField<?> field : pojo.sdkFields()) {
            String name = field.memberName();
            if (!members.contains(name) && !EVERYWHERE.contains(name) && isGiven(field.getValueOrDefault(pojo))) {
                throw S3Error.NOT_IMPLEMENTED.because(
                        path + ": Feedline does not honour " + name + " and will not ignore it; leave it out.");
            }
        }
    }

    private static boolean isGiven(@Nullable Object value) {
        return value != null
                && !Boolean.FALSE.equals(value)
                && !(value instanceof SdkAutoConstructList)
                && !(value instanceof SdkAutoConstructMap);
    }

    private static void requireOwner(S3Request request, String member, Account account) {
        request.getValueForField(member, String.class).ifPresent(owner -> {
            if (!owner.equals(account.id())) {
                throw S3Error.ACCESS_DENIED.because(
                        "Access Denied: the bucket belongs to account " + account.id() + ", not to " + owner);
            }
        });
    }
}
