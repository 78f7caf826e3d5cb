package dev.feedline.bench.conversion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// DuckDB in a JVM.
///
/// @param classes of this measurement
/// @param driver its JDBC driver's jar
record DuckDbEngine(String version, Path classes, Path driver) implements Engine {
    @Override
    public String name() {
        return "duckdb " + version;
    }

    @Override
    public List<String> command(Cell cell, Path out) {
        List<String> command = new ArrayList<>(JavaProgram.options(Path.of(JavaProgram.JAVA)));
        command.addAll(List.of(
                "-cp",
                classes + ":" + driver,
                "dev.feedline.bench.engine.DuckDbProgram",
                DuckDbSql.threads(cell),
                DuckDbSql.convert(cell, out)));
        return command;
    }
}
