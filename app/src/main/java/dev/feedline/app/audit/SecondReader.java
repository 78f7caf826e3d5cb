package dev.feedline.app.audit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Opens an upload for the second reader, by the terms that were pinned for it, and says what it cannot read.
///
/// Container, encoding and splitting are a step each, all of them written apart from ingest's.
final class SecondReader {
    private static final Set<String> KINDS = Set.of("JSON_LINES", "JSON", "CSV");

    private SecondReader() {}

    /// What the file is, when it is no feed and stands in quarantine as one row.
    static Optional<String> notAFeed(JsonNode terms) {
        return terms.path("notAFeed").isString()
                ? Optional.of(terms.path("notAFeed").asString())
                : Optional.empty();
    }

    /// Why the second reader does not read this file; empty when it does.
    static Optional<String> refusal(JsonNode terms) {
        if (!KINDS.contains(kind(terms)) || !Recoded.ENCODINGS.contains(encoding(terms))) {
            return Optional.of("the second reader does not read " + kind(terms) + " in " + encoding(terms));
        }
        return Unpacked.CONTAINERS.contains(container(terms))
                ? Optional.empty()
                : Optional.of("the second reader does not read " + container(terms) + " containers");
    }

    /// How the values of the file's rows are written.
    static RowForm form(JsonNode terms) {
        return kind(terms).equals("CSV") ? new CsvForm(dialect(terms)) : RowForm.JSON;
    }

    /// @param streamed whether it is a landing object, of which only the lines without a mark are rows
    static RowSource open(JsonNode terms, InputStream stored, boolean streamed) throws IOException {
        InputStream unpacked = new BufferedInputStream(Unpacked.open(container(terms), stored), 64 * 1024);
        InputStream utf8 = withoutByteOrderMark(Recoded.toUtf8(encoding(terms), unpacked));
        return switch (kind(terms)) {
            case "CSV" -> new CsvLines(utf8, dialect(terms));
            case "JSON" -> new JsonValues(utf8);
            default -> new SourceLines(utf8, streamed);
        };
    }

    // Terms of before there was a choice say nothing of it.
    private static String kind(JsonNode terms) {
        return terms.path("reading").path("kind").asString("JSON_LINES");
    }

    private static String encoding(JsonNode terms) {
        return terms.path("reading").path("encoding").asString("UTF_8");
    }

    private static String container(JsonNode terms) {
        return terms.path("content").asString("");
    }

    private static CsvDialectTerms dialect(JsonNode terms) {
        return CsvDialectTerms.of(terms.path("reading").path("csv"));
    }

    private static InputStream withoutByteOrderMark(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 64 * 1024);
        in.mark(3);
        try {
            byte[] begin = in.readNBytes(3);
            if (begin.length == 3 && begin[0] == (byte) 0xef && begin[1] == (byte) 0xbb && begin[2] == (byte) 0xbf) {
                return in;
            }
        } catch (EOFException e) {
            // The container ends in its first bytes; reading on meets that again.
        }
        in.reset();
        return in;
    }
}
