package dev.feedline.rows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The columns of a file that names them itself and has nothing but text in them: each new one is a
/// string, and no value is looked at.
public final class TextColumns {
    private TextColumns() {}

    /// The schema with the columns that are new, under the rules of [Inference#merge].
    public static Schema merge(
            Schema existing, List<String> names, SchemaPolicy.OnNewColumn onNewColumn, RowLimits limits) {
        boolean isFixed = onNewColumn != SchemaPolicy.OnNewColumn.ADD
                && !existing.columns().isEmpty();
        if (isFixed) {
            return existing;
        }
        ColumnNames taken = new ColumnNames(WarehouseName.METADATA);
        existing.columns().forEach(column -> taken.add(column.name()));
        ColumnBudget budget = new ColumnBudget(limits.maxColumns() - ColumnBudget.size(existing.columns()));
        List<Column> columns = new ArrayList<>(existing.columns());
        Set<String> inferred = new HashSet<>(existing.inferred());
        for (String name : names) {
            Column column = new Column(name, new Type.Text());
            if (!name.equals(Mark.KEY) && taken.isFree(name) && budget.take(column)) {
                taken.add(name);
                columns.add(column);
                inferred.add(name);
            }
        }
        return new Schema(columns, inferred);
    }
}
