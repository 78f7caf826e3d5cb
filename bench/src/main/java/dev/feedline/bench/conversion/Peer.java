package dev.feedline.bench.conversion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The engines that ours may be measured against.
enum Peer {
    /// Of the version that Feedline itself has.
    DUCKDB {
        @Override
        Optional<Engine> find(Path home, String python) throws IOException {
            Path lib = home.resolve("app/target/lib");
            return Optional.of(duckDb(home, new PeerFolder(lib, PeerFolder.jarsIn(lib))));
        }
    },
    DUCKDB_1_5 {
        @Override
        Optional<Engine> find(Path home, String python) throws IOException, InterruptedException {
            return Optional.of(duckDb(home, PeerFolder.of(home, "duckdb-1.5")));
        }
    },
    DUCKDB_PYTHON {
        @Override
        Optional<Engine> find(Path home, String python) throws IOException, InterruptedException {
            return inPython(home, python, "duckdb");
        }
    },
    PARQUET_JAVA {
        @Override
        Optional<Engine> find(Path home, String python) throws IOException, InterruptedException {
            return Optional.of(
                    new ParquetJavaEngine(PeerFolder.of(home, "parquet-java").with(home, "ParquetJavaProgram")));
        }
    },
    POLARS {
        @Override
        Optional<Engine> find(Path home, String python) throws IOException, InterruptedException {
            return inPython(home, python, "polars");
        }
    },
    PYARROW {
        @Override
        Optional<Engine> find(Path home, String python) throws IOException, InterruptedException {
            return inPython(home, python, "pyarrow");
        }
    },
    SPARK {
        @Override
        Optional<Engine> find(Path home, String python) throws IOException, InterruptedException {
            if (!Said.by("java", "-version")
                    .filter(said -> said.matches("(?s).*version \"(17|21)\\..*"))
                    .isPresent()) {
                return Optional.empty();
            }
            return Optional.of(new SparkEngine(PeerFolder.of(home, "spark").with(home, "SparkProgram"), "java"));
        }
    };

    private static final String DRIVER = "duckdb_jdbc";

    /// Finds it, or does not when this machine has no Python module, or no Java 17 or 21, that it
    /// needs.
    abstract Optional<Engine> find(Path home, String python) throws IOException, InterruptedException;

    /// Its name in options.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace("_1_5", "-1.5").replace('_', '-');
    }

    static Peer named(String word) {
        for (Peer peer : values()) {
            if (peer.word().equals(word)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("no peer is called " + word);
    }

    private static Engine duckDb(Path home, PeerFolder folder) {
        return new DuckDbEngine(folder.version(DRIVER), home.resolve("bench/target/classes"), folder.jar(DRIVER));
    }

    private static Optional<Engine> inPython(Path home, String python, String module)
            throws IOException, InterruptedException {
        Path script = home.resolve("bench/peers/peer.py");
        return Said.by(python, script.toString(), "version", module)
                .map(version -> new PythonEngine(python, script, module, version.strip()));
    }
}
