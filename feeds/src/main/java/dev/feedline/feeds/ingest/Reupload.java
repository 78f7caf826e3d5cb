package dev.feedline.feeds.ingest;

import dev.feedline.feeds.FeedSettings.OnReupload;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.Receipt;
import dev.feedline.feeds.S3Bodies;
import dev.feedline.feeds.SourceVersion;
import dev.feedline.feeds.SourceVersions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/// What came before an upload under the same key.
final class Reupload {
    private final S3Client s3;
    private final S3Bodies landing;

    /// What to do with the upload: at most one of them is there.
    ///
    /// @param skippedFor the id of the file whose content it repeats
    /// @param refusal why it may not be read
    record Ruling(Optional<String> skippedFor, Optional<String> refusal) {}

    Reupload(S3Client s3, S3Bodies landing) {
        this.s3 = s3;
        this.landing = landing;
    }

    Ruling ruling(SourceVersion upload, OnReupload policy) throws IOException {
        List<SourceVersion> older = policy == OnReupload.LOAD ? List.of() : olderThan(upload);
        for (SourceVersion before : older) {
            if (before.size() == upload.size() && before.eTag().equals(upload.eTag()) && wasTaken(before)) {
                return new Ruling(Optional.of(before.fileId()), Optional.empty());
            }
        }
        return policy == OnReupload.REJECT && !older.isEmpty()
                ? new Ruling(
                        Optional.empty(),
                        Optional.of("REUPLOAD-REJECTED: the key was uploaded before as file "
                                + older.getFirst().fileId() + ", with other content"))
                : new Ruling(Optional.empty(), Optional.empty());
    }

    /// What was held or failed has no row anywhere, so the same content may come again.
    private boolean wasTaken(SourceVersion before) throws IOException {
        Optional<InputStream> receipt = landing.find(Names.receipt(before.fileId()));
        if (receipt.isEmpty()) {
            return true;
        }
        try (InputStream in = receipt.get()) {
            return switch (Receipt.read(in).state()) {
                case INGESTED, SKIPPED -> true;
                case HELD, FAILED -> false;
            };
        }
    }

    private List<SourceVersion> olderThan(SourceVersion upload) {
        List<SourceVersion> all = new ArrayList<>();
        new SourceVersions(s3, upload.bucket()).each(upload.key(), version -> {
            if (version.key().equals(upload.key())) {
                all.add(version);
            }
        });
        int own = 0;
        while (own < all.size() && !all.get(own).version().equals(upload.version())) {
            own++;
        }
        return own == all.size() ? List.of() : all.subList(own + 1, all.size());
    }
}
