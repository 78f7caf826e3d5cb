package dev.feedline.rows.batch;

import dev.feedline.rows.CellForm;
import dev.feedline.rows.Column;
import dev.feedline.rows.Marked;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowReader;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import dev.feedline.rows.Verdict;
import dev.feedline.rows.text.JsonBytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges rows against a schema, as [RowReader] does, and puts the good ones into a batch of
/// columns.
///
/// Rows that are written as most rows are (no mismatch, no unknown key, numbers of at most 18
/// digits) are read from their bytes straight into the columns. Whatever is not so plain, a
/// [RowReader] reads: every verdict on a bad row is its. Not for two threads at once.
public final class BatchReader {
    private final RowBatch batch;
    private final RowReader reader;
    private final StructColumnReader columns;
    private final StructColumnReader lineColumns;
    private final boolean isPlainForm;
    private final int maxSourceBytes;
    private final int maxMarkedBytes;
    private @Nullable String rescued;
    private boolean wasPlain;

    /// A reader into the columns of a batch from its leaf `firstLeaf` on; the batch may have more
    /// columns before and behind, which whoever made it adds to.
    public BatchReader(
            Schema schema, SchemaPolicy policy, RowLimits limits, CellForm form, RowBatch batch, int firstLeaf) {
        this.batch = batch;
        this.reader = new RowReader(schema, policy, limits, form);
        this.columns = new Readers(schema, batch, firstLeaf, JsonBytes.BLANKS).all();
        this.lineColumns = new Readers(schema, batch, firstLeaf, JsonBytes.BLANKS_IN_LINE).all();
        this.isPlainForm = form == CellForm.JSON;
        this.maxSourceBytes = limits.maxSourceBytes();
        this.maxMarkedBytes = limits.maxRowBytes();
    }

    /// Adds the row `source[from, to)` if it is good; null then, else why it is bad.
    public Verdict.@Nullable Bad add(byte[] source, int from, int to) {
        return isPlain(source, from, to) ? null : judge(reader.read(source, from, to));
    }

    /// Adds the line of the batch's own bytes that begins at `from`, if it can be read straight into
    /// the columns, and returns where its line feed is, or `to`. Else -1; [#judge] reads it then.
    ///
    /// @param to where all lines end
    public int addLine(int from, int to) {
        begin();
        byte[] text = batch.data();
        int brace = JsonBytes.skipBlanks(text, from, JsonBytes.BLANKS_IN_LINE);
        int closed = text[brace] == '{' ? lineColumns.members(text, brace + 1, 0, 0) : ColumnReader.NOT_PLAIN;
        if (closed != ColumnReader.NOT_PLAIN) {
            int end = JsonBytes.skipBlanks(text, closed, JsonBytes.BLANKS_IN_LINE);
            if ((text[end] == '\n' || end == to) && end - from <= maxSourceBytes) {
                batch.endRow();
                return end;
            }
        }
        batch.takeBackRow();
        return ColumnReader.NOT_PLAIN;
    }

    /// Adds the row `source[from, to)` if it is good, all forms of it; null then, else why it is
    /// bad.
    public Verdict.@Nullable Bad judge(byte[] source, int from, int to) {
        begin();
        return judge(reader.read(source, from, to));
    }

    /// Adds a marked row if it is good; the mark is no value of it.
    public Verdict.@Nullable Bad addMarked(Marked row) {
        begin();
        wasPlain = isPlainForm && row.to() - row.from() <= maxMarkedBytes && readPlain(row);
        if (wasPlain) {
            batch.endRow();
            return null;
        }
        batch.takeBackRow();
        return judge(reader.readMarked(row.buffer(), row.from(), row.to()));
    }

    /// What the row added last has for `_RESCUED`, see [Verdict.Good].
    public @Nullable String rescued() {
        return rescued;
    }

    /// Whether the row added last took the short way.
    public boolean wasPlain() {
        return wasPlain;
    }

    /// Adds a row that a [RowReader] has read, under the same schema.
    public void append(Verdict.Good good) {
        begin();
        columns.appendMembers(good.values(), 0, 0);
        rescued = good.rescued();
        batch.endRow();
    }

