package dev.feedline.wire.signing;

import dev.feedline.kernel.Blame;
import dev.feedline.wire.WireError;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Why a request is not let in. S3 has its own names for some of these; the other services share theirs.
///
/// A wrong signature is `SignatureDoesNotMatch` everywhere here; some JSON services of AWS call it
/// `InvalidSignatureException`.
enum SigningError {
    UNKNOWN_KEY(403, "InvalidAccessKeyId", "UnrecognizedClientException"),
    WRONG_SIGNATURE(403, "SignatureDoesNotMatch", "SignatureDoesNotMatch"),
    NOT_SIGNED(403, "AccessDenied", "MissingAuthenticationToken"),
    HEADER_NOT_SIGNED(403, "AccessDenied", "SignatureDoesNotMatch"),
    SKEWED(403, "RequestTimeTooSkewed", "RequestTimeTooSkewed"),
    EXPIRED(403, "AccessDenied", "SignatureDoesNotMatch"),
    MALFORMED_HEADER(400, "AuthorizationHeaderMalformed", "IncompleteSignature"),
    MALFORMED_QUERY(400, "AuthorizationQueryParametersError", "IncompleteSignature"),
    TWO_WAYS(400, "InvalidArgument", "IncompleteSignature"),
    UNSUPPORTED(400, "InvalidRequest", "IncompleteSignature"),
    NO_SESSIONS(403, "InvalidToken", "UnrecognizedClientException");

    private final int status;
    private final String codeOfS3;
    private final String codeOfOthers;

    SigningError(int status, String codeOfS3, String codeOfOthers) {
        this.status = status;
        this.codeOfS3 = codeOfS3;
        this.codeOfOthers = codeOfOthers;
    }

    Blame blame() {
        return Blame.CALLER;
    }

    AwsServiceException of(String service, String message) {
        String code = service.equals("s3") ? codeOfS3 : codeOfOthers;
        return WireError.refusal(status, List.of("sts", "iam").contains(service) ? ofSts(code) : code, message);
    }

    /// STS and IAM call an unknown key by the name of its parameter.
    private static String ofSts(String code) {
        return code.equals("UnrecognizedClientException") ? "InvalidClientTokenId" : code;
    }
}
