package dev.feedline.parquet;

import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Finds the columns of inputs while they are converted already, so that they need be read only once.
///
/// The columns of the beginnings are taken for those of all rows. What a conversion with them reads as plain tells
/// nothing new; all other rows come here. When one of them tells of another column or type, or it is not sure that
/// the rows that did not come tell nothing, the conversion ends by a [Changed], and begins again with what
/// is known by then, or with the columns of all rows ([JsonColumns]).
public final class ColumnsSoFar implements UnusualRows {
    /// The columns are compared when so many rows have come since the last time, or as many as before.
    private static final int MOST_BETWEEN = 1024;

    private final JsonColumns seen;
    private final Schema existing;
    private Schema columns;
    private Optional<Schema> ofFirstInput = Optional.empty();
    private int inputs;
    private int attempts;
    private int since;
    private int between = 1;

    /// The columns are not what the conversion took them for.
    public static final class Changed extends IOException {
        private static final long serialVersionUID = 1;

        Changed(String message) {
            super(message);
        }
    }

    /// @param existing columns that are there already, see [Inference#merge][dev.feedline.rows.Inference#merge]
    public ColumnsSoFar(RowLimits limits, Schema existing) {
        this(new JsonColumns(limits, false), existing);
    }

    ColumnsSoFar(JsonColumns seen, Schema existing) {
        this.seen = seen;
        this.existing = existing;
        this.columns = existing;
    }

    /// Takes the rows at an input's beginning, decompressed: a few megabytes.
    public void addBeginning(InputStream in, Reading reading) throws IOException {
        seen.addBeginning(in, reading);
        inputs++;
        if (inputs == 1) {
            ofFirstInput = Optional.of(seen.columns(existing));
        }
    }

    /// The columns for the conversion that begins now; none when all rows have to be read to know them.
    ///
    /// So it is when no beginning has a value; when a column of numbers needs all of them; when what was
    /// known is all that is known, and yet did not do; when another input than the first one has more to
    /// say, because columns stand in the order of their first values; and when a declared column gains
    /// fields, because below it values are read as declared ones, more freely than inferred ones are.
    public Optional<Schema> columns() {
        Schema now = seen.columns(existing);
        seen.passOver();
        boolean areNew = attempts == 0 || !now.equals(columns);
        boolean areInOrder = inputs == 1 || ofFirstInput.filter(now::equals).isPresent();
        attempts++;
        columns = now;
        return areNew
                        && areInOrder
                        && declaredOnesStay()
                        && seen.areSure()
                        && !now.columns().isEmpty()
                ? Optional.of(now)
                : Optional.empty();
    }

    private boolean declaredOnesStay() {
        return existing.columns().stream()
                .allMatch(column -> existing.inferred().contains(column.name())
                        || columns.columns().contains(column));
    }

    @Override
    public void take(OfBlock rows) throws Changed {
        for (byte[] row : rows.rows()) {
            seen.look(row);
            since++;
            if (since >= between) {
                between = Math.min(MOST_BETWEEN, 2 * between);
                requireSame();
            }
        }
        if (!rows.areAll()) {
            throw new Changed("most rows are unlike those before");
        }
    }

    /// Called when all rows have been converted, before the file is taken for whole.
    public void end() throws Changed {
        requireSame();
    }

    private void requireSame() throws Changed {
        since = 0;
        if (!seen.columns(existing).equals(columns)) {
            throw new Changed("a row has another column, or a value of another type");
        }
        if (!seen.areSure()) {
            throw new Changed("the type of a column of numbers needs all of them");
        }
    }
}
