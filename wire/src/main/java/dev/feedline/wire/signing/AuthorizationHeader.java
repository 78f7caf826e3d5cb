package dev.feedline.wire.signing;

import dev.feedline.wire.RequestHead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`.
final class AuthorizationHeader {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private AuthorizationHeader() {}

    static Claim.Signed parse(String header, RequestHead head) {
        int space = header.indexOf(' ');
        String algorithm = space < 0 ? header : header.substring(0, space);
        if (!algorithm.equals(ALGORITHM)) {
            throw SigningError.UNSUPPORTED.of(
                    "s3", "The authorization mechanism '" + algorithm + "' is not supported. Use " + ALGORITHM + ".");
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : header.substring(space + 1).split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length != 2 || parts.put(pair[0], pair[1]) != null) {
                throw malformed("Credential, SignedHeaders and Signature each once");
            }
        }
        Scope scope = Optional.ofNullable(parts.get("Credential"))
                .flatMap(Scope::parse)
                .orElseThrow(() -> malformed("a Credential of KEY/DATE/REGION/SERVICE/aws4_request"));
        List<String> signed = Optional.ofNullable(parts.get("SignedHeaders"))
                .map(names -> List.of(names.split(";")))
                .orElseThrow(() -> malformed("SignedHeaders"));
        String signature = Optional.ofNullable(parts.get("Signature")).orElseThrow(() -> malformed("a Signature"));
        return new Claim.Signed(
                scope,
                signed,
                signature,
                SignedTime.parse(head.headers()
                                .first("x-amz-date")
                                .orElseThrow(() -> SigningError.NOT_SIGNED.of(
                                        scope.service(), "A signed request needs the header X-Amz-Date.")))
                        .orElseThrow(() -> SigningError.MALFORMED_HEADER.of(
                                scope.service(), "X-Amz-Date is not of the form 20130524T000000Z.")),
                Optional.empty());
    }

    private static AwsServiceException malformed(String wanted) {
        return SigningError.MALFORMED_HEADER.of(
                "s3", "The authorization header is malformed; it needs " + wanted + ".");
    }
}
