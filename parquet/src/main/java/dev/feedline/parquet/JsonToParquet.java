package dev.feedline.parquet;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.Position;
import dev.feedline.rows.Reading;
import dev.feedline.rows.TextEncoding;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Converts JSON to one Parquet file: blocks of the input become parts of row groups on several
/// threads, and row groups are written in the input's order, so the file depends on the input and the
/// settings alone, not on the threads.
///
/// Of a stream at most one block more than there are threads is in memory, each with the part of a row
/// group it becomes: about four times [ConversionSettings#blockBytes] for each. Of a file there are the
/// parts, and about a megabyte a thread of what is being read. Besides, there are the parts of
/// the row group that is not whole yet, with their dictionaries: [ParquetOptions#rowGroupBytes] at most,
/// and the last part. Interrupting the caller's thread ends it.
public final class JsonToParquet implements Closeable {
    private static final int LONGEST_END_SECONDS = 60;

    private final ConversionSettings settings;
    private final ParquetWriter writer;
    private final Watch watch;
    private final @Nullable UnusualRows unusualRows;
    private final BlockBuffers buffers;
    private final ExecutorService threads;
    private final BlockingQueue<BlockConverter> converters = new LinkedBlockingQueue<>();
    private final ArrayDeque<Future<BlockConverter.Converted>> pending = new ArrayDeque<>();
    private final RowGroupPlan plan;
    private final List<RowGroupWriter.Finished> parts = new ArrayList<>();
    /// Those that are still to be closed.
    private final Set<PlacedBytes> files = new LinkedHashSet<>();
    private @Nullable SharedDictionaries dictionaries;
    private long blocks;
    private int inputs;
    private boolean failed;
    private @Nullable Place place;

    /// Hears of the rows, in the input's order, on the caller's thread.
    public interface Watch {
        /// A row that is not in the file.
        ///
        /// @param input which input, counted from 0
        void bad(int input, BadRow row) throws IOException;

        /// A block of rows is done.
        ///
        /// @param rows good and bad, of this block
        /// @param bytes of the decompressed input
        void written(long rows, long bytes);
    }

    /// How far an input has come.
    private static final class Place {
        final int input;
        long rows;
        long lines;

        Place(int input) {
            this.input = input;
        }
    }

    /// Begins a file. The stream stays the caller's.
    public JsonToParquet(OutputStream out, ConversionSettings settings, Watch watch) throws IOException {
        this(out, settings, watch, null);
    }

    /// Begins a file whose columns may turn out to be others, see [ColumnsSoFar].
    public JsonToParquet(OutputStream out, ConversionSettings settings, Watch watch, @Nullable UnusualRows unusualRows)
            throws IOException {
        this.settings = settings;
        this.watch = watch;
        this.unusualRows = unusualRows;
        this.buffers = new BlockBuffers(settings.blockBytes());
        this.writer = new ParquetWriter(out, settings.columns(), settings.options());
        this.plan = new RowGroupPlan(
                writer.leaves(), settings.rowsOfGroup(), settings.options().rowGroupBytes());
        for (int i = 0; i < settings.threads(); i++) {
            converters.add(new BlockConverter(settings, plan, unusualRows == null ? 0 : UnusualRows.MOST_BYTES));
        }
        this.threads = Executors.newFixedThreadPool(settings.threads(), work -> {
            Thread thread = new Thread(work, "json-to-parquet");
            thread.setDaemon(true);
            return thread;
        });
    }

    /// Adds the rows of an input, decompressed.
    ///
    /// @param reading of JSON; the rows of CSV have no types here
    public void add(InputStream in, Reading reading) throws IOException {
        if (reading.kind() == Reading.Kind.CSV) {
            throw new IllegalArgumentException("CSV is not JSON");
        }
        int input = inputs++;
        addAll(
                isLines(reading)
                        ? new LineBlocks(input, in, buffers)
                        : new SplitBlocks(
                                input,
                                reading.split(in, settings.limits().maxSourceBytes(), Position.START),
                                settings.blockBytes()));
    }

