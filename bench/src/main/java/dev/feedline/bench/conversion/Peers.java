package dev.feedline.bench.conversion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the other engines are found.
final class Peers {
    private static final String DRIVER = "duckdb_jdbc-";

    private Peers() {}

    /// DuckDB of the version that Feedline itself has.
    static Engine duckDb(Path home) throws IOException {
        return duckDbIn(home, home.resolve("app/target/lib"));
    }

    private static Engine duckDbIn(Path home, Path folder) throws IOException {
        try (var jars = Files.list(folder)) {
            Path driver = jars.filter(jar -> jar.getFileName().toString().startsWith(DRIVER))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no DuckDB driver in " + folder));
            String version = driver.getFileName().toString().replace(DRIVER, "").replace(".jar", "");
            return new DuckDbEngine(version, home.resolve("bench/target/classes"), driver);
        }
    }
}
