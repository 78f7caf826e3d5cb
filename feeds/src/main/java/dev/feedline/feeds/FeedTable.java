package dev.feedline.feeds;

import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/// A feed as the Glue Data Catalog keeps it: its settings, and its schema with the version it was read at.
///
/// The schema stands twice in the table: exactly in the parameter `feedline.schema`, and as Glue columns for everything
/// else that reads the catalog.
public record FeedTable(String feed, FeedSettings settings, Schema schema, String version, TableInput input) {
    private static final String SCHEMA = "feedline.schema";
    private static final String KEEP_LANDING_DAYS = "feedline.keep-landing-days";
    private static final String JOB = "feedline.job";
    private static final int DEFAULT_KEEP_LANDING_DAYS = 7;

    static FeedTable of(Table table) {
        Map<String, String> parameters = table.parameters();
        return new FeedTable(
                table.name(),
                FeedSettings.fromParameters(parameters),
                SchemaJson.read(parameters.getOrDefault(SCHEMA, "[]")),
                table.versionId(),
                TableInput.builder()
                        .name(table.name())
                        .description(table.description())
                        .owner(table.owner())
                        .retention(table.retention())
                        .tableType(table.tableType())
                        .partitionKeys(table.hasPartitionKeys() ? table.partitionKeys() : null)
                        .storageDescriptor(table.storageDescriptor())
                        .parameters(parameters)
                        .build());
    }

    /// The table of a new feed, as the deployment creates it.
    ///
    /// @param location where the feed's lake objects are, e.g. `s3://feedline-lake/data/orders/`
    public static TableInput create(String feed, FeedSettings settings, Schema declared, String location) {
        if (!Names.isFeed(feed)) {
            throw new IllegalArgumentException("'" + feed + "' cannot be a feed: use [a-z][a-z0-9_]{0,39}");
        }
        TableInput bare = TableInput.builder()
                .name(feed)
                .tableType("EXTERNAL_TABLE")
                .parameters(settings.toParameters())
                .storageDescriptor(parquet(location))
                .build();
        return with(bare, declared);
    }

    /// The same table with other settings; its schema stays.
    public TableInput withSettings(FeedSettings changed) {
        Map<String, String> parameters = new LinkedHashMap<>(input.parameters());
        parameters.putAll(changed.toParameters());
        return input.toBuilder().parameters(parameters).build();
    }

    /// How long the feed's landing objects stay, in days.
    public int keepLandingDays() {
        String days = input.parameters().get(KEEP_LANDING_DAYS);
        return days == null ? DEFAULT_KEEP_LANDING_DAYS : Integer.parseInt(days);
    }

    /// A table whose landing objects stay so long.
    public static TableInput withKeepLandingDays(TableInput input, int days) {
        Map<String, String> parameters = new LinkedHashMap<>(input.parameters());
        parameters.put(KEEP_LANDING_DAYS, Integer.toString(days));
        return input.toBuilder().parameters(parameters).build();
    }

    /// The Glue job that converts the feed's rows.
    public String job() {
        return input.parameters().getOrDefault(JOB, Names.JOB);
    }

    /// A table whose rows another job converts.
    public static TableInput withJob(TableInput input, String job) {
        Map<String, String> parameters = new LinkedHashMap<>(input.parameters());
        parameters.put(JOB, job);
        return input.toBuilder().parameters(parameters).build();
    }

    /// The same table with another schema; its settings stay.
    public TableInput withSchema(Schema changed) {
        return with(input, changed);
    }

    private static TableInput with(TableInput input, Schema schema) {
        Map<String, String> parameters = new LinkedHashMap<>(input.parameters());
        parameters.put(SCHEMA, SchemaJson.write(schema));
        StorageDescriptor storage = Optional.ofNullable(input.storageDescriptor())
                .orElseGet(() -> StorageDescriptor.builder().build());
        return input.toBuilder()
                .parameters(parameters)
                .storageDescriptor(
                        storage.toBuilder().columns(glueColumns(schema)).build())
                .build();
    }

    private static List<Column> glueColumns(Schema schema) {
        List<Column> columns = new ArrayList<>();
        columns.add(glueColumn("_file_id", "string"));
        columns.add(glueColumn("_row", "bigint"));
        // Hive's names know no case; the schema never has two columns that differ in nothing else.
        schema.columns()
                .forEach(column -> columns.add(glueColumn(
                        column.name().toLowerCase(Locale.ROOT), column.type().glue())));
        columns.add(glueColumn("_rescued", "string"));
        return columns;
    }

    private static Column glueColumn(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    private static StorageDescriptor parquet(String location) {
        return StorageDescriptor.builder()
                .location(location)
                .inputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat")
                .outputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat")
                .serdeInfo(serde ->
                        serde.serializationLibrary("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"))
                .build();
    }
}
