package dev.feedline.app;

import dev.feedline.app.command.FeedlineCommand;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.definition.DefinitionReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;

/// Runs Feedline once in a temporary folder for the JVM to watch: a server, a file on its whole way, the short
/// commands.
///
/// `./feedline` runs it with `-XX:AOTCacheOutput`, and later starts take from that cache what this one loaded and
/// linked ([JEP 514](https://openjdk.org/jeps/514)). A second process, watched while this one serves, makes a smaller
/// cache for commands that ask a running server: to map 15,000 classes takes such a command a fifth of its time.
/// It is no test: when it fails, there is no cache, and starts take longer.
final class Rehearsal {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String CACHE_OF_COMMANDS = "feedline.cache-of-commands";
    private static final int CONVERTED_ROWS = 60_000;
    private static final int EXIT_TOO_LONG = 75;
    /// A cache is only good for the collector and the modules it was made with.
    private static final List<String> OPTIONS_OF_THE_SCRIPT = List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final String DEFINITION = """
            feeds:
              rehearsal:
                schema: { columns: { id: bigint, amount: "decimal(12,2)", at: timestamp } }
            """;

    private Rehearsal() {}

    /// @param arguments none; the second process has the data folder
    public static void main(String[] arguments) throws Exception {
        Thread.ofPlatform().daemon().start(Rehearsal::endWhenTooLong);
        Class.forName(Main.class.getName()); // begins every command, and a class that is not in the cache opens its jar
        if (arguments.length > 0) {
            Path data = Path.of(arguments[0]);
            commands(data);
            convert(data.resolveSibling("convert"));
            return;
        }
        Path folder = Files.createTempDirectory("feedline-rehearsal");
        try {
            play(folder);
        } finally {
            delete(folder);
        }
    }

    private static void play(Path folder) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path file = Files.writeString(folder.resolve("rows.jsonl"), rows());
        FeedlineSettings settings =
                FeedlineSettings.of(data, DefinitionReader.parse("rehearsal", DEFINITION), failure -> {});
        try (Feedline feedline = Feedline.start(settings)) {
            command(data, "put", file.toString(), "rehearsal", "--wait");
            putUnderNoFeed(feedline); // for such a file `files` asks the catalog
            commands(data);
            rehearseCommands(data);
        }
        commands(data); // on a stopped folder
        FeedlineCommand.run("--help");
    }

    private static void putUnderNoFeed(Feedline feedline) {
        try (Reach reach = Reach.of(feedline)) {
            reach.s3()
                    .putObject(
                            request -> request.bucket(Buckets.EMBEDDED.source()).key("no-feed"),
                            RequestBody.fromString("{}"));
        }
    }

    private static void rehearseCommands(Path data) throws IOException, InterruptedException {
        Optional<String> cache = Optional.ofNullable(System.getProperty(CACHE_OF_COMMANDS));
        if (cache.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS_OF_THE_SCRIPT);
        command.add("-Dfeedline.home=" + System.getProperty("feedline.home"));
        command.add("-XX:AOTCacheOutput=" + cache.get());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Rehearsal.class.getName(), data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("the rehearsal of the commands ended with " + exit);
        }
    }

    private static void commands(Path data) {
        command(data, "files");
        command(data, "files", "--json");
        command(data, "balance");
        command(data, "quarantine", "list");
        command(data, "sql", "SELECT COUNT(*) FROM FEEDLINE.RAW.REHEARSAL");
    }

    /// So often that the compilers' profiles are worth keeping: what a conversion spends most of a second on.
    private static void convert(Path folder) throws IOException {
        Path in = Files.createDirectories(folder).resolve("rows.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(in)) {
            for (int i = 0; i < CONVERTED_ROWS; i++) {
                out.write(row(i));
            }
        }
        for (String codec : List.of("snappy", "zstd", "snappy")) {
            String out = folder.resolve(codec + ".parquet").toString();
            FeedlineCommand.run("convert", "--force", "--compression", codec, in.toString(), out);
        }
    }

    /// A row of many kinds of columns, some missing and some null.
    private static String row(int i) {
        String optional =
                i % 3 == 0 ? "" : "\"note\":" + (i % 3 == 1 ? "null" : "\"a text of some words " + i * 7 + "\"") + ",";
        return "{\"id\":" + (1_000_000 + i) + ",\"customer\":" + i * 31L % 20_011 + ",\"at\":\"2026-11-0" + (1 + i % 9)
                + "T10:0" + i % 10
                + ":00." + (100 + i % 900) + "Z\",\"status\":\"" + (i % 5 == 0 ? "new" : "shipped") + "\",\"amount\":"
                + i % 1_000 + "."
                + (10 + i % 90) + ",\"ratio\":" + i * 13L % 7_919 / 1e3 + ",\"ok\":" + (i % 2 == 0) + "," + optional
                + "\"mail\":\"user" + i * 17L % 50_021 + "@example.com\",\"day\":\"2026-11-0" + (1 + i % 9)
                + "\",\"actor\":{\"name\":\"n\\u00e9 " + i + "\",\"n\":" + i + "},\"items\":[{\"sku\":\"SKU-"
                + i * 11L % 5_003
                + "\",\"count\":" + i % 7 + "},{\"sku\":\"x\"}],\"tags\":[\"a\",\"b\"]}\n";
    }

    private static void command(Path data, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", data.toString()));
        FeedlineCommand.run(all.toArray(String[]::new));
    }

    /// Good rows of every kind, and two that are quarantined.
    private static String rows() {
        return IntStream.range(0, 2_000)
                .mapToObj(i -> i % 1_000 == 7
                        ? "{\"id\":\"no number\"}\n"
                        : "{\"id\":" + i + ",\"amount\":" + i
                                + ".25,\"at\":\"2026-11-01T10:00:00Z\",\"ok\":true,\"text\":\"a" + i
                                + "\",\"nested\":{\"x\":[1,2.5,\"z\",null]}}\n")
                .collect(Collectors.joining());
    }

    private static void endWhenTooLong() {
        try {
            Thread.sleep(LONGEST);
        } catch (InterruptedException e) {
            return;
        }
        Runtime.getRuntime().halt(EXIT_TOO_LONG);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (var paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
