package dev.feedline.feeds.definition;

import dev.feedline.feeds.CsvSettings;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.FeedSettings.OnReupload;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.SchemaPolicy.OnMismatch;
import dev.feedline.rows.SchemaPolicy.OnNewColumn;
import dev.feedline.rows.TextEncoding;
import dev.feedline.rows.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads `feedline.yaml`; what it does not know, or knows and cannot do yet, it refuses with the line.
public final class DefinitionReader {
    private static final Map<String, StorageChoice> STORAGE =
            Map.of("embedded", StorageChoice.EMBEDDED, "aws", StorageChoice.AWS);
    private static final List<String> EMBEDDED_ONLY = List.of("kinesis", "firehose", "lambda", "glue", "iam");

    private static final Map<String, FeedSettings.Format> FORMATS = Map.of(
            "auto", FeedSettings.Format.AUTO,
            "jsonl", FeedSettings.Format.JSONL,
            "json", FeedSettings.Format.JSON,
            "csv", FeedSettings.Format.CSV,
            "tsv", FeedSettings.Format.TSV);
    private static final Map<String, TextEncoding> ENCODINGS = Map.of(
            "utf-8", TextEncoding.UTF_8,
            "utf-16le", TextEncoding.UTF_16LE,
            "utf-16be", TextEncoding.UTF_16BE,
            "windows-1252", TextEncoding.WINDOWS_1252,
            "iso-8859-1", TextEncoding.ISO_8859_1,
            "latin-1", TextEncoding.ISO_8859_1);

    private final String file;
    private final List<DefinitionException> problems = new ArrayList<>();

    private DefinitionReader(String file) {
        this.file = file;
    }

    /// What a file says, and everything that is wrong with it.
    ///
    /// @param problems each with its place; when there is one, the definition is what is left without it
    public record Findings(Definition definition, List<String> problems) {}

