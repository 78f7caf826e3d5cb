package dev.feedline.glue;

import dev.feedline.glue.crawl.CrawlFailure;
import dev.feedline.glue.crawl.Folder;
import dev.feedline.glue.crawl.FoundTable;
import dev.feedline.glue.crawl.IncludePath;
import dev.feedline.glue.crawl.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.s3.S3Client;

/// One crawl: looks through all include paths, then writes what was found to the catalog.
final class Crawl {
    /// The most tables one crawl makes; more is a sign that files lie in a way that no table can hold.
    private static final int MOST_TABLES = 1_000;

    private final Crawler crawler;
    private final S3Client s3;
    private final CrawlWriter writer;
    private final Runnable checkpoint;

    /// A table with the path it was found under.
    record Located(IncludePath path, FoundTable table) {
        String location() {
            return path.location(table.path());
        }
    }

    Crawl(Crawler crawler, S3Client s3, CrawlWriter writer, Runnable checkpoint) {
        this.crawler = crawler;
        this.s3 = s3;
        this.writer = writer;
        this.checkpoint = checkpoint;
    }

    void run(CrawlResult done) throws CrawlFailure {
        CrawlerDefinition definition = CrawlerDefinition.of(crawler);
        List<Located> found = new ArrayList<>();
        for (IncludePath path : definition.paths()) {
            Optional<Folder> folder = new Walk(s3, path, definition.whateverColumns(), checkpoint).folder();
            if (folder.isPresent()) {
                for (FoundTable table : FoundTable.below(folder.get(), definition.whateverColumns())) {
                    found.add(new Located(path, table));
                }
            }
            if (found.size() > MOST_TABLES) {
                throw new CrawlFailure("The crawl found more than " + MOST_TABLES
                        + " tables; files that belong together may lie in folders of unequal depth");
            }
        }
        writer.write(crawler, definition, found, done, checkpoint);
    }
}