    /// Adds the rows of a file, each thread reading those that it converts: what comes out is the same as
    /// of a stream, in less time and memory. Closes the file, with its last row or at the end.
    ///
    /// @param reading see [#isLines]
    public void add(PlacedBytes file, Reading reading) throws IOException {
        files.add(file);
        if (!isLines(reading)) {
            throw new IllegalArgumentException("only lines of UTF-8 can be read from every place: " + reading);
        }
        addAll(new LineRanges(inputs++, file, settings.blockBytes()));
    }

    /// Whether it is read as lines of JSON in UTF-8.
    public static boolean isLines(Reading reading) {
        return reading.kind() == Reading.Kind.JSON_LINES && reading.encoding() == TextEncoding.UTF_8;
    }

    private void addAll(BlockSource source) throws IOException {
        boolean isWhole = false;
        try {
            for (RowBlock block = source.next(); block != null; block = source.next()) {
                RowBlock next = block;
                long number = blocks++;
                pending.add(threads.submit(() -> convert(next, number)));
                if (pending.size() > settings.threads()) {
                    write(pending.remove());
                }
            }
            isWhole = true;
        } finally {
            failed |= !isWhole;
        }
    }

    private BlockConverter.Converted convert(RowBlock block, long number) throws IOException, InterruptedException {
        BlockConverter converter = converters.take();
        boolean isDone = false;
        try {
            BlockConverter.Converted converted = converter.convert(block, number);
            isDone = true;
            return converted;
        } finally {
            if (!isDone) {
                plan.giveUp(number);
            }
            converters.add(converter);
        }
    }

    private void write(Future<BlockConverter.Converted> future) throws IOException {
        BlockConverter.Converted converted = result(future);
        if (unusualRows != null) {
            unusualRows.take(converted.unusual());
        }
        if (converted.group().rows() > 0) {
            parts.add(converted.group());
            dictionaries = converted.part().dictionaries();
        }
        if (converted.part().isLast()) {
            writeRowGroup();
        }
        RowBlock block = converted.block();
        if (place == null || place.input != block.input) {
            place = new Place(block.input);
        }
        for (BadRow row : converted.bad()) {
            watch.bad(block.input, block.rows == null ? moved(row, place) : row);
        }
        place.rows += converted.rows();
        place.lines += converted.lines();
        watch.written(converted.rows(), block.bytes);
        buffers.giveBack(block.data);
        if (block.isLastOfFile) {
            files.remove(block.file());
            block.file().close();
        }
    }

    private void writeRowGroup() throws IOException {
        if (dictionaries != null) {
            writer.write(new RowGroupWriter.Parts(List.copyOf(parts), dictionaries));
        }
        parts.clear();
        dictionaries = null;
    }

    private static BadRow moved(BadRow row, Place place) {
        return new BadRow(
                row.row() + place.rows,
                row.code(),
                row.line() + place.lines,
                row.offset(),
                row.column(),
                row.pointer(),
                row.detail(),
                row.raw());
    }

    private static BlockConverter.Converted result(Future<BlockConverter.Converted> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the conversion was told to stop");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a row group could not be made", e.getCause());
        }
    }

    /// Writes what is left and the footer. After an exception there is no footer.
    @Override
    public void close() throws IOException {
        try (writer) {
            boolean isWhole = false;
            try {
                while (!failed && !pending.isEmpty()) {
                    write(pending.remove());
                }
                if (!failed) {
                    writeRowGroup();
                }
                isWhole = !failed;
            } finally {
                failed = !isWhole;
                if (failed) {
                    writer.abandon();
                }
            }
        } finally {
            endThreads();
        }
    }

    /// Whoever still makes a row group has its codec, so it is waited for; one takes less than a second.
    private void endThreads() throws IOException {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("a thread that makes row groups does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // the process is told to end; the codecs' memory goes with it
        }
        for (BlockConverter converter : converters) {
            converter.close();
        }
        for (PlacedBytes file : files) {
            file.close();
        }
    }
}
