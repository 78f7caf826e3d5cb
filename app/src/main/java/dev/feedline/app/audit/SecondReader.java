package dev.feedline.app.audit;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.SourceVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

/// Opens an upload for the second reader, by the terms that were pinned for it, and says what it cannot read.
final class SecondReader {
    private SecondReader() {}

    /// What the file is, when it is no feed and stands in quarantine as one row.
    static Optional<String> notAFeed(JsonNode terms) {
        return terms.path("notAFeed").isString()
                ? Optional.of(terms.path("notAFeed").asString())
                : Optional.empty();
    }

    /// Why the second reader does not read this file; empty when it does.
    static Optional<String> refusal(JsonNode terms) {
        // Terms of before there was a choice say nothing of it.
        String kind = terms.path("reading").path("kind").asString("JSON_LINES");
        String encoding = terms.path("reading").path("encoding").asString("UTF_8");
        if (!kind.equals("JSON_LINES") || !encoding.equals("UTF_8")) {
            return Optional.of("the second reader does not read " + kind + " in " + encoding);
        }
        String content = terms.path("content").asString("");
        return switch (content) {
            case "PLAIN", "GZIP" -> Optional.empty();
            default -> Optional.of("the second reader does not read " + content + " containers");
        };
    }

    static SourceLines open(JsonNode terms, S3Client s3, SourceVersion version) throws IOException {
        InputStream stored = new RangedObject(s3, version);
        boolean streamed = version.bucket().equals(Buckets.EMBEDDED.landing());
        return terms.path("content").asString("").equals("GZIP")
                ? SourceLines.gzip(stored)
                : SourceLines.plain(stored, streamed);
    }
}
