package dev.feedline.wire.signing;

import dev.feedline.wire.Query;
import dev.feedline.wire.RequestHead;
import dev.feedline.wire.WireError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A URL presigned in S3's signature version 2: `AWSAccessKeyId`, `Expires`, `Signature`.
///
/// It is here because boto3 and version 1 of the CLI still make these unless told otherwise, and S3 still takes them.
/// Of the query it signs only what [#SIGNED] names; any other parameter is refused, because anybody
/// could have added it.
final class OldPresignedQuery {
    /// The parameters in the canonical resource, from "Signing and authenticating REST requests (AWS signature v2)".
    private static final Set<String> SIGNED = Set.of(
            "acl",
            "cors",
            "delete",
            "lifecycle",
            "location",
            "logging",
            "notification",
            "partNumber",
            "policy",
            "requestPayment",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires");

    private static final List<String> OWN = List.of("AWSAccessKeyId", "Expires", "Signature");

    private OldPresignedQuery() {}

    static Claim.OldPresigned parse(RequestHead head) {
        for (Query.Parameter parameter : head.query().parameters()) {
            if (!OWN.contains(parameter.name()) && !SIGNED.contains(parameter.name())) {
                throw WireError.ACCESS_DENIED.because("The query parameter '" + parameter.name()
                        + "' is not covered by signature version 2. Use AWS4-HMAC-SHA256.");
            }
        }
        String expires = only(head.query(), "Expires");
        if (!expires.matches("\\d{1,12}")) {
            throw WireError.ACCESS_DENIED.because("Invalid date (should be seconds since epoch): " + expires);
        }
        return new Claim.OldPresigned(
                only(head.query(), "AWSAccessKeyId"),
                Instant.ofEpochSecond(Long.parseLong(expires)),
                only(head.query(), "Signature"));
    }

    /// The signature that the holder of the secret would have made.
    ///
    /// @param head in path style
    static String sign(RequestHead head, Claim.OldPresigned claim, String secret) {
        String text = String.join(
                        "\n",
                        head.method(),
                        head.headers().first("content-md5").orElse(""),
                        head.headers().first("content-type").orElse(""),
                        Long.toString(claim.until().getEpochSecond()))
                + "\n" + amzHeaders(head) + resource(head);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-1", e);
        }
    }

    private static String amzHeaders(RequestHead head) {
        return head.headers().names().stream()
                .filter(name -> name.startsWith("x-amz-"))
                .map(name -> name + ":" + String.join(",", head.headers().all(name)) + "\n")
                .collect(Collectors.joining());
    }

    private static String resource(RequestHead head) {
        String query = head.query().parameters().stream()
                .filter(parameter -> SIGNED.contains(parameter.name()))
                .sorted(Comparator.comparing(Query.Parameter::name))
                .map(parameter ->
                        parameter.value().isEmpty() ? parameter.name() : parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
        return head.path() + (query.isEmpty() ? "" : "?" + query);
    }

    private static String only(Query query, String name) {
        List<String> values = query.all(name);
        if (values.size() != 1) {
            throw WireError.ACCESS_DENIED.because(
                    "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters.");
        }
        return values.getFirst();
    }
}
