package dev.feedline.feeds;

import dev.feedline.feeds.ingest.PreviewReader;
import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.Reading;
import dev.feedline.rows.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What ingest would make of a file, found out without a server and without leaving a trace.
///
/// @param container how its rows are packed: `plain`, `gzip`, `zstd`, `bzip2`
/// @param outcome why it would not be loaded at all (`NOT-A-FEED …`, `CSV-HEADER: …`, `QUARANTINE-LIMIT: …`), or null
/// @param received the rows that were looked at
/// @param isWhole whether those are all rows of the file
/// @param schema as it would be after them
/// @param rows the first good ones
/// @param badRows the first bad ones
/// @param codes how many rows are bad for each reason
public record FilePreview(
        String container,
        Reading reading,
        @Nullable String outcome,
        long received,
        long bad,
        boolean isWhole,
        Schema schema,
        List<Row> rows,
        List<BadRow> badRows,
        Map<BadRowCode, Long> codes) {

    /// A good row.
    ///
    /// @param values in the order of the schema's columns
    /// @param rescued the JSON of what fits no column
    @SuppressWarnings("ArrayRecordComponent") // made to be printed
    public record Row(
            long number,
            @Nullable Object[] values,
            @Nullable String rescued) {}

    /// @param declared the schema before the file
    /// @param most how many good rows, and how many bad ones, are kept
    public static FilePreview of(Path file, FeedSettings settings, Schema declared, int most) throws IOException {
        return new PreviewReader(settings, declared, IngestSettings.DEFAULT, most).read(file);
    }
}
