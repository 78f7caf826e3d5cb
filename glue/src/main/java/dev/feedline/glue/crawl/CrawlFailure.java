package dev.feedline.glue.crawl;

/// Why a crawl ended without success, in words for whoever started it.
public final class CrawlFailure extends Exception {
    private static final long serialVersionUID = 1;

    public CrawlFailure(String message) {
        super(message);
    }

    public CrawlFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
