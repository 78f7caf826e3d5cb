package dev.feedline.feeds.ingest;

import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.S3Bodies;
import dev.feedline.feeds.SourceVersion;
import dev.feedline.rows.Reading;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// Settles the terms of a file, once.
final class TermsOffice {
    private final S3Client s3;
    private final Records records;
    private final Reupload reupload;
    private final IngestSettings settings;

    TermsOffice(S3Client s3, S3Bodies landing, Records records, IngestSettings settings) {
        this.s3 = s3;
        this.records = records;
        this.reupload = new Reupload(s3, landing);
        this.settings = settings;
    }

    Terms of(FeedTable feed, SourceVersion version, boolean streamed) throws IOException {
        String key = Names.terms(feed.feed(), version.fileId());
        Optional<Terms> held = records.find(key, Terms.class);
        Terms terms = held.isPresent() ? held.get() : records.pin(key, propose(feed, version, streamed), Terms.class);
        if (terms.rulesVersion() != Terms.RULES_VERSION) {
            throw new IOException("file " + terms.fileId() + " was begun under rules " + terms.rulesVersion()
                    + ", this program has rules " + Terms.RULES_VERSION);
        }
        return terms;
    }

    private Terms propose(FeedTable feed, SourceVersion version, boolean streamed) throws IOException {
        SourceFile file = new SourceFile(s3, version);
        // What other producers put on the stream are lines, whatever the feed's files are.
        FileLook look = streamed
                ? new FileLook(Container.PLAIN, Reading.JSON_LINES, null, null)
                : FileLook.at(file, version.key(), feed.settings(), settings.containers());
        Reupload.Ruling ruling = streamed
                ? new Reupload.Ruling(Optional.empty(), Optional.empty())
                : reupload.ruling(version, feed.settings().onReupload());
        return new Terms(
                feed.feed(),
                version.bucket(),
                version.key(),
                version.version(),
                version.fileId(),
                Terms.RULES_VERSION,
                look.container(),
                look.reading(),
                look.notAFeed(),
                settings.chunkBytes(),
                ruling.skippedFor().orElse(null),
                ruling.refusal().orElse(look.refusal()));
    }
}
