package dev.feedline.feeds.deployment;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.S3Bodies;
import dev.feedline.feeds.Warehouse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Makes the feeds' tables, receipts and quarantine anew from the objects they were loaded from.
///
/// Each table is loaded beside the one that is there and takes its name when it is complete, at once: whenever this is
/// cut, every table is either as it was or as it should be, and running it again does it all. Nothing else may load
/// meanwhile: an object that a pipe loads into the old table between the listing and the swap would be gone from the
/// new.
public final class Rebuild {
    /// No feed's table is called so: a feed's name has no `$`.
    private static final String BESIDE = "$REBUILD";
    /// Of one COPY, as of one load of a pipe: a failure takes back no more than that.
    private static final int MOST_OBJECTS = 100;
    private static final long MOST_BYTES = 64L << 20;

    private final S3Client s3;
    private final Warehouse warehouse;
    private final Buckets buckets;
    private final FeedCatalog catalog;

    /// A table and what it is made from.
    ///
    /// @param rows how many it has now; -1 when it is not there
    public record Plan(String table, long objects, long bytes, long rows) {}

    /// How far a table is.
    ///
    /// @param objects of those of the plan
    /// @param rows loaded so far
    public record Step(Plan plan, long objects, long rows) {}

    /// A table to be made: how it is loaded, and where its objects are.
    private record Source(WarehouseScript.Loaded loaded, String bucket, String prefix) {}

    public Rebuild(S3Client s3, GlueClient glue, Warehouse warehouse, Buckets buckets) {
        this.s3 = s3;
        this.warehouse = warehouse;
        this.buckets = buckets;
        this.catalog = new FeedCatalog(glue);
    }

    /// What would be done; changes nothing.
    public List<Plan> plan() {
        Set<String> there = tables();
        List<Plan> plans = new ArrayList<>();
        for (Source source : sources()) {
            String table = source.loaded().table();
            plans.add(plan(source, there.contains(table) ? count(table) : -1));
        }
        return plans;
    }

    /// Does it, and shows how far it is: each table at its begin and after every COPY.
    ///
    /// @throws IOException when an object cannot be loaded; its table is then as it was
    public List<Step> run(Consumer<Step> seen) throws IOException {
        WarehouseScript.foundation(buckets, Optional.empty()).forEach(warehouse::execute);
        List<String> feeds = catalog.feeds();
        feeds.forEach(feed -> WarehouseScript.of(feed).forEach(warehouse::execute));
        List<Step> done = new ArrayList<>();
        for (Source source : sources()) {
            done.add(make(source, seen));
        }
        BalanceView.show(warehouse, feeds);
        return done;
    }

    /// Drops what a rebuild that was cut left beside the feeds' tables. No rebuild may run meanwhile.
    static void sweep(Warehouse warehouse) {
        for (Map<String, Object> table : warehouse.query("SHOW TABLES LIKE '%" + BESIDE + "' IN DATABASE FEEDLINE")) {
            String schema = String.valueOf(table.get("schema_name"));
            String name = String.valueOf(table.get("name"));
            if (name.endsWith(BESIDE) && List.of("RAW", "OPS").contains(schema)) {
                warehouse.execute("DROP TABLE IF EXISTS FEEDLINE." + schema + "." + name);
            }
        }
    }

