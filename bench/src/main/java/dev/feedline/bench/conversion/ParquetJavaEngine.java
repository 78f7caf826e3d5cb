package dev.feedline.bench.conversion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// parquet-java fed by Jackson's trees: how it is usually done in Java. It has one thread and
/// infers nothing.
record ParquetJavaEngine(PeerFolder folder) implements Engine {
    @Override
    public String name() {
        return "parquet-java " + folder.version("parquet-hadoop");
    }

    @Override
    public List<String> command(Cell cell, Path out) {
        List<String> command = new ArrayList<>(JavaProgram.options(Path.of(JavaProgram.JAVA)));
        command.addAll(List.of(
                "-cp",
                folder.classPath(),
                "dev.feedline.bench.engine.ParquetJavaProgram",
                cell.data().input().toString(),
                out.toString(),
                cell.codec().name(),
                MessageTypeText.of(cell.data().schema())));
        return command;
    }

    @Override
    public boolean takes(Cell cell) {
        return cell.isExplicit() && cell.threads() == 1;
    }
}
