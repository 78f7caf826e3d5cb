package dev.feedline.feeds.ingest;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.Inference;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowReader;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Verdict;
import java.io.IOException;

/// Says of every row of a chunk whether it is good, under a schema that first grows by the chunk's new columns where
/// the
/// feed allows it.
final class Judge {
    /// Everybody who loses the race for the next edition reads again; so many in a row means something else is wrong.
    private static final int MAX_EDITIONS = 100;

    private final SchemaBook book;
    private final SchemaPolicy policy;
    private final RowLimits limits;

    /// Hears the verdicts, row by row.
    interface Bench {
        void good(RawRow row) throws IOException;

        void bad(BadRow row) throws IOException;
    }

    Judge(SchemaBook book, SchemaPolicy policy, RowLimits limits) {
        this.book = book;
        this.policy = policy;
        this.limits = limits;
    }

    /// The edition the chunk will be judged under, published before the first of its rows is.
    SchemaBook.Edition edition(ChunkRows chunk) throws IOException {
        SchemaBook.Edition read = book.current();
        if (policy.onNewColumn() != SchemaPolicy.OnNewColumn.ADD
                && !read.schema().columns().isEmpty()) {
            return read;
        }
        Inference seen = new Inference(limits);
        chunk.each(row -> {
            if (!row.tooLong() && !chunk.isTail(row)) {
                seen.add(row.bytes());
            }
        });
        for (int i = 0; i < MAX_EDITIONS; i++) {
            Schema grown = seen.merge(read.schema(), policy.onNewColumn());
            if (grown.equals(read.schema())) {
                return read;
            }
            book.publish(read, grown);
            // Read again in any case: whoever won, the version that the chunk pins is the one that stands.
            read = book.current();
        }
        throw new IOException("the schema changed " + MAX_EDITIONS + " times while one chunk was to be judged");
    }

    /// Judges every row; without side effects but those of the bench.
    void judge(ChunkRows chunk, Schema schema, Bench bench) throws IOException {
        RowReader reader = new RowReader(schema, policy, limits);
        chunk.each(row -> {
            if (chunk.isTail(row)) {
                String how = chunk.tail() == null ? "" : chunk.tail();
                bench.bad(BadRow.of(row, BadRowCode.TRUNCATED_CONTAINER, how, limits));
            } else if (row.tooLong()) {
                String most = "the row has more than " + limits.maxSourceBytes() + " bytes";
                bench.bad(BadRow.of(row, BadRowCode.ROW_TOO_LONG, most, limits));
            } else if (reader.read(row.bytes()) instanceof Verdict.Bad bad) {
                bench.bad(BadRow.of(row, bad, limits));
            } else {
                bench.good(row);
            }
        });
    }
}
