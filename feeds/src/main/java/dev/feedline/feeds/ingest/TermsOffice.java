package dev.feedline.feeds.ingest;

import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.S3Bodies;
import dev.feedline.feeds.SourceVersion;
import dev.feedline.rows.FileSniff;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
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
        byte[] head = file.head(FileSniff.HEAD_BYTES);
        Terms.Content content = isGzip(head) ? Terms.Content.GZIP : Terms.Content.PLAIN;
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
                content,
                streamed ? null : FileSniff.notAFeed(text(content, file, head)).orElse(null),
                settings.chunkBytes(),
                ruling.skippedFor().orElse(null),
                ruling.refusal().or(() -> unreadable(feed.settings())).orElse(null));
    }

    private static boolean isGzip(byte[] head) {
        return head.length > 1 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b;
    }

    /// The first bytes of the feed itself, out of its container; as many as there are when that is broken.
    private static byte[] text(Terms.Content content, SourceFile file, byte[] head) throws IOException {
        if (content == Terms.Content.PLAIN) {
            return head;
        }
        try (InputStream in = new GunzipStream(file.open(0))) {
            return in.readNBytes(FileSniff.HEAD_BYTES);
        } catch (TruncatedContainerException | DamagedContainerException e) {
            return new byte[0];
        }
    }

    private static Optional<String> unreadable(FeedSettings settings) {
        return settings.format().isReadable()
                ? Optional.empty()
                : Optional.of("FORMAT-NOT-SUPPORTED: the feed declares format "
                        + settings.format().name().toLowerCase(Locale.ROOT) + ", which is not read yet; use jsonl");
    }
}
