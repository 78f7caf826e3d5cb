package dev.feedline.wire.signing;

import dev.feedline.wire.Percent;
import dev.feedline.wire.RequestHead;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// The one spelling of a request that both sides sign.
final class CanonicalRequest {
    private CanonicalRequest() {}

    static String of(RequestHead head, Claim.Signed claim, String payloadHash) {
        return String.join(
                "\n",
                head.method(),
                path(head.path(), claim.scope().service()),
                query(head),
                headers(head, claim.signedHeaders()),
                String.join(";", claim.signedHeaders()),
                payloadHash);
    }

    /// S3 encodes a path once; every other service encodes the encoded path again.
    private static String path(String raw, String service) {
        String once = Percent.encodePath(Percent.decodeText(raw));
        return service.equals("s3") ? once : Percent.encodePath(once);
    }

    private record Pair(String name, String value) {}

    private static String query(RequestHead head) {
        return head.query().parameters().stream()
                .filter(p -> !p.name().equals("X-Amz-Signature"))
                .map(p -> new Pair(Percent.encode(p.name()), Percent.encode(p.value())))
                .sorted(Comparator.comparing(Pair::name).thenComparing(Pair::value))
                .map(p -> p.name() + "=" + p.value())
                .collect(Collectors.joining("&"));
    }

    private static String headers(RequestHead head, List<String> names) {
        StringBuilder headers = new StringBuilder();
        for (String name : names) {
            String value = head.headers().all(name).stream()
                    .map(each -> each.strip().replaceAll("[ \t]+", " "))
                    .collect(Collectors.joining(","));
            headers.append(name).append(':').append(value).append('\n');
        }
        return headers.toString();
    }
}
