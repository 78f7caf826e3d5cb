package dev.feedline.feeds.ingest;

import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.FilePreview;
import dev.feedline.feeds.IngestSettings;
import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowReader;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Goes through the first chunk of a local file as ingest would, with a copy of the schema.
public final class PreviewReader {
    /// So many bytes of rows are looked at; ingest's chunks are twice that.
    private static final long MOST_BYTES = 64L << 20;

    private final FeedSettings settings;
    private final Schema declared;
    private final IngestSettings bounds;
    private final int most;

    public PreviewReader(FeedSettings settings, Schema declared, IngestSettings bounds, int most) {
        this.settings = settings;
        this.declared = declared;
        this.bounds = bounds;
        this.most = most;
    }

    public FilePreview read(Path path) throws IOException {
        StoredFile file = StoredFile.at(path);
        FileLook look = FileLook.at(file, path.getFileName().toString(), settings, bounds.containers());
        if (look.notAFeed() != null) {
            return nothing(look, BadRowCode.NOT_A_FEED.text() + ": the file is " + look.notAFeed());
        }
        if (look.refusal() != null) {
            return nothing(look, look.refusal());
        }
        try {
            return rows(file, look);
        } catch (BrokenFeedException e) {
            String reason = switch (e.getCause()) {
                case DamagedContainerException damage -> "CONTAINER-DAMAGED: " + damage.getMessage();
                case ExpansionException bomb -> "CONTAINER-EXPANDS: " + bomb.getMessage();
                case null, default -> throw e;
            };
            return nothing(look, reason);
        }
    }

    private FilePreview rows(StoredFile file, FileLook look) throws IOException {
        Judge judge = new Judge(
                SchemaBook.inMemory(new SchemaBook.Edition(declared, "")),
                settings.policy(),
                bounds.limits(),
                look.reading());
        InputStream in = look.container().open(file, 0, bounds.containers());
        try (SourceRows source = new SourceRows(
                        look.reading().split(in, bounds.limits().maxSourceBytes(), Position.START),
                        Position.START,
                        false);
                ChunkRows chunk = ChunkRows.cut(source, MOST_BYTES)) {
            Schema schema = judge.edition(chunk).schema();
            Seen seen = new Seen(look.reading(), schema);
            judge.judge(chunk, schema, seen);
            boolean isHeld = chunk.last() && settings.isOverLimit(seen.bad, seen.received);
            String outcome = isHeld
                    ? "QUARANTINE-LIMIT: " + seen.bad + " of " + seen.received
                            + " rows are bad, more than the feed allows"
                    : null;
            return new FilePreview(
                    name(look),
                    look.reading(),
                    outcome,
                    seen.received,
                    seen.bad,
                    chunk.last(),
                    schema,
                    seen.rows,
                    seen.badRows,
                    seen.codes);
        }
    }

    private FilePreview nothing(FileLook look, String outcome) {
        return new FilePreview(
                name(look), look.reading(), outcome, 0, 0, false, declared, List.of(), List.of(), Map.of());
    }

    private static String name(FileLook look) {
        return look.container().name().toLowerCase(Locale.ROOT);
    }

    /// Counts the rows and keeps the first of either kind.
    private final class Seen implements Judge.Bench {
        private final RowReader reader;
        private final List<FilePreview.Row> rows = new ArrayList<>();
        private final List<BadRow> badRows = new ArrayList<>();
        private final Map<BadRowCode, Long> codes = new EnumMap<>(BadRowCode.class);
        private long received;
        private long bad;

        Seen(Reading reading, Schema schema) {
            this.reader = new RowReader(schema, settings.policy(), bounds.limits(), reading.cellForm());
        }

        @Override
        public void good(RawRow row) {
            received++;
            if (rows.size() < most && reader.read(row.bytes()) instanceof Verdict.Good good) {
                @Nullable Object[] values = good.values();
                rows.add(new FilePreview.Row(row.number(), values, good.rescued()));
            }
        }

        @Override
        public void bad(BadRow row) {
            received++;
            bad++;
            codes.merge(row.code(), 1L, Long::sum);
            if (badRows.size() < most) {
                badRows.add(row);
            }
        }
    }
}
