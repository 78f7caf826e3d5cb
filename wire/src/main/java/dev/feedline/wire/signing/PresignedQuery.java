package dev.feedline.wire.signing;

import dev.feedline.wire.Query;
import dev.feedline.wire.RequestHead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// A presigned URL: the signature and everything about it travels in the query.
final class PresignedQuery {
    /// S3 documents seven days as the longest a presigned URL may hold.
    static final Duration LONGEST = Duration.ofDays(7);

    private PresignedQuery() {}

    static Claim.Signed parse(RequestHead head) {
        Query query = head.query();
        String algorithm = only(query, "X-Amz-Algorithm");
        if (!algorithm.equals(AuthorizationHeader.ALGORITHM)) {
            throw SigningError.MALFORMED_QUERY.of(
                    "s3", "X-Amz-Algorithm only supports \"" + AuthorizationHeader.ALGORITHM + "\".");
        }
        Scope scope = Scope.parse(only(query, "X-Amz-Credential"))
                .orElseThrow(() -> malformed("X-Amz-Credential must be KEY/DATE/REGION/SERVICE/aws4_request."));
        return new Claim.Signed(
                scope,
                List.of(only(query, "X-Amz-SignedHeaders").split(";")),
                only(query, "X-Amz-Signature"),
                SignedTime.parse(only(query, "X-Amz-Date"))
                        .orElseThrow(() -> malformed("X-Amz-Date must be of the form 20130524T000000Z.")),
                Optional.of(validFor(only(query, "X-Amz-Expires"))));
    }

    private static Duration validFor(String seconds) {
        if (!seconds.matches("\\d{1,9}")) {
            throw malformed("X-Amz-Expires should be a number of seconds.");
        }
        Duration validFor = Duration.ofSeconds(Long.parseLong(seconds));
        if (validFor.compareTo(LONGEST) > 0) {
            throw malformed("X-Amz-Expires must be less than a week (in seconds); that is, at most 604800.");
        }
        return validFor;
    }

    private static String only(Query query, String name) {
        List<String> values = query.all(name);
        if (values.size() != 1) {
            throw malformed("Query-string authentication requires " + name + " exactly once.");
        }
        return values.getFirst();
    }

    private static AwsServiceException malformed(String message) {
        return SigningError.MALFORMED_QUERY.of("s3", message);
    }
}
