package dev.feedline.glue;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Members;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// The rules for what a request names: catalogs, databases, tables, jobs.
final class Names {
    /// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html: "not less than 1 or more than 255
    /// bytes long".
    private static final int LONGEST_BYTES = 255;

    private Names() {}

    /// A catalog name as Glue keeps it: "For Hive compatibility, this name is entirely lowercase."
    static String catalogName(String member, @Nullable String name) {
        return checked(member, name).toLowerCase(Locale.ROOT);
    }

    static String checked(String member, @Nullable String name) {
        if (name == null || name.isEmpty() || Utf8.bytes(member, name) > LONGEST_BYTES) {
            throw GlueError.INVALID_INPUT.because(member + " must have 1 to " + LONGEST_BYTES + " bytes");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw GlueError.INVALID_INPUT.because(member + " must not hold control characters");
        }
        return name;
    }

    /// What a request has to say. The SDK's models of Glue do not tell which members those are.
    static <T> T required(String member, @Nullable T value) {
        if (value == null) {
            throw GlueError.INVALID_INPUT.because(member + " is missing");
        }
        return value;
    }

    static void requireRole(@Nullable String role) {
        if (role == null || role.isEmpty()) {
            throw GlueError.INVALID_INPUT.because("Role must be given: the name or the ARN of an IAM role");
        }
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
        requireOnly(honoured, request, Map.of());
    }

    /// @param reasons of members, by their first part, where there is more to say than their name
    static void requireOnly(Set<String> honoured, SdkPojo request, Map<String, String> reasons) {
        Members.notHonoured(request, honoured).ifPresent(member -> {
            String reason = reasons.get(member.split("\\.", 2)[0]);
            throw GlueError.INVALID_INPUT.because(member + " of "
                    + request.getClass().getSimpleName().replaceFirst("Request$", "")
                    + " is not supported by Feedline" + (reason == null ? "" : ": " + reason));
        });
    }
}
