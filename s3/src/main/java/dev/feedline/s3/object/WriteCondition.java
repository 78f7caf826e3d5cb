package dev.feedline.s3.object;

import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.ObjectVersion;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.S3Request;

/// What must be true of a key's current object for a write to happen ("Conditional writes" in the S3 user guide).
public record WriteCondition(Optional<String> ifMatch, boolean ifAbsent) {
    /// Reads `IfMatch` and `IfNoneMatch`, of which the latter may only be `*`.
    public static WriteCondition of(S3Request request) {
        Optional<String> ifNoneMatch = request.getValueForField("IfNoneMatch", String.class);
        Optional<String> ifMatch = request.getValueForField("IfMatch", String.class);
        if (ifNoneMatch.isPresent() && !ifNoneMatch.get().equals("*")) {
            throw S3Error.NOT_IMPLEMENTED.because("A header you provided implies functionality that is not implemented:"
                    + " If-None-Match of a write takes only *, given was " + ifNoneMatch.get());
        }
        if (ifNoneMatch.isPresent() && ifMatch.isPresent()) {
            throw S3Error.NOT_IMPLEMENTED.because(
                    "A header you provided implies functionality that is not implemented: If-Match with If-None-Match");
        }
        return new WriteCondition(ifMatch, ifNoneMatch.isPresent());
    }

    /// Checks before the body is taken in; `latest` may be a delete marker, which counts as nothing there.
    public void check(Optional<ObjectVersion> latest) {
        Optional<ObjectVersion> current = latest.filter(version -> !version.deleteMarker());
        if (ifMatch.isPresent() && current.isEmpty()) {
            throw S3Error.NO_SUCH_KEY.because("The specified key does not exist, so its ETag cannot match");
        }
        refuseMismatch(current);
    }

    /// Checks again in the transaction that writes: what was true at the start may not be any more.
    public void checkAtCommit(Optional<ObjectVersion> latest) {
        Optional<ObjectVersion> current = latest.filter(version -> !version.deleteMarker());
        if (ifMatch.isPresent() && current.isEmpty()) {
            throw S3Error.CONDITIONAL_REQUEST_CONFLICT.because(
                    "The conditional request cannot succeed due to a conflicting operation against this resource:"
                            + " the object was deleted meanwhile");
        }
        refuseMismatch(current);
    }

    private void refuseMismatch(Optional<ObjectVersion> current) {
        if (ifAbsent && current.isPresent()) {
            throw failed("If-None-Match");
        }
        if (ifMatch.isPresent() && current.isPresent() && !Etags.matches(ifMatch.get(), current.get())) {
            throw failed("If-Match");
        }
    }

    static AwsServiceException failed(String header) {
        return S3Error.PRECONDITION_FAILED.because(
                "At least one of the pre-conditions you specified did not hold: " + header);
    }
}
