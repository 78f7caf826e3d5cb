package dev.feedline.app.command;

import dev.feedline.feeds.FeedFile;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.parquet.JsonColumns;
import dev.feedline.rows.Inference;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowSplitter;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The JSON files of a conversion.
///
/// @param bytes of all of them, as they are stored
record ConvertInputs(List<FeedFile> files, long bytes) {
    /// Looks at each file's beginning.
    ///
    /// @throws IOException when one is not there or has no JSON
    static ConvertInputs look(List<Path> paths) throws IOException {
        List<FeedFile> files = new ArrayList<>();
        long bytes = 0;
        for (Path path : paths) {
            if (!Files.isRegularFile(path)) {
                throw new IOException("There is no file " + path + " to read.");
            }
            FeedFile file = FeedFile.at(path, FeedSettings.DEFAULT);
            if (file.reading().kind() == Reading.Kind.CSV) {
                throw new IOException(path + " looks like CSV, and convert reads JSON only: its cells have no types."
                        + " A feed takes it (`feedline put`).");
            }
            files.add(file);
            bytes += Files.size(path);
        }
        return new ConvertInputs(List.copyOf(files), bytes);
    }

    /// The columns that are there already, and behind them those of all rows.
    ///
    /// @throws IOException when there are none
    Schema inferred(Schema existing, Progress progress) throws IOException {
        JsonColumns columns = columns(progress, false);
        if (!columns.areSure()) {
            columns = columns(progress, true);
        }
        progress.finish();
        return required(columns.columns(existing));
    }

    /// The columns that are there already, and behind them those of so many rows at each file's beginning.
    ///
    /// @throws IOException when there are none
    Schema inferred(Schema existing, long firstRows) throws IOException {
        Inference seen = new Inference(RowLimits.DEFAULT);
        for (FeedFile file : files) {
            try (InputStream in = file.open();
                    RowSplitter rows = file.reading().split(in, RowLimits.DEFAULT.maxSourceBytes(), Position.START)) {
                for (RawRow row = rows.next(); row != null && row.number() <= firstRows; row = rows.next()) {
                    if (!row.tooLong() && row.flaw() == null) {
                        seen.add(row.bytes());
                    }
                }
            }
        }
        return required(seen.merge(existing, SchemaPolicy.OnNewColumn.ADD));
    }

    private static Schema required(Schema schema) throws IOException {
        if (schema.columns().isEmpty()) {
            throw new IOException("No column was found: the files have no good row with a value."
                    + " `feedline preview FILE` shows what is wrong, or name the columns with --schema.");
        }
        return schema;
    }

    private JsonColumns columns(Progress progress, boolean exactly) throws IOException {
        JsonColumns columns = new JsonColumns(RowLimits.DEFAULT, exactly);
        for (FeedFile file : files) {
            try (InputStream in = file.open()) {
                columns.add(
                        in, file.reading(), rows -> progress.note("looking for the columns: " + percent(file) + " %"));
            }
        }
        return columns;
    }

    /// How much of all files has been taken when this one is being read.
    int percent(FeedFile current) {
        long taken = current.taken();
        for (FeedFile file : files) {
            if (file == current) {
                break;
            }
            taken += file.taken();
        }
        return bytes == 0 ? 100 : (int) (100 * taken / bytes);
    }
}
