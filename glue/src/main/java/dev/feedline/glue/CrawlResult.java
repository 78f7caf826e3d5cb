package dev.feedline.glue;

/// Counts what a crawl does to tables.
final class CrawlResult {
    private long created;
    private long updated;
    private long deleted;

    void tableCreated() {
        created++;
    }

    void tableUpdated() {
        updated++;
    }

    void tableDeleted() {
        deleted++;
    }

    long created() {
        return created;
    }

    long updated() {
        return updated;
    }

    long deleted() {
        return deleted;
    }
}
