package dev.feedline.glue;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.LastCrawlStatus;

/// How a crawl ended, and what it did to the catalog until then.
record CrawlEnding(LastCrawlStatus status, @Nullable String error, long created, long updated, long deleted) {

    static CrawlEnding failed(String why) {
        return new CrawlEnding(LastCrawlStatus.FAILED, why, 0, 0, 0);
    }

    static CrawlEnding cancelled() {
        return new CrawlEnding(LastCrawlStatus.CANCELLED, null, 0, 0, 0);
    }

    /// The same with what had been done by then.
    CrawlEnding after(CrawlResult done) {
        return new CrawlEnding(status, error, done.created(), done.updated(), done.deleted());
    }
}
