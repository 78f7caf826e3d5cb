package dev.feedline.bench.conversion;

import dev.feedline.rows.SchemaJson;
import java.nio.file.Path;
import java.util.List;

/// A library in Python.
///
/// @param script `bench/peers/peer.py`
/// @param module `polars`, `pyarrow` or `duckdb`
record PythonEngine(String python, Path script, String module, String version) implements Engine {
    @Override
    public String name() {
        return module + (isDuckDb() ? " in Python " : " ") + version;
    }

    @Override
    public List<String> command(Cell cell, Path out) {
        if (isDuckDb()) {
            return List.of(python, script.toString(), module, DuckDbSql.threads(cell), DuckDbSql.convert(cell, out));
        }
        return List.of(
                python,
                script.toString(),
                module,
                cell.data().input().toString(),
                out.toString(),
                cell.codec().word(),
                Integer.toString(cell.threads()),
                cell.isExplicit() ? SchemaJson.write(cell.data().schema()) : "");
    }

    private boolean isDuckDb() {
        return module.equals("duckdb");
    }
}
