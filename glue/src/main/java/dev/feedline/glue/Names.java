package dev.feedline.glue;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Members;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// The rules for what a request names: catalogs, databases, tables, jobs.
final class Names {
    /// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-common.html: "String of at least 1 and
    /// no more than 255".
    private static final int LONGEST = 255;

    private Names() {}

    /// A catalog name as Glue keeps it: "For Hive compatibility, this name is entirely lowercase."
    static String catalogName(String member, @Nullable String name) {
        return checked(member, name).toLowerCase(Locale.ROOT);
    }

    static String checked(String member, @Nullable String name) {
        if (name == null || name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST) {
            throw GlueError.INVALID_INPUT.because(member + " must have 1 to " + LONGEST + " characters");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw GlueError.INVALID_INPUT.because(member + " must not hold control characters");
        }
        return name;
    }

    /// There is one catalog, the account's own.
    static void requireOwnCatalog(@Nullable String catalogId, Account account) {
        if (catalogId != null && !catalogId.equals(account.id())) {
            throw GlueError.ENTITY_NOT_FOUND.because(
                    "Catalog " + catalogId + " not found; the only one is " + account.id());
        }
    }

    /// Refuses a request with a member that Feedline would otherwise silently ignore.
    static void requireOnly(Set<String> honoured, SdkPojo request) {
        Members.notHonoured(request, honoured).ifPresent(member -> {
            throw GlueError.INVALID_INPUT.because(member + " of "
                    + request.getClass().getSimpleName().replaceFirst("Request$", "")
                    + " is not supported by Feedline");
        });
    }
}