    /// Adds the row if it can be read straight into the columns.
    boolean isPlain(byte[] source, int from, int to) {
        begin();
        wasPlain = isPlainForm && to - from <= maxSourceBytes && readPlain(source, from, to);
        if (wasPlain) {
            batch.endRow();
        } else {
            batch.takeBackRow();
        }
        return wasPlain;
    }

    private void begin() {
        batch.beginRow();
        rescued = null;
    }

    private Verdict.@Nullable Bad judge(Verdict verdict) {
        if (verdict instanceof Verdict.Bad bad) {
            return bad;
        }
        append((Verdict.Good) verdict);
        return null;
    }

    private boolean readPlain(byte[] source, int from, int to) {
        int at = batch.putRow(source, from, to - from);
        byte[] text = batch.data();
        int end = at + to - from;
        int brace = JsonBytes.skipBlanks(text, at);
        return text[brace] == '{' && endsAt(text, columns.members(text, brace + 1, 0, 0), end);
    }

    private boolean readPlain(Marked row) {
        int from = row.markTo();
        int at = batch.putRow(row.buffer(), from, row.to() - from);
        byte[] text = batch.data();
        int end = at + row.to() - from;
        int first = JsonBytes.skipBlanks(text, at);
        boolean isEmpty = row.buffer()[from - 1] != ',';
        return (text[first] == '}') == isEmpty && endsAt(text, columns.members(text, at, 0, 0), end);
    }

    private static boolean endsAt(byte[] text, int closed, int end) {
        return closed != ColumnReader.NOT_PLAIN && JsonBytes.skipBlanks(text, closed) == end;
    }

    /// Makes the readers of a schema's columns, each with its leaves.
    private static final class Readers {
        private final Schema schema;
        private final RowBatch batch;
        private final long blanks;
        private int nextLeaf;
        private boolean inferred;

        Readers(Schema schema, RowBatch batch, int firstLeaf, long blanks) {
            this.blanks = blanks;
            this.schema = schema;
            this.batch = batch;
            this.nextLeaf = firstLeaf;
        }

        StructColumnReader all() {
            List<ColumnReader> readers = new ArrayList<>();
            for (Column column : schema.columns()) {
                inferred = schema.inferred().contains(column.name());
                readers.add(of(column.type(), 0));
            }
            return new StructColumnReader(schema.columns(), readers, blanks);
        }

        private ColumnReader of(Type type, int repetition) {
            if (type instanceof Type.Struct struct) {
                List<ColumnReader> fields = new ArrayList<>();
                struct.fields().forEach(field -> fields.add(of(field.type(), repetition)));
                return new StructColumnReader(struct.fields(), fields, blanks);
            }
            if (type instanceof Type.ListOf list) {
                return new ListColumnReader(of(list.element(), repetition + 1), repetition + 1, blanks);
            }
            return leaf(type, batch.leaf(nextLeaf++));
        }

        private LeafReader leaf(Type type, LeafValues leaf) {
            if (!leaf.type().equals(type)) {
                throw new IllegalArgumentException(
                        "the batch's leaf is " + leaf.type().glue() + " and the column's " + type.glue());
            }
            if (type instanceof Type.Int64) {
                return new LongLeafReader(leaf, batch.cells());
            }
            if (type instanceof Type.Decimal decimal) {
                return new DecimalLeafReader(leaf, batch.cells(), decimal, batch);
            }
            if (type instanceof Type.Float64) {
                return new DoubleLeafReader(leaf, batch.cells(), inferred);
            }
            if (type instanceof Type.Bool) {
                return new BooleanLeafReader(leaf, batch.cells());
            }
            if (type instanceof Type.Date) {
                return new DateLeafReader(leaf, batch.cells());
            }
            if (type instanceof Type.Timestamp) {
                return new TimestampLeafReader(leaf, batch.cells(), !inferred);
            }
            if (type instanceof Type.Text) {
                return new TextLeafReader(leaf, batch.cells(), batch);
            }
            throw new IllegalArgumentException("no reader for " + type.glue());
        }
    }
}
