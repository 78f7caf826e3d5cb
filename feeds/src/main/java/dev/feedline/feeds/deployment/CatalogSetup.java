package dev.feedline.feeds.deployment;

import dev.feedline.convert.Keys;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.definition.ConvertChoice;
import dev.feedline.feeds.definition.DefinitionException;
import dev.feedline.feeds.definition.Feed;
import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.TableInput;

/// The feeds in the Data Catalog, and the job.
final class CatalogSetup {
    private static final int TRIES = 10;

    private final GlueClient glue;
    private final Buckets buckets;

    CatalogSetup(GlueClient glue, Buckets buckets) {
        this.glue = glue;
        this.buckets = buckets;
    }

    void createDatabase() {
        try {
            glue.getDatabase(request -> request.name(Names.CATALOG_DATABASE));
        } catch (EntityNotFoundException e) {
            glue.createDatabase(request -> request.databaseInput(it ->
                    it.name(Names.CATALOG_DATABASE).description("One table per feed; its parameters are the feed.")));
        }
    }

    /// Creates the feed's table, or brings its settings and declared columns up to date; ingests may be evolving it.
    void put(Feed feed) {
        for (int i = 0; i < TRIES; i++) {
            Optional<FeedTable> table = new FeedCatalog(glue).find(feed.name());
            if (table.isEmpty() ? create(feed) : update(feed, table.get())) {
                return;
            }
        }
        throw new IllegalStateException("the Glue table of feed " + feed.name() + " changed " + TRIES
                + " times while it was being updated; try again");
    }

    /// Creates the job that converts as chosen, when it is not there; its name says what it is.
    void putJob(ConvertChoice choice) {
        try {
            glue.getJob(request -> request.jobName(choice.job()));
        } catch (EntityNotFoundException e) {
            Map<String, String> arguments = new HashMap<>(
                    Map.of("--FEEDLINE_LANDING_BUCKET", buckets.landing(), "--FEEDLINE_LAKE_BUCKET", buckets.lake()));
            String script = switch (choice) {
                case ConvertChoice.Native() -> "feedline:builtin/json-to-parquet";
                case ConvertChoice.Spark spark -> {
                    if (!spark.argument().isEmpty()) {
                        arguments.put("--conf", spark.argument());
                    }
                    yield "feedline:builtin/json-to-parquet-on-spark";
                }
            };
            createJob(choice.job(), script, arguments);
        }
    }

    private void createJob(String name, String script, Map<String, String> arguments) {
        try {
            glue.createJob(request -> request.name(name)
                    .role("arn:aws:iam::000000000000:role/feedline")
                    .command(it -> it.name("glueetl").scriptLocation(script))
                    .executionProperty(it -> it.maxConcurrentRuns(1))
                    // What lands after a run has looked for the last time is seen by the run that waits behind it.
                    .jobRunQueuingEnabled(true)
                    .defaultArguments(arguments));
        } catch (AlreadyExistsException e) {
            return; // somebody else deploys at the same time
        }
    }

    private boolean create(Feed feed) {
        String location = "s3://" + buckets.lake() + "/" + Keys.data(feed.name());
        TableInput input = FeedTable.withJob(
                FeedTable.withKeepLandingDays(
                        FeedTable.create(feed.name(), feed.settings(), declared(feed), location), keepDays(feed)),
                feed.convert().job());
        try {
            glue.createTable(
                    request -> request.databaseName(Names.CATALOG_DATABASE).tableInput(input));
            return true;
        } catch (AlreadyExistsException e) {
            return false;
        }
    }

    /// Makes at most one change; returns true when there is none left to make.
    private boolean update(Feed feed, FeedTable table) {
        Schema merged = merged(feed, table.schema());
        if (!merged.equals(table.schema())) {
            replace(table, table.withSchema(merged));
            return false;
        }
        if (!table.settings().equals(feed.settings())) {
            replace(table, table.withSettings(feed.settings()));
            return false;
        }
        if (table.keepLandingDays() != keepDays(feed)) {
            replace(table, FeedTable.withKeepLandingDays(table.input(), keepDays(feed)));
            return false;
        }
        if (!table.job().equals(feed.convert().job())) {
            replace(table, FeedTable.withJob(table.input(), feed.convert().job()));
            return false;
        }
        return true;
    }

    private static int keepDays(Feed feed) {
        return Math.toIntExact(feed.keepLanding().toDays());
    }

    private void replace(FeedTable read, TableInput input) {
        try {
            glue.updateTable(request -> request.databaseName(Names.CATALOG_DATABASE)
                    .tableInput(input)
                    .versionId(read.version()));
        } catch (ConcurrentModificationException e) {
            // An ingest was first; the caller reads the table again.
            return;
        }
    }

    private static Schema declared(Feed feed) {
        return merged(feed, Schema.EMPTY);
    }

    /// A declared column that is new goes to the end; one that has rows under another type cannot change it. Columns
    /// that the definition does not name stay as strict as inference made them.
    private static Schema merged(Feed feed, Schema present) {
        List<Column> columns = new ArrayList<>(present.columns());
        for (Map.Entry<String, Type> declared : feed.columns().entrySet()) {
            Optional<Column> column = present.column(declared.getKey());
            if (column.isEmpty()) {
                columns.add(new Column(declared.getKey(), declared.getValue()));
            } else if (!column.get().type().equals(declared.getValue())) {
                throw new DefinitionException(
                        "feed " + feed.name(),
                        "column '" + declared.getKey() + "' is "
                                + column.get().type().glue()
                                + " already and cannot become "
                                + declared.getValue().glue()
                                + "; declare a new column, or a new feed");
            }
        }
        Set<String> inferred = new HashSet<>(present.inferred());
        inferred.removeAll(feed.columns().keySet());
        return new Schema(columns, inferred);
    }
}
