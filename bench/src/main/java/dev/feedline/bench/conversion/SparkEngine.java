package dev.feedline.bench.conversion;

import dev.feedline.glue.SparkSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Spark on one machine, its session made once. It writes a folder.
///
/// @param java a JVM that Spark runs on
record SparkEngine(PeerFolder folder, String java) implements Engine {
    @Override
    public String name() {
        return "spark " + folder.version("spark-sql_2.13");
    }

    @Override
    public List<String> command(Cell cell, Path out) {
        List<String> command = new ArrayList<>(List.of(java, "-Xmx2g", "-XX:+UseSerialGC"));
        command.addAll(SparkSettings.javaOptions());
        command.addAll(List.of(
                "-cp",
                folder.classPath(),
                "dev.feedline.bench.engine.SparkProgram",
                cell.data().input().toString(),
                out.toString(),
                cell.codec().word(),
                Integer.toString(cell.threads()),
                cell.isExplicit() ? columns(cell) : ""));
        return command;
    }

    /// Spark's names of types are the Glue Data Catalog's.
    private static String columns(Cell cell) {
        return cell.data().schema().columns().stream()
                .map(column -> "`" + column.name() + "` " + column.type().glue())
                .collect(Collectors.joining(", "));
    }
}
