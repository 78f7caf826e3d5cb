package dev.feedline.app.command;

import dev.feedline.feeds.FeedFile;
import dev.feedline.parquet.ColumnsSoFar;
import dev.feedline.parquet.ConversionSettings;
import dev.feedline.parquet.JsonToParquet;
import dev.feedline.parquet.PlacedBytes;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files made into one, under another name until it is whole and on the disk.
///
/// @param badRows where bad rows go, if they are kept
/// @param stats whether it says in the end what it took
/// @param started when it began, by [System#nanoTime]
record Conversion(
        ConvertInputs inputs,
        Path out,
        @Nullable Path badRows,
        boolean stats,
        Progress progress,
        long started,
        SettingsOfColumns settings) {
    private static final int OUT_BUFFER = 1 << 16;

    /// Of all files, in percent: once more than this has been converted in vain, all rows are looked at first.
    private static final int MOST_IN_VAIN = 25;

    /// The settings with these columns.
    @FunctionalInterface
    interface SettingsOfColumns {
        ConversionSettings of(Schema columns) throws IOException;
    }

    /// Converts with columns that are known, and returns how many rows are bad.
    long with(Schema columns) throws IOException {
        try (ConvertRun run = new ConvertRun(inputs, badRows, progress, started)) {
            write(settings.of(columns), run, null);
            run.end(out, stats);
            return run.badRows();
        }
    }

    /// Converts with the columns of all rows, and returns how many rows are bad.
    ///
    /// The columns of the files' beginnings are taken for those, until a row tells otherwise; so the files are read
    /// once, most times.
    ///
    /// @param existing columns that are there already, in front of the others
    long inferring(Schema existing) throws IOException {
        if (badRows != null && Files.exists(badRows) && !Files.isRegularFile(badRows)) {
            return with(inputs.inferred(existing, progress)); // a pipe cannot take back what a run in vain has told
        }
        ColumnsSoFar found = beginnings(existing);
        Optional<Schema> columns = found.columns();
        int inVain = 0;
        while (inVain <= MOST_IN_VAIN && columns.isPresent()) {
            try (ConvertRun run = new ConvertRun(inputs, badRows, progress, started)) {
                try {
                    write(settings.of(columns.get()), run, found);
                    run.end(out, stats);
                    return run.badRows();
                } catch (ColumnsSoFar.Changed changed) {
                    run.discard();
                    inVain += Math.max(1, run.percent());
                    columns = found.columns();
                }
            }
        }
        return with(inputs.inferred(existing, progress));
    }

    private ColumnsSoFar beginnings(Schema existing) throws IOException {
        ColumnsSoFar found = new ColumnsSoFar(RowLimits.DEFAULT, existing);
        for (FeedFile file : inputs.files()) {
            try (InputStream in = file.open()) {
                found.addBeginning(in, file.reading());
            }
        }
        return found;
    }

    private void write(ConversionSettings toWrite, ConvertRun run, @Nullable ColumnsSoFar found) throws IOException {
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try (FileOutputStream file = new FileOutputStream(part.toFile())) {
            try (JsonToParquet conversion =
                    new JsonToParquet(new BufferedOutputStream(file, OUT_BUFFER), toWrite, run, found)) {
                for (FeedFile input : inputs.files()) {
                    run.begin(input);
                    add(input, conversion);
                }
            }
            if (found != null) {
                found.end();
            }
            file.getFD().sync();
            Files.move(part, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void add(FeedFile input, JsonToParquet conversion) throws IOException {
        Optional<PlacedBytes> file = JsonToParquet.isLines(input.reading()) ? input.openPlaced() : Optional.empty();
        if (file.isPresent()) {
            conversion.add(file.get(), input.reading());
        } else {
            try (InputStream rows = input.open()) {
                conversion.add(rows, input.reading());
            }
        }
    }
}
