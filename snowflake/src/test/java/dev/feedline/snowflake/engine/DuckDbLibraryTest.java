package dev.feedline.snowflake.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DuckDB's library is unpacked once, whole, and never left half done.
class DuckDbLibraryTest {
    @TempDir
    private Path folder;

    @Test
    void theSecondStartFindsWhatTheFirstUnpacked() throws IOException {
        Path library = DuckDbLibrary.unpacked(folder).orElseThrow();
        FileTime written = Files.getLastModifiedTime(library);
        assertThat(DuckDbLibrary.unpacked(folder)).contains(library);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(written);
        assertThat(names()).containsExactly(library.getFileName().toString());
    }

    @Test
    void aLibraryOfTheWrongSizeIsUnpackedAgain() throws IOException {
        Path library = DuckDbLibrary.unpacked(folder).orElseThrow();
        long size = Files.size(library);
        Files.write(library, new byte[10]);
        assertThat(DuckDbLibrary.unpacked(folder)).contains(library);
        assertThat(Files.size(library)).isEqualTo(size);
    }

    @Test
    void whatKilledProcessesLeftIsSweptWhenTheLibraryIsUnpacked() throws IOException {
        Path old = Files.createFile(folder.resolve("unpacking-1.so"));
        Path ofAnother = Files.createFile(folder.resolve("unpacking-2.so"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        DuckDbLibrary.unpacked(folder);
        assertThat(old).doesNotExist();
        assertThat(ofAnother).exists();
    }

    @Test
    void whatTheDriverUnpackedInKilledProcessesIsSweptAndNothingElse() throws IOException {
        Instant now = Instant.now();
        Path killed = Files.createFile(folder.resolve("libduckdb_java123.so"));
        Path loading = Files.createFile(folder.resolve("libduckdb_java456.so"));
        Path other = Files.createFile(folder.resolve("libother.so"));
        Path inside = Files.createDirectory(folder.resolve("libduckdb_java.so"));
        for (Path old : List.of(killed, other, inside)) {
            Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(2))));
        }
        assertThat(DuckDbLibrary.sweepTemporary(folder, now)).isEqualTo(1);
        assertThat(killed).doesNotExist();
        assertThat(List.of(loading, other, inside)).allMatch(Files::exists);
    }

    /// In a process of its own, because the library of this one is loaded; its temporary folder shows what was
    /// unpacked.
    @Test
    void duckDbWorksAndLeavesNothingInTheTemporaryFolderWhenKilled() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Queried.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("42");
            assertThat(names()).noneMatch(name -> name.contains("duckdb"));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /// Asks DuckDB something, and stays.
    static final class Queried {
        private Queried() {}

        public static void main(String[] arguments) throws Exception {
            DuckDbLibrary.load();
            try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:");
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT 42")) {
                row.next();
                System.out.println(row.getInt(1));
                Thread.currentThread().join();
            }
        }
    }
}
