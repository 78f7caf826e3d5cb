package dev.feedline.iam;

import dev.feedline.kernel.Members;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/// What IAM's model demands of a member, and its words for one that breaks it.
///
/// @param member as IAM's messages write it: in camel case
record Constraint(String member, int shortest, int longest, Pattern pattern, String allowed) {
    private static final Pattern ANYTHING = Pattern.compile("(?s).*");
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    private static final String NAME_ALLOWED =
            "It must contain only alphanumeric characters and/or the following: +=,.@_-";

    static Constraint name(String member, int longest) {
        return new Constraint(member, 1, longest, NAME, NAME_ALLOWED);
    }

    static Constraint length(String member, int shortest, int longest) {
        return new Constraint(member, shortest, longest, ANYTHING, "");
    }

    /// The value, when it is there and keeps to this.
    String checked(@Nullable String value) {
        if (value == null) {
            throw broken("null", "Member must not be null");
        }
        int length = value.codePointCount(0, value.length());
        if (length < shortest) {
            throw broken("'" + value + "'", "Member must have length greater than or equal to " + shortest);
        }
        if (length > longest) {
            throw broken("'" + shown(value) + "'", "Member must have length less than or equal to " + longest);
        }
        if (!pattern.matcher(value).matches()) {
            throw IamError.VALIDATION.because("The specified value for " + member + " is invalid. " + allowed);
        }
        return value;
    }

    /// A value that may be left out.
    @Nullable
    String optional(@Nullable String value) {
        return value == null ? null : checked(value);
    }

    /// What has no entries is not told from what is not there: both come without a parameter.
    static void requireSome(String member, List<?> values) {
        if (values.isEmpty()) {
            throw length(member, 1, 1).broken("null", "Member must not be null");
        }
    }

    static int range(String member, int value, int least, int most) {
        if (value < least || value > most) {
            throw IamError.VALIDATION.because("1 validation error detected: Value '" + value + "' at '" + member
                    + "' failed to satisfy constraint: Member must have value "
                    + (value < least ? "greater than or equal to " + least : "less than or equal to " + most));
        }
        return value;
    }

    /// Refuses a request with a member that Feedline would otherwise silently ignore.
    static void requireOnly(SdkPojo request, String... honoured) {
        Members.notHonoured(request, Set.of(honoured)).ifPresent(found -> {
            throw IamError.INVALID_INPUT.because(found + " of "
                    + request.getClass().getSimpleName().replaceFirst("Request$", "")
                    + " is not supported by Feedline");
        });
    }

    private AwsServiceException broken(String value, String constraint) {
        return IamError.VALIDATION.because("1 validation error detected: Value " + value + " at '" + member
                + "' failed to satisfy constraint: " + constraint);
    }

    private static String shown(String value) {
        return value.length() <= 200 ? value : value.substring(0, 200) + "…";
    }
}
