package dev.feedline.s3.error;

import dev.feedline.kernel.Blame;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.AccessDeniedException;
import software.amazon.awssdk.services.s3.model.InvalidRequestException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Everything S3 answers that is no success, under the codes of the S3 API reference's error page.
public enum S3Error {
    ACCESS_CONTROL_LIST_NOT_SUPPORTED("AccessControlListNotSupported", 400, Blame.CALLER),
    ACCESS_DENIED("AccessDenied", 403, Blame.CALLER),
    BAD_DIGEST("BadDigest", 400, Blame.CALLER),
    BUCKET_NOT_EMPTY("BucketNotEmpty", 409, Blame.CALLER),
    CONDITIONAL_REQUEST_CONFLICT("ConditionalRequestConflict", 409, Blame.CALLER),
    ENTITY_TOO_LARGE("EntityTooLarge", 400, Blame.CALLER),
    ENTITY_TOO_SMALL("EntityTooSmall", 400, Blame.CALLER),
    INCOMPLETE_BODY("IncompleteBody", 400, Blame.CALLER),
    INTERNAL_ERROR("InternalError", 500, Blame.FEEDLINE),
    INVALID_ARGUMENT("InvalidArgument", 400, Blame.CALLER),
    INVALID_BUCKET_NAME("InvalidBucketName", 400, Blame.CALLER),
    INVALID_DIGEST("InvalidDigest", 400, Blame.CALLER),
    INVALID_LOCATION_CONSTRAINT("InvalidLocationConstraint", 400, Blame.CALLER),
    INVALID_PART("InvalidPart", 400, Blame.CALLER),
    INVALID_PART_NUMBER("InvalidPartNumber", 416, Blame.CALLER),
    INVALID_PART_ORDER("InvalidPartOrder", 400, Blame.CALLER),
    INVALID_RANGE("InvalidRange", 416, Blame.CALLER),
    INVALID_REQUEST("InvalidRequest", 400, Blame.CALLER),
    INVALID_STORAGE_CLASS("InvalidStorageClass", 400, Blame.CALLER),
    INVALID_TAG("InvalidTag", 400, Blame.CALLER),
    INVALID_URI("InvalidURI", 400, Blame.CALLER),
    KEY_TOO_LONG("KeyTooLongError", 400, Blame.CALLER),
    MALFORMED_XML("MalformedXML", 400, Blame.CALLER),
    METADATA_TOO_LARGE("MetadataTooLarge", 400, Blame.CALLER),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405, Blame.CALLER),
    NOT_IMPLEMENTED("NotImplemented", 501, Blame.CALLER),
    NOT_MODIFIED("NotModified", 304, Blame.CALLER),
    NO_SUCH_BUCKET("NoSuchBucket", 404, Blame.CALLER),
    NO_SUCH_BUCKET_POLICY("NoSuchBucketPolicy", 404, Blame.CALLER),
    NO_SUCH_CORS_CONFIGURATION("NoSuchCORSConfiguration", 404, Blame.CALLER),
    NO_SUCH_ENCRYPTION_CONFIGURATION("ServerSideEncryptionConfigurationNotFoundError", 404, Blame.CALLER),
    NO_SUCH_KEY("NoSuchKey", 404, Blame.CALLER),
    NO_SUCH_LIFECYCLE_CONFIGURATION("NoSuchLifecycleConfiguration", 404, Blame.CALLER),
    NO_SUCH_OBJECT_LOCK_CONFIGURATION("ObjectLockConfigurationNotFoundError", 404, Blame.CALLER),
    NO_SUCH_PUBLIC_ACCESS_BLOCK("NoSuchPublicAccessBlockConfiguration", 404, Blame.CALLER),
    NO_SUCH_REPLICATION_CONFIGURATION("ReplicationConfigurationNotFoundError", 404, Blame.CALLER),
    NO_SUCH_TAG_SET("NoSuchTagSet", 404, Blame.CALLER),
    NO_SUCH_UPLOAD("NoSuchUpload", 404, Blame.CALLER),
    NO_SUCH_VERSION("NoSuchVersion", 404, Blame.CALLER),
    NO_SUCH_WEBSITE_CONFIGURATION("NoSuchWebsiteConfiguration", 404, Blame.CALLER),
    PRECONDITION_FAILED("PreconditionFailed", 412, Blame.CALLER),
    SLOW_DOWN("SlowDown", 503, Blame.RESOURCE),
    TOO_MANY_BUCKETS("TooManyBuckets", 400, Blame.CALLER);

    private final String code;
    private final int status;
    private final Blame blame;

    S3Error(String code, int status, Blame blame) {
        this.code = code;
        this.status = status;
        this.blame = blame;
    }

    public String code() {
        return code;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// Who can mend it.
    public Blame blame() {
        return blame;
    }

    /// The SDK's exception of this error.
    public AwsServiceException because(String message) {
        return exception(message, null, Map.of());
    }

    public AwsServiceException because(String message, Throwable cause) {
        return exception(message, cause, Map.of());
    }

    /// With response headers, as a read of a delete marker has them.
    public AwsServiceException because(String message, Map<String, String> headers) {
        return exception(message, null, headers);
    }

    private AwsServiceException exception(String message, @Nullable Throwable cause, Map<String, String> headers) {
        SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(status);
        headers.forEach(http::putHeader);
        AwsServiceException.Builder builder = modelled();
        if (cause != null) {
            builder.cause(cause);
        }
        return builder.message(message)
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(code)
                        .errorMessage(message)
                        .sdkHttpResponse(http.build())
                        .build())
                .build();
    }

    private AwsServiceException.Builder modelled() {
        return switch (this) {
            case ACCESS_DENIED -> AccessDeniedException.builder();
            case INVALID_REQUEST -> InvalidRequestException.builder();
            case NO_SUCH_BUCKET -> NoSuchBucketException.builder();
            case NO_SUCH_KEY -> NoSuchKeyException.builder();
            case NO_SUCH_UPLOAD -> NoSuchUploadException.builder();
            case ACCESS_CONTROL_LIST_NOT_SUPPORTED,
                    BAD_DIGEST,
                    BUCKET_NOT_EMPTY,
                    CONDITIONAL_REQUEST_CONFLICT,
                    ENTITY_TOO_LARGE,
                    ENTITY_TOO_SMALL,
                    INCOMPLETE_BODY,
                    INTERNAL_ERROR,
                    INVALID_ARGUMENT,
                    INVALID_BUCKET_NAME,
                    INVALID_DIGEST,
                    INVALID_LOCATION_CONSTRAINT,
                    INVALID_PART,
                    INVALID_PART_NUMBER,
                    INVALID_PART_ORDER,
                    INVALID_RANGE,
                    INVALID_STORAGE_CLASS,
                    INVALID_TAG,
                    INVALID_URI,
                    KEY_TOO_LONG,
                    MALFORMED_XML,
                    METADATA_TOO_LARGE,
                    METHOD_NOT_ALLOWED,
                    NOT_IMPLEMENTED,
                    NOT_MODIFIED,
                    NO_SUCH_BUCKET_POLICY,
                    NO_SUCH_CORS_CONFIGURATION,
                    NO_SUCH_ENCRYPTION_CONFIGURATION,
                    NO_SUCH_LIFECYCLE_CONFIGURATION,
                    NO_SUCH_OBJECT_LOCK_CONFIGURATION,
                    NO_SUCH_PUBLIC_ACCESS_BLOCK,
                    NO_SUCH_REPLICATION_CONFIGURATION,
                    NO_SUCH_TAG_SET,
                    NO_SUCH_VERSION,
                    NO_SUCH_WEBSITE_CONFIGURATION,
                    PRECONDITION_FAILED,
                    SLOW_DOWN,
                    TOO_MANY_BUCKETS -> S3Exception.builder();
        };
    }
}
