package dev.feedline.rows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the types of new columns off all rows of a chunk.
///
/// A number column is the narrowest of `bigint`, `decimal(38,s)`, `double` and `string` that holds
/// every value exactly; strings that are all dates or all RFC 3339 moments with a zone become `date` or
/// `timestamp`; values of mixed kinds become `string`, each as the source wrote it. A key that was only
/// ever null, `{}` or `[]` stays undecided and is no column yet. A key that differs only in case from a
/// column, or from a metadata column, never is one, nor is one that is empty, longer than 255
/// characters or holds a NUL: the reader puts those in `_RESCUED`.
public final class Inference {
    private final RowLimits limits;
    private final RowReader judge;
    private final ValuesSeen row = new ValuesSeen();
    private final RowPath path = new RowPath();

    public Inference(RowLimits limits) {
        this.limits = limits;
        this.judge = new RowReader(
                Schema.EMPTY, new SchemaPolicy(SchemaPolicy.OnNewColumn.ADD, SchemaPolicy.OnMismatch.RESCUE), limits);
    }

    /// Takes a row; one that is bad JSON, too long or uses a reserved key adds nothing.
    public void add(byte[] bytes) {
        if (judge.read(bytes) instanceof Verdict.Good) {
            RowTokens tokens = new RowTokens(path, limits.maxDepth(), bytes, 0, bytes.length);
            tokens.openRow();
            row.addMembers(tokens);
        }
    }

    /// The schema with the columns that are new; the types of existing ones never change, but a struct
    /// gains fields.
    ///
    /// Where new columns are not added the schema stays as it is, unless it has no columns yet: then the
    /// first chunk defines it.
    public Schema merge(Schema existing, SchemaPolicy.OnNewColumn onNewColumn) {
        boolean isFixed = onNewColumn != SchemaPolicy.OnNewColumn.ADD
                && !existing.columns().isEmpty();
        if (isFixed) {
            return existing;
        }
        List<Column> columns = row.fieldsAfter(existing.columns(), ColumnNames.RESERVED);
        Set<String> inferred = new HashSet<>(existing.inferred());
        columns.stream().skip(existing.columns().size()).map(Column::name).forEach(inferred::add);
        return new Schema(columns, inferred);
    }
}
