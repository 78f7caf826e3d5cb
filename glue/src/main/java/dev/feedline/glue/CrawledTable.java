package dev.feedline.glue;

import dev.feedline.glue.crawl.ColumnType;
import dev.feedline.glue.crawl.FileFormat;
import dev.feedline.glue.crawl.Found;
import dev.feedline.glue.crawl.Glob;
import dev.feedline.glue.crawl.IncludePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import tools.jackson.databind.json.JsonMapper;

/// What was found, in the Data Catalog's words:
/// https://docs.aws.amazon.com/glue/latest/dg/table-properties-crawler.html
final class CrawledTable {
    static final String BY = "UPDATED_BY_CRAWLER";

    /// The parameters of tables and partitions that say what the crawler saw; all others are people's.
    private static final Set<String> OWN = Set.of(
            "CrawlerSchemaDeserializerVersion",
            "CrawlerSchemaSerializerVersion",
            BY,
            "classification",
            "compressionType",
            "typeOfData",
            "objectCount",
            "recordCount",
            "sizeKey",
            "averageRecordSize",
            "exclusions",
            "delimiter",
            "areColumnsQuoted",
            "columnsOrdered",
            "skip.header.line.count");

    private static final JsonMapper JSON = JsonMapper.shared();

    private CrawledTable() {}

    /// Columns by their names in lower case, without those that are partition keys. In CSV, which is read by position,
    /// such a one keeps its place under another name.
    static List<Column> columns(Found found, List<String> keys) {
        boolean isByPosition = found.format().kind() == FileFormat.Kind.CSV;
        Set<String> taken = new HashSet<>(keys);
        found.columns().keySet().forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
        Map<String, ColumnType> lower = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, ColumnType> one : found.columns().entrySet()) {
            String column = one.getKey().toLowerCase(Locale.ROOT);
            if (!keys.contains(column)) {
                lower.merge(column, one.getValue(), ColumnType::common);
            } else if (isByPosition) {
                lower.put(free("col" + at, taken), one.getValue());
            }
            at++;
        }
        List<Column> columns = new ArrayList<>();
        lower.forEach((name, type) ->
                columns.add(Column.builder().name(name).type(type.glue()).build()));
        return columns;
    }

    /// The table's columns, and behind them those that are new: by their names, or in CSV those that stand farther
    /// behind,
    /// as people may have named the others anew.
    static List<Column> withNew(List<Column> there, List<Column> found, boolean isByPosition) {
        Set<String> names = new HashSet<>(there.stream().map(Column::name).toList());
        List<Column> all = new ArrayList<>(there);
        if (!isByPosition) {
            found.stream().filter(column -> names.add(column.name())).forEach(all::add);
            return all;
        }
        for (int at = there.size(); at < found.size(); at++) {
            Column column = found.get(at);
            String name = names.contains(column.name()) ? free("col" + at, names) : column.name();
            names.add(name);
            all.add(column.toBuilder().name(name).build());
        }
        return all;
    }

    private static String free(String name, Set<String> taken) {
        return taken.contains(name) ? free(name + "_", taken) : name;
    }

    /// What was found, with the parameters that people have added.
    static Map<String, String> merged(Map<String, String> there, Map<String, String> found) {
        Map<String, String> both = new TreeMap<>(there);
        both.keySet().removeAll(OWN);
        both.putAll(found);
        return both;
    }

    /// What was found, with the parameters that people have added; those of a SerDe as long as it stays the same.
    static StorageDescriptor merged(@Nullable StorageDescriptor there, StorageDescriptor found) {
        if (there == null) {
            return found;
        }
        SerDeInfo serDe = found.serdeInfo();
        SerDeInfo old = there.serdeInfo();
        boolean isSame = serDe != null
                && old != null
                && Objects.equals(serDe.serializationLibrary(), old.serializationLibrary());
        return found.toBuilder()
                .parameters(merged(there.parameters(), found.parameters()))
                .serdeInfo(
                        isSame
                                ? serDe.toBuilder()
                                        .parameters(merged(old.parameters(), serDe.parameters()))
                                        .build()
                                : serDe)
                .build();
    }

    static Map<String, String> parameters(Found found, String crawler, IncludePath path) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("CrawlerSchemaDeserializerVersion", "1.0");
        parameters.put("CrawlerSchemaSerializerVersion", "1.0");
        parameters.put(BY, crawler);
        parameters.put("classification", found.format().kind().classification());
        parameters.put("compressionType", found.format().isGzip() ? "gzip" : "none");
        parameters.put("typeOfData", "file");
        parameters.put("objectCount", Long.toString(found.objects()));
        parameters.put("recordCount", Long.toString(found.records()));
        parameters.put("sizeKey", Long.toString(found.bytes()));
        parameters.put("averageRecordSize", Long.toString(found.records() == 0 ? 0 : found.bytes() / found.records()));
        if (!path.exclusions().isEmpty()) {
            parameters.put(
                    "exclusions",
                    JSON.writeValueAsString(
                            path.exclusions().stream().map(Glob::text).toList()));
        }
        if (found.format().kind() == FileFormat.Kind.CSV) {
            FileFormat.Csv csv = found.format().csv();
            parameters.put("delimiter", String.valueOf(csv.delimiter()));
            parameters.put("areColumnsQuoted", Boolean.toString(csv.isQuoted()));
            parameters.put("columnsOrdered", "true");
            if (csv.hasHeader()) {
                parameters.put("skip.header.line.count", "1");
            }
        }
        return parameters;
    }

    static StorageDescriptor storage(
            Found found, List<Column> columns, String location, Map<String, String> parameters) {
        StorageDescriptor.Builder storage = StorageDescriptor.builder()
                .columns(columns)
                .location(location)
                .compressed(found.format().isGzip())
                .numberOfBuckets(-1)
                .storedAsSubDirectories(false)
                .parameters(parameters);
        switch (found.format().kind()) {
            case JSON ->
                storage.inputFormat(TEXT_IN)
                        .outputFormat(TEXT_OUT)
                        .serdeInfo(SerDeInfo.builder()
                                .serializationLibrary("org.openx.data.jsonserde.JsonSerDe")
                                .parameters(Map.of(
                                        "paths",
                                        found.columns().keySet().stream()
                                                .sorted()
                                                .collect(Collectors.joining(","))))
                                .build());
            case CSV ->
                storage.inputFormat(TEXT_IN)
                        .outputFormat(TEXT_OUT)
                        .serdeInfo(SerDeInfo.builder()
                                .serializationLibrary("org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe")
                                .parameters(Map.of(
                                        "field.delim",
                                        String.valueOf(found.format().csv().delimiter())))
                                .build());
            case PARQUET ->
                storage.inputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat")
                        .outputFormat("org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat")
                        .serdeInfo(SerDeInfo.builder()
                                .serializationLibrary("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe")
                                .parameters(Map.of("serialization.format", "1"))
                                .build());
            case UNKNOWN -> {} // nobody knows how to read it
        }
        return storage.build();
    }

    private static final String TEXT_IN = "org.apache.hadoop.mapred.TextInputFormat";
    private static final String TEXT_OUT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";
}
