package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// Judges rows against a schema and reads the good ones into values. Not for two threads at once.
///
/// Values arrive exactly or not at all:
///
/// | column | takes | notes |
/// |---|---|---|
/// | `bigint` | whole numbers in range, also written `1.0` or `1e3` | `-0` is 0 |
/// | `decimal(p,s)` | numbers that need no more than `s` places and `p-s` digits before the point | |
/// | `double` | declared: the nearest double; inferred: what a double holds exactly | not `1e400` |
/// | `boolean` | `true`, `false` | |
/// | `string` | strings; any other value as the source wrote it, objects and arrays as JSON text | |
/// | `date` | strings `YYYY-MM-DD` | |
/// | `timestamp` | RFC 3339 strings, at most microseconds | declared: no zone is UTC |
/// | `struct`, `array` | objects, arrays | |
///
/// A string never becomes a number, nor a number a boolean. Null fits every column and is the same as
/// absence.
///
/// Where the values are the text of cells ([CellForm#TEXT]), a number column takes the digits with a
/// sign, a point, an exponent and leading zeros where wanted, `boolean` also `t`, `yes`, `y`, `on`, `1`
/// and their opposites in any case, dates and timestamps are as above. Blanks around such a value do not
/// count, and nothing but blanks is null; only a `string` column keeps them.
public final class RowReader {
    private final SchemaPolicy policy;
    private final RowLimits limits;
    private final StructReader columns;
    private final RowPath path = new RowPath();
    private final RescuedJson rescued = new RescuedJson(path);

    /// A reader of rows whose values are JSON.
    public RowReader(Schema schema, SchemaPolicy policy, RowLimits limits) {
        this(schema, policy, limits, CellForm.JSON);
    }

    public RowReader(Schema schema, SchemaPolicy policy, RowLimits limits, CellForm form) {
        this.policy = policy;
        this.limits = limits;
        this.columns =
                new StructReader(schema.columns(), column -> schema.inferred().contains(column.name()), form);
    }

    /// Reads a row as the source wrote it.
    public Verdict read(byte[] row) {
        return read(row, 0, row.length);
    }

    /// Reads the row `buffer[from, to)`.
    public Verdict read(byte[] buffer, int from, int to) {
        return read(buffer, from, to, limits.maxSourceBytes(), false);
    }

    /// Reads the marked row `buffer[from, to)`; the mark is no value of it.
    public Verdict readMarked(byte[] buffer, int from, int to) {
        boolean marked = Mark.parse(buffer, from, to).isPresent();
        return read(buffer, from, to, limits.maxRowBytes(), marked);
    }

    private Verdict read(byte[] buffer, int from, int to, int maxBytes, boolean marked) {
        if (to - from > maxBytes) {
            return new Verdict.Bad(
                    BadRowCode.ROW_TOO_LONG, null, null, maxBytes, "the row has more than " + maxBytes + " bytes");
        }
        path.reset();
        rescued.reset();
        try {
            RowTokens tokens = new RowTokens(path, limits.maxDepth(), buffer, from, to);
            tokens.openRow();
            RowReading row = new RowReading(policy, path, rescued, tokens);
            row.enter();
            @Nullable Object[] values = columns.members(row, firstName(tokens, marked));
            row.leave();
            tokens.expectEnd();
            return new Verdict.Good(values, rescued.json());
        } catch (RowFault fault) {
            return fault.verdict();
        }
    }

    private static @Nullable String firstName(RowTokens tokens, boolean marked) {
        String name = tokens.nextName();
        if (!marked) {
            return name;
        }
        tokens.next();
        tokens.skipValue();
        return tokens.nextName();
    }
}
