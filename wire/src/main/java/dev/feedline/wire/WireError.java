package dev.feedline.wire;

import dev.feedline.kernel.Blame;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What can be wrong with a request before a service sees it, by the names AWS gives these errors.
public enum WireError {
    INVALID_URI("InvalidURI", 400),
    INVALID_REQUEST("InvalidRequest", 400),
    INVALID_ARGUMENT("InvalidArgument", 400),
    INVALID_BUCKET_NAME("InvalidBucketName", 400),
    MALFORMED_XML("MalformedXML", 400),
    SERIALIZATION("SerializationException", 400),
    MALFORMED_QUERY("MalformedQueryString", 400),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
    MISSING_CONTENT_LENGTH("MissingContentLength", 411),
    ENTITY_TOO_LARGE("EntityTooLarge", 400),
    REQUEST_TOO_LARGE("RequestEntityTooLargeException", 413),
    INCOMPLETE_BODY("IncompleteBody", 400),
    BAD_DIGEST("BadDigest", 400),
    INVALID_DIGEST("InvalidDigest", 400),
    CONTENT_SHA256_MISMATCH("XAmzContentSHA256Mismatch", 400),
    MALFORMED_TRAILER("MalformedTrailerError", 400),
    ACCESS_DENIED("AccessDenied", 403),
    NOT_IMPLEMENTED("NotImplemented", 501),
    SLOW_DOWN("SlowDown", 503),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
    INTERNAL("InternalError", 500),
    INTERNAL_FAILURE("InternalFailure", 500);

    private final String code;
    private final int status;

    WireError(String code, int status) {
        this.code = code;
        this.status = status;
    }

    public String code() {
        return code;
    }

    public Blame blame() {
        return switch (this) {
            case INTERNAL, INTERNAL_FAILURE -> Blame.FEEDLINE;
            case SLOW_DOWN, SERVICE_UNAVAILABLE -> Blame.RESOURCE;
            case INVALID_URI,
                    INVALID_REQUEST,
                    INVALID_ARGUMENT,
                    INVALID_BUCKET_NAME,
                    MALFORMED_XML,
                    SERIALIZATION,
                    MALFORMED_QUERY,
                    METHOD_NOT_ALLOWED,
                    MISSING_CONTENT_LENGTH,
                    ENTITY_TOO_LARGE,
                    REQUEST_TOO_LARGE,
                    INCOMPLETE_BODY,
                    BAD_DIGEST,
                    INVALID_DIGEST,
                    CONTENT_SHA256_MISMATCH,
                    MALFORMED_TRAILER,
                    ACCESS_DENIED,
                    NOT_IMPLEMENTED -> Blame.CALLER;
        };
    }

    /// The error as the SDK's exception, ready to throw.
    public AwsServiceException because(String message) {
        return refusal(status, code, message);
    }

    /// Any error of a given code, as the SDK's exception.
    public static AwsServiceException refusal(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName("Feedline")
                        .build())
                .build();
    }
}
