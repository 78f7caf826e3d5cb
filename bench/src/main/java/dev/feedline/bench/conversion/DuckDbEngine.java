package dev.feedline.bench.conversion;

import java.nio.file.Path;
import java.util.List;

/// DuckDB in a JVM, without the JVM's start-up and its own.
///
/// @param driver its JDBC driver's jar
record DuckDbEngine(String version, Path classes, Path driver) implements Engine {
    @Override
    public String name() {
        return "duckdb " + version;
    }

    @Override
    public List<String> command(Cell cell, Path out) {
        return List.of(
                JavaProgram.JAVA,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes + ":" + driver,
                "dev.feedline.bench.engine.DuckDbProgram",
                DuckDbSql.threads(cell),
                DuckDbSql.convert(cell, out));
    }
}
