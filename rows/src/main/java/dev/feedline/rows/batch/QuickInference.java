package dev.feedline.rows.batch;

import dev.feedline.rows.CellForm;
import dev.feedline.rows.Inference;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Infers columns as an [Inference] of all rows does, but shows it only those that may add
/// something: most rows are like the ones before. Not for two threads at once.
public final class QuickInference {
    private static final int FIRST_ROWS = 256;
    private static final int BATCH_ROWS = 64;

    private final RowLimits limits;
    private final boolean exactly;
    private final Inference inference;
    private Schema atHand = Schema.EMPTY;
    private @Nullable RowBatch batch;
    private @Nullable BatchReader reader;
    private List<LeafValues> undecided = List.of();
    private byte @Nullable [] lines;
    private int free;
    private int looked;
    private int rowsToLook = FIRST_ROWS;

    /// @param exactly whether every row is looked at, as one has to when another inference of the same rows was
    ///     not [#isSure]
    public QuickInference(RowLimits limits, boolean exactly) {
        this.limits = limits;
        this.exactly = exactly;
        this.inference = new Inference(limits);
    }

    /// Takes a row.
    public void add(byte[] row) {
        if (reader == null || !isKnown(reader.isPlain(row, 0, row.length))) {
            look(row);
        }
    }

    /// Lets lines lie where they are, for [#addLine]: all bytes before `behind` are theirs, with a NUL and
    /// [RowBatch#SLACK] bytes behind them.
    public void lieOver(byte[] rows, int behind) {
        lines = rows;
        free = behind;
        if (batch != null) {
            batch.clear();
            batch.lieOver(rows, behind);
        }
    }

    /// Takes the line that begins at `from` when it adds nothing, and returns where it ends, see
    /// [BatchReader#addLine]; else -1, and [#look] takes it.
    public int addLine(int from, int to) {
        if (reader == null) {
            return ColumnReader.NOT_PLAIN;
        }
        int end = reader.addLine(from, to);
        return isKnown(end >= 0) ? end : ColumnReader.NOT_PLAIN;
    }

    /// Takes a row that may add something.
    public void look(byte[] row) {
        inference.add(row);
        looked++;
        if (looked >= rowsToLook && !exactly) {
            takeWhatIsAtHand();
        }
    }

    /// From now on rows that the columns of [#merge] take, read by a [BatchReader] as plain, are not added.
    public void passOver() {
        inference.atHand();
    }

    /// Whether what [#merge] answers is what it would be had every row been looked at closely.
    public boolean isSure() {
        return inference.isSure();
    }

    /// See [Inference#merge].
    public Schema merge(Schema existing, SchemaPolicy.OnNewColumn onNewColumn) {
        return inference.merge(existing, onNewColumn);
    }

    private boolean isKnown(boolean isPlain) {
        if (batch == null || !isPlain) {
            return false;
        }
        boolean isKnown = true;
        for (LeafValues leaf : undecided) {
            isKnown &= leaf.isEmpty();
        }
        if (!isKnown || batch.rows() >= BATCH_ROWS || batch.isFull()) {
            batch.clear();
        }
        return isKnown;
    }

    /// Rows that add something become rare, or the next look comes later and later.
    private void takeWhatIsAtHand() {
        looked = 0;
        Schema now = inference.atHand();
        if (now.equals(atHand)) {
            rowsToLook = Math.min(Integer.MAX_VALUE / 2, rowsToLook * 2);
            return;
        }
        rowsToLook = FIRST_ROWS;
        atHand = now;
        RowBatch next = new RowBatch(now);
        if (lines != null) {
            next.lieOver(lines, free);
        }
        List<LeafValues> none = new ArrayList<>();
        for (int i = 0; i < next.leafCount(); i++) {
            if (next.leaf(i).type().equals(Inference.UNDECIDED)) {
                none.add(next.leaf(i));
            }
        }
        undecided = none;
        batch = next;
        reader = new BatchReader(now, SchemaPolicy.DEFAULT, limits, CellForm.JSON, next, 0);
    }
}
