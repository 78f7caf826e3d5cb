package dev.feedline.app.command;

import dev.feedline.feeds.FeedFile;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.parquet.Compression;
import dev.feedline.parquet.ConversionSettings;
import dev.feedline.parquet.JsonToParquet;
import dev.feedline.parquet.ParquetOptions;
import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.Inference;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowSplitter;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaJson;
import dev.feedline.rows.SchemaPolicy;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
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

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to read, and last the one to write.")
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

    @Option(names = "--force", description = "Replace the file to write when it is there.")
    private boolean force;

    @Option(names = "--stats", description = "Say what it took: rows, bytes, seconds, processor seconds.")
    private boolean stats;

    @Override
    public Integer call() throws IOException {
        try {
            return convert();
        } catch (BrokenFeedException e) {
            throw e.getCause() instanceof IOException failure ? failure : e; // it names the file
        }
    }

    private int convert() throws IOException {
        if (schemaOnly) {
            System.out.println(SchemaJson.write(inferred(look(files))));
            return ExitCode.BALANCED;
        }
        if (files.size() < 2) {
            throw new IOException("Name the file to write behind the files to read: `feedline convert IN… OUT`.");
        }
        Path out = files.get(files.size() - 1);
        List<Path> in = files.subList(0, files.size() - 1);
        requireFree(out);
        ConvertRun run = new ConvertRun(in, badRows);
        List<Source> looked = look(in);
        Schema schema = schemaFile == null ? inferred(looked) : given(schemaFile);
        ConversionSettings settings = settings(schema);
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try {
            try (run;
                    OutputStream to = new BufferedOutputStream(Files.newOutputStream(part), OUT_BUFFER);
                    JsonToParquet conversion = new JsonToParquet(to, settings, run)) {
                for (Source source : looked) {
                    run.begin();
                    try (InputStream rows = source.open()) {
                        conversion.add(rows, source.file().reading());
                    }
                }
            }
            Files.move(part, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        run.end(out, stats);
        return run.badRows() == 0 ? ExitCode.BALANCED : ExitCode.QUARANTINED;
    }

    /// A file that has been looked at.
    private record Source(Path path, FeedFile file) {
        /// Its rows' bytes; what goes wrong with them names the file.
        InputStream open() throws IOException {
            return new FilterInputStream(file.open()) {
                @Override
                public int read() throws IOException {
                    try {
                        return super.read();
                    } catch (IOException e) {
                        throw named(e);
                    }
                }

                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    try {
                        return super.read(into, from, length);
                    } catch (IOException e) {
                        throw named(e);
                    }
                }
            };
        }

        private IOException named(IOException e) {
            return new IOException(
                    path + " cannot be read to its end: " + e.getMessage() + ". Nothing was written.", e);
        }
    }

    private void requireFree(Path out) throws IOException {
        if (Files.isDirectory(out)) {
            throw new IOException(out + " is a folder; name the Parquet file to write.");
        }
        if (Files.exists(out) && !force) {
            throw new IOException(out + " is there already and was not touched; --force replaces it.");
        }
    }

    private static List<Source> look(List<Path> paths) throws IOException {
        List<Source> looked = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isRegularFile(path)) {
                throw new IOException("There is no file " + path + " to read.");
            }
            FeedFile file = FeedFile.at(path, FeedSettings.DEFAULT);
            if (file.reading().kind() == Reading.Kind.CSV) {
                throw new IOException(path + " looks like CSV, and convert reads JSON only: its cells have no types."
                        + " A feed takes it (`feedline put`).");
            }
            looked.add(new Source(path, file));
        }
        return looked;
    }

    private static Schema inferred(List<Source> looked) throws IOException {
        Inference seen = new Inference(RowLimits.DEFAULT);
        for (Source source : looked) {
            try (InputStream in = source.open();
                    RowSplitter rows =
                            source.file().reading().split(in, RowLimits.DEFAULT.maxSourceBytes(), Position.START)) {
                for (RawRow row = rows.next(); row != null; row = rows.next()) {
                    if (!row.tooLong() && row.flaw() == null) {
                        seen.add(row.bytes());
                    }
                }
            }
        }
        Schema schema = seen.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD);
        if (schema.columns().isEmpty()) {
            throw new IOException("No column was found: the files have no good row with a value."
                    + " `feedline preview FILE` shows what is wrong, or name the columns with --schema.");
        }
        return schema;
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