    /// @throws DefinitionException when the file says something Feedline cannot do
    public static Definition read(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file));
    }

    /// @param file the name that errors show
    public static Definition parse(String file, String yaml) {
        DefinitionReader reader = new DefinitionReader(file);
        Definition definition = reader.definition(yaml);
        if (!reader.problems.isEmpty()) {
            throw reader.problems.getFirst();
        }
        return definition;
    }

    /// Finds everything that is wrong with the file, and not only the first.
    public static Findings check(Path file) throws IOException {
        DefinitionReader reader = new DefinitionReader(file.toString());
        Definition definition = reader.definition(Files.readString(file));
        return new Findings(
                definition,
                reader.problems.stream()
                        .map(DefinitionException::getMessage)
                        .map(String::valueOf)
                        .toList());
    }

    private Definition definition(String yaml) {
        YamlMap root;
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            root = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml)))
                    .getSingleNode()
                    .map(node -> YamlMap.of(file, "", node, problems))
                    .orElse(null);
        } catch (YamlEngineException e) {
            problems.add(new DefinitionException(file, "not valid YAML: " + e.getMessage()));
            return Definition.EMPTY;
        }
        if (root == null) {
            return Definition.EMPTY;
        }
        YamlMap said = root.map("feeds");
        StorageChoice storage = storage(root.map("services"));
        Map<String, Feed> feeds = feeds(said, storage);
        if (storage == StorageChoice.AWS) {
            refuseSpark(said, feeds);
        }
        WarehouseChoice warehouse = WarehouseReader.read(root.map("warehouse"), folder(), storage);
        root.refuseUnknown();
        return new Definition(feeds, storage, warehouse);
    }

    private static Map<String, Feed> feeds(YamlMap map, StorageChoice storage) {
        Map<String, Feed> feeds = new LinkedHashMap<>();
        for (String name : map.keys()) {
            YamlMap of = map.map(name);
            try {
                feeds.put(name, feed(name, of, storage));
            } catch (IllegalArgumentException e) {
                map.report(name, "feed " + name + ": " + e.getMessage());
            }
        }
        return feeds;
    }

    private static Feed feed(String name, YamlMap map, StorageChoice storage) {
        Feed standard = Feed.named(name, storage);
        FeedSettings.Format format = map.choice("format", FeedSettings.Format.AUTO, FORMATS);
        TextEncoding encoding = map.choice("encoding", TextEncoding.UTF_8, ENCODINGS);
        CsvSettings csv = csv(map.map("csv"));
        boolean isJson = format == FeedSettings.Format.JSONL || format == FeedSettings.Format.JSON;
        if (isJson && csv.isDeclared()) {
            map.report(
                    "csv",
                    "feed " + name + " declares how its CSV is written, and its format is "
                            + format.name().toLowerCase(Locale.ROOT) + "; write format: csv, or leave csv out");
        }
        YamlMap schema = map.map("schema");
        SchemaPolicy policy = new SchemaPolicy(
                schema.choice(
                        "on-new-column",
                        OnNewColumn.ADD,
                        Map.of("add", OnNewColumn.ADD, "rescue", OnNewColumn.RESCUE, "freeze", OnNewColumn.FREEZE)),
                schema.choice(
                        "on-mismatch",
                        OnMismatch.QUARANTINE,
                        Map.of("quarantine", OnMismatch.QUARANTINE, "rescue", OnMismatch.RESCUE)));
        Map<String, Type> columns = columns(schema.map("columns"));
        schema.refuseUnknown();
        YamlMap quarantine = map.map("quarantine");
        long maxRows = quarantine.value(
                "max-rows",
                Long.MAX_VALUE,
                text -> text.equals("unlimited") ? Long.MAX_VALUE : Long.parseUnsignedLong(text));
        double maxPercent = quarantine.value("max-percent", 100.0, Double::valueOf);
        quarantine.refuseUnknown();
        OnReupload onReupload = map.choice(
                "on-reupload",
                OnReupload.SKIP_SAME_CONTENT,
                Map.of(
                        "skip-same-content", OnReupload.SKIP_SAME_CONTENT,
                        "load", OnReupload.LOAD,
                        "reject", OnReupload.REJECT));
        YamlMap buffer = map.map("buffer");
        ByteSize size = buffer.value("size", standard.bufferSize(), ByteSize::parse);
        var interval = buffer.value("interval", standard.bufferInterval(), TimeSpan::parse);
        buffer.refuseUnknown();
        YamlMap stream = map.map("stream");
        int shards = stream.value("shards", standard.shards(), Integer::valueOf);
        stream.choice("limits", "off", Map.of("off", "off"));
        stream.refuseUnknown();
        ConvertChoice convert = convert(name, map, map.map("convert"));
        String table = "RAW." + name.toUpperCase(Locale.ROOT);
        map.choice("table", table, Map.of(table, table));
        YamlMap keep = map.map("keep");
        var keepLanding = keep.value("landing", standard.keepLanding(), TimeSpan::parse);
        keep.refuseUnknown();
        map.refuseUnknown();
        FeedSettings settings = new FeedSettings(format, encoding, csv, policy, maxRows, maxPercent, onReupload);
        return new Feed(name, settings, columns, size, interval, shards, convert, keepLanding);
    }

    private static ConvertChoice convert(String feed, YamlMap of, YamlMap map) {
        boolean onSpark = map.choice("engine", false, Map.of("native", false, "spark", true));
        Optional<String> master =
                Optional.of(map.value("master", "", text -> text)).filter(text -> !text.isEmpty());
        YamlMap properties = map.map("conf");
        SortedMap<String, String> conf = new TreeMap<>();
        for (String property : properties.keys()) {
            conf.put(property, properties.value(property, "", text -> text));
        }
        map.refuseUnknown();
        if (onSpark) {
            try {
                return new ConvertChoice.Spark(master, conf);
            } catch (IllegalArgumentException e) {
                of.report("convert", "feed " + feed + ": " + e.getMessage());
            }
        } else if (master.isPresent() || !conf.isEmpty()) {
            of.report(
                    "convert",
                    "feed " + feed + " says how Spark converts it, and its engine is native; write"
                            + " engine: spark, or leave master and conf out");
        }
        return ConvertChoice.NATIVE;
    }

    private static CsvSettings csv(YamlMap map) {
        CsvSettings standard = CsvSettings.DEFAULT;
        String delimiter = map.value("delimiter", standard.delimiter(), CsvSettings::delimiterOf);
        String quote = map.value("quote", standard.quote(), CsvSettings::quoteOf);
        String escape = map.value("escape", standard.escape(), CsvSettings::escapeOf);
        boolean header = map.choice("header", standard.header(), Map.of("true", true, "false", false));
        List<String> columns = map.texts("columns", standard.columns());
        List<String> nulls = map.texts("null", standard.nulls());
        map.refuseUnknown();
        return new CsvSettings(delimiter, quote, escape, header, columns, nulls);
    }

    private static Map<String, Type> columns(YamlMap map) {
        Map<String, Type> columns = new LinkedHashMap<>();
        for (String name : map.keys()) {
            columns.put(name, map.value(name, new Type.Text(), Type::parse));
        }
        return columns;
    }

    private static StorageChoice storage(YamlMap map) {
        StorageChoice s3 = map.choice("s3", StorageChoice.EMBEDDED, STORAGE);
        StorageChoice sqs = map.choice("sqs", StorageChoice.EMBEDDED, STORAGE);
        for (String service : EMBEDDED_ONLY) {
            map.choice(service, "embedded", Map.of("embedded", "embedded"));
        }
        map.refuseUnknown();
        if (s3 != sqs) {
            map.report(
                    s3 == StorageChoice.AWS ? "s3" : "sqs",
                    "services: s3 and sqs go together, because AWS's buckets tell AWS's queues only; write s3: aws and"
                            + " sqs: aws, or leave both out");
            return StorageChoice.EMBEDDED;
        }
        return s3;
    }

    /// Spark's processes reach S3 at Feedline's port, with Feedline's keys.
    private static void refuseSpark(YamlMap map, Map<String, Feed> feeds) {
        feeds.forEach((name, feed) -> {
            if (feed.convert() instanceof ConvertChoice.Spark) {
                map.report(
                        name,
                        "feed " + name + ": engine spark reads and writes Feedline's own S3, and services.s3 is aws;"
                                + " write engine: native, or leave services out");
            }
        });
    }

    /// What paths in the file begin in: its own folder.
    private Path folder() {
        Path parent = Path.of(file).toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
