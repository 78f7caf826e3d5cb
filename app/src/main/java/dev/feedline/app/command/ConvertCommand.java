package dev.feedline.app.command;

import dev.feedline.parquet.Compression;
import dev.feedline.parquet.ConversionSettings;
import dev.feedline.parquet.NumberEncoding;
import dev.feedline.parquet.ParquetOptions;
import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaJson;
import dev.feedline.rows.SchemaPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `feedline convert IN… OUT`
@Command(
        name = "convert",
        description = {
            "Convert JSON to one Parquet file, with no server: lines, arrays or objects one after another, plain",
            "or packed by gzip, zstd or bzip2. The columns are those of --schema, or inferred from all rows; the",
            "files are read again when their beginnings do not tell what the columns are. What fits",
            "no column goes to the column _RESCUED as JSON or makes its row bad, by --on-new-column and",
            "--on-mismatch.",
            "Exit 0 when all rows are in the file, 3 when some were bad and are not."
        },
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "IN… OUT",
            hideParamSyntax = true,
            description = "The files to read, and last the one to write.")
    private List<Path> files = List.of();

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "The columns, as --schema-only prints them (default: inferred).")
    private @Nullable Path schemaFile;

    @Option(
            names = "--schema-only",
            description = "Print the columns that would be inferred and write nothing; all files are read.")
    private boolean schemaOnly;

    @Option(
            names = "--infer-rows",
            paramLabel = "N",
            description = "Infer columns from the first N rows of each file (default: from all).")
    private @Nullable Long inferRows;

    @Option(
            names = "--on-new-column",
            paramLabel = "POLICY",
            description = {
                "What a key does that --schema has not: add (a column, its type inferred), rescue (its values go to",
                "_RESCUED) or freeze (its row is bad); default: rescue."
            })
    private @Nullable String onNewColumn;

    @Option(
            names = "--on-mismatch",
            paramLabel = "POLICY",
            description = {
                "What a value does that its column cannot hold: quarantine (its row is bad) or rescue (it goes to",
                "_RESCUED); default: quarantine."
            })
    private @Nullable String onMismatch;

    @Option(names = "--freeze", description = "The same as --on-new-column freeze.")
    private boolean freeze;

    @Option(names = "--compression", paramLabel = "CODEC", description = "snappy, zstd or none (default: snappy).")
    private @Nullable String compression;

    @Option(
            names = "--encoding",
            paramLabel = "ENCODING",
            description = {
                "How whole numbers, dates and moments are written where no dictionary pays: plain or",
                "delta-binary-packed, which makes files smaller, most where numbers rise; DuckDB, Spark 4.1 and",
                "parquet-java read it, Snowflake does not say so (default: plain)."
            })
    private @Nullable String encoding;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Blocks of 32 MiB converted at once (default: the processors, as far as memory reaches).")
    private @Nullable Integer threads;

    @Option(
            names = "--metadata",
            paramLabel = "KEY=VALUE",
            description = {
                "Write this into the file as key-value metadata of Parquet; may be given several times, each key",
                "once. The value is all behind the first =."
            })
    private List<String> metadata = List.of();

    @Option(
            names = "--bad-rows",
            paramLabel = "FILE",
            description = "Write bad rows there, a JSON object a line (default: show the first five).")
    private @Nullable Path badRows;

    @Option(names = "--force", description = "Replace files to write that are there.")
    private boolean force;

    @Option(names = "--stats", description = "Say what it took: rows, bytes, seconds, processor seconds.")
    private boolean stats;

    @Override
    public Integer call() throws IOException {
        try {
            return schemaOnly ? printSchema() : convert();
        } catch (BrokenFeedException e) {
            throw e.getCause() instanceof IOException failure ? failure : e; // it names the file
        }
    }

    private int printSchema() throws IOException {
        boolean adds = schemaFile == null ? onNewColumn == null : onNewColumn() == SchemaPolicy.OnNewColumn.ADD;
        boolean converts = badRows != null || force || stats || freeze || threads != null || !metadata.isEmpty();
        boolean writes = compression != null || encoding != null || onMismatch != null;
        if (!adds || converts || writes) {
            throw new IOException("--schema-only converts nothing, so no other option goes with it but --infer-rows,"
                    + " and --schema with --on-new-column add.");
        }
        System.out.println(SchemaJson.write(schema(ConvertInputs.look(files), new Progress(System.err))));
        return ExitCode.BALANCED;
    }

    private int convert() throws IOException {
        if (files.size() < 2) {
            throw new IOException("Name the file to write behind the files to read: `feedline convert IN… OUT`.");
        }
        Path out = files.get(files.size() - 1);
        List<Path> in = files.subList(0, files.size() - 1);
        requireFree(out, in);
        if (badRows != null) {
            requireFree(badRows, files);
        }
        SchemaPolicy policy = new SchemaPolicy(onNewColumn(), onMismatch());
        ParquetOptions options = options();
        int threads = threads();
        ConvertInputs inputs = ConvertInputs.look(in);
        Progress progress = new Progress(System.err);
        Conversion conversion = new Conversion(
                inputs,
                out,
                badRows,
                stats,
                progress,
                System.nanoTime(),
                schema -> settings(schema, policy, options, threads));
        boolean looksAtAllRows = infers() && inferRows == null;
        long bad = looksAtAllRows ? conversion.inferring(given()) : conversion.with(schema(inputs, progress));
        return bad == 0 ? ExitCode.BALANCED : ExitCode.QUARANTINED;
    }

    /// Nothing is written over by mistake, and no file that is being read at all.
    private void requireFree(Path target, List<Path> others) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException(target + " is a folder; name a file to write.");
        }
        for (Path other : others) {
            if (target.toAbsolutePath()
                    .normalize()
                    .equals(other.toAbsolutePath().normalize())) {
                throw new IOException(target + " is named twice; each file to read or write is another.");
            }
        }
        if (Files.exists(target) && !force) {
            throw new IOException(target + " is there already and was not touched; --force replaces it.");
        }
    }

    private Schema schema(ConvertInputs inputs, Progress progress) throws IOException {
        if (inferRows != null && (!infers() || inferRows < 1)) {
            throw new IOException("--infer-rows is how many rows to infer from, 1 or more, where columns are inferred"
                    + " (without --schema, or with --on-new-column add).");
        }
        if (!infers()) {
            return given();
        }
        return inferRows == null ? inputs.inferred(given(), progress) : inputs.inferred(given(), inferRows);
    }

    private boolean infers() throws IOException {
        return schemaFile == null || onNewColumn() == SchemaPolicy.OnNewColumn.ADD;
    }

    private Schema given() throws IOException {
        return schemaFile == null ? Schema.EMPTY : given(schemaFile);
    }

    private SchemaPolicy.OnNewColumn onNewColumn() throws IOException {
        if (freeze && onNewColumn != null && !onNewColumn.equals("freeze")) {
            throw new IOException("--freeze and --on-new-column " + onNewColumn + " contradict each other.");
        }
        return switch (onNewColumn == null ? freeze ? "freeze" : "rescue" : onNewColumn) {
            case "add" -> SchemaPolicy.OnNewColumn.ADD;
            case "rescue" -> SchemaPolicy.OnNewColumn.RESCUE;
            case "freeze" -> SchemaPolicy.OnNewColumn.FREEZE;
            default -> throw new IOException("--on-new-column is add, rescue or freeze, not " + onNewColumn + ".");
        };
    }

    private SchemaPolicy.OnMismatch onMismatch() throws IOException {
        return switch (onMismatch == null ? "quarantine" : onMismatch) {
            case "quarantine" -> SchemaPolicy.OnMismatch.QUARANTINE;
            case "rescue" -> SchemaPolicy.OnMismatch.RESCUE;
            default -> throw new IOException("--on-mismatch is quarantine or rescue, not " + onMismatch + ".");
        };
    }

    private static Schema given(Path file) throws IOException {
        try {
            return SchemaJson.read(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " is no schema (" + e.getMessage() + "); `feedline convert --schema-only FILE` prints one.",
                    e);
        }
    }

    private ParquetOptions options() throws IOException {
        return ParquetOptions.DEFAULT.compression(codec()).numbers(encoding()).keyValueMetadata(keyValueMetadata());
    }

    private static ConversionSettings settings(Schema schema, SchemaPolicy policy, ParquetOptions options, int threads)
            throws IOException {
        try {
            return new ConversionSettings(
                    schema, policy, RowLimits.DEFAULT, options, ConversionSettings.DEFAULT_BLOCK_BYTES, threads);
        } catch (IllegalArgumentException e) {
            throw new IOException("The columns cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private Compression codec() throws IOException {
        return switch (compression == null ? "snappy" : compression) {
            case "snappy" -> Compression.SNAPPY;
            case "zstd" -> Compression.ZSTD;
            case "none" -> Compression.UNCOMPRESSED;
            default -> throw new IOException("--compression is snappy, zstd or none, not " + compression + ".");
        };
    }

    private NumberEncoding encoding() throws IOException {
        return switch (encoding == null ? "plain" : encoding) {
            case "plain" -> NumberEncoding.PLAIN;
            case "delta-binary-packed" -> NumberEncoding.DELTA_BINARY_PACKED;
            default -> throw new IOException("--encoding is plain or delta-binary-packed, not " + encoding + ".");
        };
    }

    private Map<String, String> keyValueMetadata() throws IOException {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : metadata) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IOException("--metadata is KEY=VALUE with a key, not " + Visible.text(pair) + ".");
            }
            String key = pair.substring(0, equals);
            if (pairs.putIfAbsent(key, pair.substring(equals + 1)) != null) {
                throw new IOException(
                        "--metadata " + Visible.text(key) + " is given twice; a file has one value for a key.");
            }
        }
        return pairs;
    }

    /// A thread holds about four blocks: its own, and what becomes of it; one block more than there are
    /// threads waits, and all together hold the row group that is not whole yet.
    private int threads() throws IOException {
        long forThreads = Runtime.getRuntime().maxMemory() - ParquetOptions.DEFAULT.rowGroupBytes();
        long most = Math.max(1, forThreads / (4L * ConversionSettings.DEFAULT_BLOCK_BYTES) - 1);
        if (threads == null) {
            return (int) Math.min(most, Runtime.getRuntime().availableProcessors());
        }
        if (threads < 1 || threads > most) {
            throw new IOException("--threads is 1 to " + most + " with this memory, not " + threads
                    + "; FEEDLINE_JAVA_OPTIONS=-Xmx2g gives more.");
        }
        return threads;
    }
}
