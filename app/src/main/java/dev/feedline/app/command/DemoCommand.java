package dev.feedline.app.command;

import dev.feedline.app.Feedline;
import dev.feedline.app.FeedlineSettings;
import dev.feedline.app.Finally;
import dev.feedline.app.Journey;
import dev.feedline.app.Reach;
import dev.feedline.app.RemotePipeline;
import dev.feedline.app.Upload;
import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.definition.ConvertChoice;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.DefinitionReader;
import dev.feedline.feeds.definition.Feed;
import dev.feedline.feeds.definition.StorageChoice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `feedline demo`: the whole pipeline on the sample feeds, from nothing to rows that an independent reader has
/// checked.
@Command(
        name = "demo",
        description = "Run the whole pipeline on the sample feeds and show the rows and the balance.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final List<Sample> SAMPLES = List.of(
            new Sample("orders", "orders.jsonl"),
            new Sample("events", "events.jsonl.gz"),
            new Sample("orders", "orders-dirty.jsonl"));
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder (default: a temporary one).")
    private @Nullable Path data;

    @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "The port (default: a free one).")
    private int port;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = "127.0.0.1", description = "The address to bind to.")
    private String host = "127.0.0.1";

    @Option(names = "-f", paramLabel = "FILE", description = "The definition (default: examples/feedline.yaml).")
    private @Nullable Path definitionFile;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "Convert all feeds on this one: native or spark, which is fetched at its first use (default:"
                    + " what the definition says).")
    private @Nullable Engine engine;

    @Option(names = "--keep", description = "Stay up when the demo is done, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--json", description = "Print the balance as one JSON array, and nothing else on standard output.")
    private boolean json;

    private @Nullable Feedline running;

    private record Sample(String feed, String file) {}

    enum Engine {
        NATIVE,
        SPARK
    }

    @Override
    public Integer call() throws Exception {
        Path examples = examples();
        Definition definition = converted(
                DefinitionReader.read(definitionFile == null ? examples.resolve("feedline.yaml") : definitionFile));
        refuseWhatWouldStay(definition);
        Path folder = data == null ? Files.createTempDirectory("feedline-demo") : data;
        Progress progress = new Progress(json ? System.err : System.out);
        UpCommand.fetchSpark(definition, progress::step);
        progress.finish();
        FeedlineSettings settings =
                FeedlineSettings.of(folder, definition, UpCommand::stopAtOnce).at(host, port);
        try (Finally end = Finally.of(() -> end(folder))) {
            try (Reach reach = Reach.of(start(settings))) {
                say("Feedline is ready at " + reach.server().endpoint() + ", its data is in " + folder);
                int code = run(reach, definition, examples, folder);
                if (keep) {
                    say("Stays up until Ctrl-C. In another terminal: eval \"$(./feedline env --data " + folder + ")\"");
                    new CountDownLatch(1).await(); // the end comes by a signal
                }
                return code;
            }
        }
    }

    /// A folder for this run only would leave buckets at AWS that no other folder may take over.
    private void refuseWhatWouldStay(Definition definition) throws IOException {
        if (definition.storage() != StorageChoice.AWS) {
            return;
        }
        if (data == null) {
            throw new IOException(
                    "The definition's S3 is AWS's, where the demo's buckets stay, and only the data folder"
                            + " that made them works with them. Name a folder that stays too: --data DIR.");
        }
        if (engine == Engine.SPARK) {
            throw new IOException("--engine spark reads and writes Feedline's own S3, and the definition's is AWS's."
                    + " Leave it out.");
        }
    }

    private Definition converted(Definition read) {
        if (engine == null) {
            return read;
        }
        ConvertChoice choice = switch (engine) {
            case NATIVE -> ConvertChoice.NATIVE;
            case SPARK -> ConvertChoice.spark();
        };
        Map<String, Feed> feeds = new LinkedHashMap<>(read.feeds());
        feeds.replaceAll((name, feed) -> feed.with(choice));
        return read.with(feeds);
    }

    private synchronized Feedline start(FeedlineSettings settings) throws IOException {
        Feedline started = Feedline.start(settings);
        running = started;
        return started;
    }

    /// Closes what runs, and deletes the folder when it was only for this run; a start that is under way comes first.
    private synchronized void end(Path folder) {
        if (running != null) {
            running.close();
        }
        try {
            if (data == null) {
                TemporaryFolder.delete(folder);
            }
        } catch (IOException e) {
            System.err.println("feedline: the folder " + folder + " is left behind: " + Explanation.of(e));
        }
    }

    private int run(Reach reach, Definition definition, Path examples, Path folder) throws Exception {
        RemotePipeline pipeline = RemotePipeline.of(reach);
        List<FileState> files = new ArrayList<>();
        for (Sample sample : SAMPLES) {
            files.add(send(reach, pipeline, sample, examples.resolve("feeds").resolve(sample.file())));
        }
        int code = files.stream()
                .mapToInt(ExitCode::of)
                .filter(it -> it == ExitCode.UNBALANCED)
                .max()
                .orElse(0);
        try (SnowflakeClient warehouse = reach.warehouse()) {
            show(warehouse);
            say("\nAn independent reader compares the files with the warehouse, value by value:");
            for (int i = 0; i < files.size(); i++) {
                Sample sample = SAMPLES.get(i);
                Oracle oracle = new Oracle(examples.resolve("Oracle.java"), warehouse, folder);
                boolean equal = oracle.agrees(
                        examples.resolve("feeds").resolve(sample.file()),
                        files.get(i),
                        feed(definition, sample.feed()),
                        json ? System.err : System.out);
                code = equal ? code : ExitCode.UNBALANCED;
            }
        }
        List<FileState> counted = pipeline.files();
        if (json) {
            FilesTable.json(counted, System.out);
        } else {
            say("\nThe balance, counted from the warehouse:");
            FilesTable.table(counted, System.out);
            say(BalanceCommand.sentence(counted));
        }
        return code;
    }

    private FileState send(Reach reach, RemotePipeline pipeline, Sample sample, Path file) throws Exception {
        Progress progress = new Progress(json ? System.err : System.out);
        String key = sample.feed() + "/" + sample.file();
        long size = Files.size(file);
        String version = new Upload(reach.s3(), reach.buckets().source(), sent -> progress.upload(key, sent, size))
                .put(file, key);
        progress.finish(key + ": uploaded, " + size + " bytes");
        Optional<FileState> settled =
                Journey.of(pipeline, sample.feed(), key, version).await(LONGEST, progress::stages);
        progress.finish("");
        return settled.orElseThrow(() ->
                new IOException(key + " is not settled after " + LONGEST.toSeconds() + " s; see `feedline files`"));
    }

    private static Feed feed(Definition definition, String name) {
        return Optional.ofNullable(definition.feeds().get(name))
                .orElseGet(() -> Feed.named(name, definition.storage()));
    }

    private void show(SnowflakeClient warehouse) throws IOException {
        if (json) {
            return;
        }
        say("\nA few rows of FEEDLINE.RAW.ORDERS:");
        table(
                warehouse,
                "SELECT ID, ORDERED_AT, AMOUNT, CURRENCY, COUPON, RATE, CUSTOMER:name::VARCHAR AS NAME"
                        + " FROM FEEDLINE.RAW.ORDERS WHERE RATE IS NOT NULL ORDER BY ID LIMIT 5");
        say("\nThe bad rows, by what is wrong with them:");
        table(
                warehouse,
                "SELECT CODE, COUNT(*) AS BAD_ROWS, MIN(LINE) AS FIRST_LINE, MIN(DETAIL) AS FOR_EXAMPLE"
                        + " FROM FEEDLINE.OPS.QUARANTINE GROUP BY CODE ORDER BY BAD_ROWS DESC, CODE");
    }

    private static void table(SnowflakeClient warehouse, String sql) throws IOException {
        try (TextTable table = new TextTable(new PrintWriter(System.out, false, StandardCharsets.UTF_8))) {
            warehouse.query(sql, table);
        }
    }

    private void say(String words) {
        (json ? System.err : System.out).println(words);
    }

    /// The examples lie beside the `feedline` script, which says where that is.
    private static Path examples() throws IOException {
        Path examples = Path.of(System.getProperty("feedline.home", ".")).resolve("examples");
        if (!Files.isDirectory(examples)) {
            throw new IOException(
                    "The sample feeds are not in " + examples + "; run the demo by the script ./feedline.");
        }
        return examples;
    }
}
