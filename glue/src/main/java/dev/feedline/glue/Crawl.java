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
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.s3.S3Client;

/// One crawl: looks through all include paths, then writes what was found to the catalog.
final class Crawl {
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
        writer.requireDatabase(crawler); // before the work, which may be long
        CrawlerDefinition definition = CrawlerDefinition.of(crawler);
        List<Located> found = new ArrayList<>();
        for (IncludePath path : definition.paths()) {
            Optional<Folder> folder = new Walk(s3, path, definition.whateverColumns(), checkpoint).folder();
            if (folder.isPresent()) {
                for (FoundTable table : FoundTable.below(folder.get(), definition.whateverColumns())) {
                    found.add(new Located(path, table));
                }
            }
            if (found.size() > FoundTable.MOST) {
                throw FoundTable.tooMany();
            }
        }
        try {
            writer.write(crawler, definition, found, done, checkpoint);
        } catch (GlueException e) {
            throw new CrawlFailure("The Data Catalog refused what was found: " + GlueError.message(e), e);
        }
    }
}