    private Step make(Source source, Consumer<Step> seen) throws IOException {
        String table = source.loaded().table();
        String beside = table + BESIDE;
        Plan plan = plan(source, count(table));
        Step done;
        try {
            warehouse.execute("CREATE OR REPLACE TABLE " + beside + " LIKE " + table);
            warehouse.execute("ALTER TABLE " + beside + " SET ENABLE_SCHEMA_EVOLUTION = "
                    + (source.bucket().equals(buckets.lake()) ? "TRUE" : "FALSE"));
            Step step = new Loading(source, beside, plan, seen).all();
            requireAll(beside, step);
            warehouse.execute("ALTER TABLE " + beside + " SWAP WITH " + table);
            done = step;
        } catch (RuntimeException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "The rebuild stopped at " + table + ", which is as it was: " + why.getMessage()
                            + " When an object is to blame, remove it from its bucket; then run `feedline rebuild`"
                            + " again.",
                    e);
        }
        warehouse.execute("DROP TABLE " + beside); // the old rows, under the other name since the swap
        return done;
    }

    /// The load of one table: its objects are listed page by page, and loaded a batch at a time.
    private final class Loading {
        private final Source source;
        private final String beside;
        private final Consumer<Step> seen;
        private final List<String> batch = new ArrayList<>();
        private long bytes;
        private Step step;

        private Loading(Source source, String beside, Plan plan, Consumer<Step> seen) {
            this.source = source;
            this.beside = beside;
            this.seen = seen;
            this.step = new Step(plan, 0, 0);
        }

        private Step all() {
            seen.accept(step);
            objects(source, (key, size) -> {
                if (batch.size() == MOST_OBJECTS || bytes + size > MOST_BYTES) {
                    load();
                }
                batch.add(key);
                bytes += size;
            });
            load();
            return step;
        }

        private void load() {
            if (batch.isEmpty()) {
                return;
            }
            String files = batch.stream()
                    .map(key -> "'"
                            + key.substring(source.prefix().length())
                                    .replace("\\", "\\\\")
                                    .replace("'", "''") + "'")
                    .collect(Collectors.joining(", ", " FILES = (", ")"));
            long rows = 0;
            for (Map<String, Object> file : warehouse.query(source.loaded().copyInto(beside) + files)) {
                if ("LOAD_FAILED".equals(file.get("status"))) {
                    throw new IllegalStateException(file.get("file") + ": " + file.get("first_error"));
                }
                rows += Long.parseLong(String.valueOf(file.get("rows_loaded")));
            }
            step = new Step(step.plan(), step.objects() + batch.size(), step.rows() + rows);
            batch.clear();
            bytes = 0;
            seen.accept(step);
        }
    }

    /// The count, taken from the table and not from what the loads said.
    private void requireAll(String beside, Step step) throws IOException {
        long there = count(beside);
        if (there != step.rows()) {
            throw new IOException(
                    "The rebuild stopped at " + step.plan().table() + ", which is as it was: the loads said "
                            + step.rows() + " rows, and the new table has " + there + ". Please report this.");
        }
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(WarehouseScript.receipts(), buckets.landing(), Names.RECEIPTS));
        sources.add(new Source(WarehouseScript.quarantine(), buckets.landing(), Names.QUARANTINE));
        for (String feed : catalog.feeds()) {
            sources.add(new Source(WarehouseScript.loaded(feed), buckets.lake(), Names.lakePrefix(feed)));
        }
        return sources;
    }

    private Plan plan(Source source, long rows) {
        AtomicLong objects = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        objects(source, (key, size) -> {
            objects.incrementAndGet();
            bytes.addAndGet(size);
        });
        return new Plan(source.loaded().table(), objects.get(), bytes.get(), rows);
    }

    @FunctionalInterface
    private interface Found {
        void object(String key, long size);
    }

    private void objects(Source source, Found found) {
        new S3Bodies(s3, source.bucket()).list(source.prefix(), "", object -> {
            if (!Names.isFolder(object.key())) {
                found.object(object.key(), object.size());
            }
        });
    }

    private Set<String> tables() {
        Set<String> tables = new HashSet<>();
        for (Map<String, Object> table : warehouse.query("SHOW TABLES IN ACCOUNT")) {
            tables.add(table.get("database_name") + "." + table.get("schema_name") + "." + table.get("name"));
        }
        return tables;
    }

    private long count(String table) {
        Object count =
                warehouse.query("SELECT COUNT(*) AS N FROM " + table).getFirst().get("N");
        return Long.parseLong(String.valueOf(count));
    }
}
