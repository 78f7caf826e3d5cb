package dev.feedline.lambda;

import dev.feedline.kernel.Account;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a request names a function: by name, by `account:function:name` or by ARN, each with or without
/// a version.
///
/// @param name the plain name
/// @param version the qualifier, `$LATEST` when none was given
record FunctionName(String name, String version) {
    static final String LATEST = "$LATEST";

    private static final Pattern FORM =
            Pattern.compile("(?:(?:arn:aws:lambda:(?<region>[a-z0-9-]+):)?(?<account>\\d{12}):function:|function:)?"
                    + "(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<version>\\$LATEST|[a-zA-Z0-9-_]+))?");

    /// @throws software.amazon.awssdk.services.lambda.model.LambdaException when it is no name, or
    ///     names what is not in this account
    static FunctionName parse(String text, @Nullable String qualifier, Account account) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because("Value '" + text
                    + "' at 'functionName' failed to satisfy constraint: a function's name, partial ARN or ARN");
        }
        String version = form.group("version") == null ? qualifier : form.group("version");
        FunctionName name = new FunctionName(form.group("name"), version == null ? LATEST : version);
        boolean here = (form.group("account") == null || form.group("account").equals(account.id()))
                && (form.group("region") == null || form.group("region").equals(account.region()));
        // Versions and aliases are not published here, so only the latest is there.
        if (!here || !name.version().equals(LATEST)) {
            throw notFound(here ? name.arn(account) + ":" + name.version() : text);
        }
        return name;
    }

    static RuntimeException notFound(String arn) {
        return LambdaError.RESOURCE_NOT_FOUND.because("Function not found: " + arn);
    }

    String arn(Account account) {
        return account.arn("lambda", "function:" + name).toString();
    }
}
