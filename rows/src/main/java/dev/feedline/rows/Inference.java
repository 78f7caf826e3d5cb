package dev.feedline.rows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the types of new columns off all rows of a chunk.
///
/// A number column is the narrowest of `bigint`, `decimal(38,s)`, `double` and `string` that holds
/// every value exactly, where `s` counts the places written: 1.10 needs two. Strings that are all dates
/// or all RFC 3339 moments with a zone become `date` or `timestamp`; values of mixed kinds become
/// `string`, each as the source wrote it. A key that was only ever null, `{}` or `[]` stays undecided
/// and is no column yet.
///
/// A key never becomes a column when it differs only in case from one, or from a metadata column, when
/// it is empty, longer than 255 characters or holds a NUL, or when the schema is full
/// ([RowLimits#maxColumns]): the reader puts its values in `_RESCUED`. The same holds for the fields of
/// a struct.
public final class Inference {
    // Keys that are not columns yet (empty values, other cases) count as places too.
    private static final int PLACES_PER_COLUMN = 4;

    /// The type, in [#atHand], of what is not decided: only null is known of it. No inference has it otherwise.
    public static final Type UNDECIDED = new Type.Decimal(1, 0);

    private final RowLimits limits;
    private final ValuesSeen rows;
    private final RowPath path = new RowPath();

    public Inference(RowLimits limits) {
        this.limits = limits;
        this.rows = new ValuesSeen(new PlaceBudget(PLACES_PER_COLUMN * limits.maxColumns()));
    }

    /// Takes a row. One that is bad in any schema adds nothing: bad JSON, too long, a reserved key.
    public void add(byte[] row) {
        if (row.length <= limits.maxSourceBytes() && isGood(row)) {
            RowTokens tokens = new RowTokens(path, limits.maxDepth(), row, 0, row.length);
            tokens.openRow();
            rows.addMembers(tokens);
        }
    }

    /// The schema with the columns that are new; the types of existing ones never change, but a struct
    /// gains fields.
    ///
    /// Where new columns are not added the schema stays as it is, unless it has no columns yet: then
    /// the first chunk defines it.
    public Schema merge(Schema existing, SchemaPolicy.OnNewColumn onNewColumn) {
        boolean isFixed = onNewColumn != SchemaPolicy.OnNewColumn.ADD
                && !existing.columns().isEmpty();
        if (isFixed) {
            return existing;
        }
        ColumnBudget budget = new ColumnBudget(limits.maxColumns() - ColumnBudget.size(existing.columns()));
        List<Column> columns = rows.fieldsAfter(existing.columns(), WarehouseName.METADATA, budget);
        Set<String> inferred = new HashSet<>(existing.inferred());
        columns.stream().skip(existing.columns().size()).map(Column::name).forEach(inferred::add);
        return new Schema(columns, inferred);
    }

    /// The columns so far, those that are not decided among them. A row that this schema takes, with numbers
    /// of at most 18 digits and no value of what is [#UNDECIDED], hardly adds anything: such rows need not be
    /// added from now on, as long as [#isSure] in the end.
    public Schema atHand() {
        List<Column> columns = rows.fieldsAtHand(WarehouseName.METADATA);
        return new Schema(columns, columns.stream().map(Column::name).collect(Collectors.toSet()));
    }

    /// Whether the columns are what they would be with all rows that [#atHand] let pass. It is rare that not:
    /// numbers of up to 18 digits and such as 1e-30 in one column.
    public boolean isSure() {
        return rows.isSure();
    }

    /// The whole row is checked before any of it counts.
    private boolean isGood(byte[] row) {
        try {
            RowTokens tokens = new RowTokens(path, limits.maxDepth(), row, 0, row.length);
            Set<String> names = new HashSet<>();
            tokens.openRow();
            for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
                if (name.equals(Mark.KEY) || !names.add(name)) {
                    return false;
                }
                tokens.next();
                tokens.skipValue();
            }
            tokens.expectEnd();
            return true;
        } catch (RowFault fault) {
            return false;
        }
    }
}
