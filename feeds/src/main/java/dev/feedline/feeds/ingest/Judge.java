package dev.feedline.feeds.ingest;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.CsvCells;
import dev.feedline.rows.CsvDialect;
import dev.feedline.rows.Flaw;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowReader;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextColumns;
import dev.feedline.rows.Verdict;
import dev.feedline.rows.batch.QuickInference;
import dev.feedline.rows.batch.RowJudge;
import java.io.IOException;
import java.util.function.UnaryOperator;

/// Says of every row of a chunk whether it is good, under a schema that first grows by the chunk's new columns where
/// the feed allows it.
final class Judge {
    /// Everybody who loses the race for the next edition reads again; so many in a row means something else is wrong.
    private static final int MAX_EDITIONS = 100;

    private final SchemaBook book;
    private final SchemaPolicy policy;
    private final RowLimits limits;
    private final Reading reading;

    /// Hears the verdicts, row by row.
    interface Bench {
        void good(RawRow row) throws IOException;

        void bad(BadRow row) throws IOException;
    }

    Judge(SchemaBook book, SchemaPolicy policy, RowLimits limits, Reading reading) {
        this.book = book;
        this.policy = policy;
        this.limits = limits;
        this.reading = reading;
    }

    /// The edition the chunk will be judged under, published before the first of its rows is.
    SchemaBook.Edition edition(ChunkRows chunk) throws IOException {
        SchemaBook.Edition read = book.current();
        boolean isFixed = policy.onNewColumn() != SchemaPolicy.OnNewColumn.ADD
                && !read.schema().columns().isEmpty();
        if (isFixed || !book.mayGrow()) {
            return read;
        }
        UnaryOperator<Schema> growth = growth(chunk, read.schema());
        for (int i = 0; i < MAX_EDITIONS; i++) {
            Schema grown = growth.apply(read.schema());
            if (grown.equals(read.schema())) {
                return read;
            }
            book.publish(read, grown);
            // Read again in any case: whoever won, the version that the chunk pins is the one that stands.
            read = book.current();
        }
        throw new IOException("the schema changed " + MAX_EDITIONS + " times while one chunk was to be judged");
    }

    /// What the chunk adds to a schema: cells are text and have names, JSON has to be looked at.
    /// Of a row that the schema at hand takes as it is, nothing can be added.
    private UnaryOperator<Schema> growth(ChunkRows chunk, Schema atHand) throws IOException {
        CsvDialect csv = reading.csv();
        if (csv != null) {
            return schema -> TextColumns.merge(schema, csv.columns(), policy.onNewColumn(), limits);
        }
        QuickInference quick = look(chunk, atHand, false);
        QuickInference seen = quick.isSure() ? quick : look(chunk, atHand, true);
        return schema -> seen.merge(schema, policy.onNewColumn());
    }

    private QuickInference look(ChunkRows chunk, Schema atHand, boolean exactly) throws IOException {
        QuickInference seen = new QuickInference(limits, exactly);
        RowJudge judge = new RowJudge(atHand, policy, limits);
        chunk.each(row -> {
            if (!row.tooLong() && row.flaw() == null && !judge.isPlain(row.bytes())) {
                seen.add(row.bytes());
            }
        });
        return seen;
    }

    /// Judges every row; without side effects but those of the bench.
    void judge(ChunkRows chunk, Schema schema, Bench bench) throws IOException {
        RowReader reader = new RowReader(schema, policy, limits, reading.cellForm());
        RowJudge judge = new RowJudge(schema, policy, limits);
        CsvDialect csv = reading.csv();
        CsvCells cells = csv == null ? null : new CsvCells(csv, limits.maxSourceBytes());
        chunk.each(row -> {
            Flaw flaw = row.flaw();
            if (flaw != null) {
                bench.bad(BadRow.of(row, flaw.code(), flaw.detail(), limits));
            } else if (row.tooLong()) {
                String most = "the row has more than " + limits.maxSourceBytes() + " bytes";
                bench.bad(BadRow.of(row, BadRowCode.ROW_TOO_LONG, most, limits));
            } else if (cells != null) {
                judgeCells(row, cells, reader, bench);
            } else if (!judge.isPlain(row.bytes()) && reader.read(row.bytes()) instanceof Verdict.Bad bad) {
                bench.bad(BadRow.of(row, bad, limits));
            } else {
                bench.good(row);
            }
        });
    }

    /// What is sent of a good row is its JSON; what is kept of a bad one is its line.
    private void judgeCells(RawRow row, CsvCells cells, RowReader reader, Bench bench) throws IOException {
        switch (cells.read(row.bytes())) {
            case CsvCells.Cells.Flawed flawed ->
                bench.bad(BadRow.of(row, flawed.flaw().code(), flawed.flaw().detail(), limits));
            case CsvCells.Cells.Sent sent -> {
                if (reader.read(sent.json()) instanceof Verdict.Bad bad) {
                    bench.bad(BadRow.ofCells(row, bad, limits));
                } else {
                    bench.good(new RawRow(row.number(), row.line(), row.offset(), sent.json(), false));
                }
            }
        }
    }
}
