package dev.feedline.snowflake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A process that loads files through a pipe until it is killed.
final class KilledLoader {
    static final String SETUP = """
            create database if not exists d;
            use schema d.public;
            create file format if not exists pq type = parquet use_logical_type = true;
            create stage if not exists lake url = 's3://lake/data/' file_format = pq;
            create table if not exists t (id number, file varchar);
            create pipe if not exists p auto_ingest = true as copy into t from @lake/t/
              match_by_column_name = case_insensitive;
            """;

    private KilledLoader() {}

    /// @param arguments the warehouse's folder, the folder of staged files
    public static void main(String[] arguments) throws IOException {
        TestWarehouse warehouse = new TestWarehouse(Path.of(arguments[0]));
        stage(warehouse, Path.of(arguments[1]));
        warehouse.session.executeScript(SETUP);
        warehouse.snowflake.start();
        System.out.println("loading");
        while (true) {
            LockSupport.park();
        }
    }

    /// Puts the files on the stage and sends an event for each, as a queue does that never saw one
    /// deleted.
    static void stage(TestWarehouse warehouse, Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            for (Path file : all.sorted().toList()) {
                String key = "data/t/" + file.getFileName();
                warehouse.s3.put("lake", key, Files.readAllBytes(file));
                var stored = warehouse.s3.get("lake", key);
                warehouse.sqs.objectCreated("lake", key, stored.bytes().length, stored.etag());
            }
        }
    }

    static Process start(Path folder, Path files) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledLoader.class.getName(),
                        folder.toString(),
                        files.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
