package dev.feedline.app.command;

import dev.feedline.feeds.FeedFile;
import dev.feedline.parquet.Compression;
import dev.feedline.parquet.ConversionSettings;
import dev.feedline.parquet.JsonToParquet;
import dev.feedline.parquet.ParquetOptions;
import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaJson;
import dev.feedline.rows.SchemaPolicy;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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
            "or packed by gzip, zstd or bzip2. The columns are those of --schema, or inferred from all rows, which",
            "reads the files twice. Values of other keys go to the column _RESCUED as JSON.",
            "Exit 0 when all rows are in the file, 3 when some were bad and are not."
        },
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    private static final int OUT_BUFFER = 1 << 16;

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

    @Option(names = "--freeze", description = "A row with a key that is no column is bad; there is no _RESCUED.")
    private boolean freeze;

    @Option(
            names = "--compression",
            paramLabel = "CODEC",
            defaultValue = "snappy",
            description = "snappy, zstd or none (default: snappy).")
    private String compression = "snappy";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Row groups made at once (default: the processors, as far as memory reaches).")
    private @Nullable Integer threads;

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
        if (schemaFile != null || badRows != null || force || stats || freeze) {
            throw new IOException("--schema-only converts nothing, so no other option goes with it.");
        }
        System.out.println(SchemaJson.write(ConvertInputs.look(files).inferred(new Progress(System.err))));
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
        ConvertInputs inputs = ConvertInputs.look(in);
        Progress progress = new Progress(System.err);
        ConversionSettings settings = settings(schemaFile == null ? inputs.inferred(progress) : given(schemaFile));
        try (ConvertRun run = new ConvertRun(inputs, badRows, progress)) {
            write(inputs, settings, run, out);
            run.end(out, stats);
            return run.badRows() == 0 ? ExitCode.BALANCED : ExitCode.QUARANTINED;
        }
    }

    /// Under another name until it is whole and on the disk.
    private static void write(ConvertInputs inputs, ConversionSettings settings, ConvertRun run, Path out)
            throws IOException {
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try (FileOutputStream file = new FileOutputStream(part.toFile())) {
            try (JsonToParquet conversion =
                    new JsonToParquet(new BufferedOutputStream(file, OUT_BUFFER), settings, run)) {
                for (FeedFile input : inputs.files()) {
                    run.begin(input);
                    try (InputStream rows = input.open()) {
                        conversion.add(rows, input.reading());
                    }
                }
            }
            file.getFD().sync();
            Files.move(part, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
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

    private static Schema given(Path file) throws IOException {
        try {
            return SchemaJson.read(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " is no schema (" + e.getMessage() + "); `feedline convert --schema-only FILE` prints one.",
                    e);
        }
    }

    private ConversionSettings settings(Schema schema) throws IOException {
        SchemaPolicy policy = new SchemaPolicy(
                freeze ? SchemaPolicy.OnNewColumn.FREEZE : SchemaPolicy.OnNewColumn.RESCUE,
                SchemaPolicy.OnMismatch.QUARANTINE);
        try {
            return new ConversionSettings(
                    schema,
                    policy,
                    RowLimits.DEFAULT,
                    ParquetOptions.DEFAULT.compression(codec()),
                    ConversionSettings.DEFAULT_BLOCK_BYTES,
                    threads());
        } catch (IllegalArgumentException e) {
            throw new IOException("The columns cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private Compression codec() throws IOException {
        return switch (compression) {
            case "snappy" -> Compression.SNAPPY;
            case "zstd" -> Compression.ZSTD;
            case "none" -> Compression.UNCOMPRESSED;
            default -> throw new IOException("--compression is snappy, zstd or none, not " + compression + ".");
        };
    }

    /// A thread holds about four blocks: its own, the one that waits for it, and the row group.
    private int threads() throws IOException {
        long most = Math.max(1, Runtime.getRuntime().maxMemory() / (4L * ConversionSettings.DEFAULT_BLOCK_BYTES));
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
