package dev.feedline.rows;

import org.jspecify.annotations.Nullable;

/// One row while it is read: its tokens, where the reader is, and what has been rescued so far.
final class RowReading {
    private final SchemaPolicy policy;
    private final RowPath path;
    private final RescuedJson rescued;
    private final RowTokens tokens;

    RowReading(SchemaPolicy policy, RowPath path, RescuedJson rescued, RowTokens tokens) {
        this.policy = policy;
        this.path = path;
        this.rescued = rescued;
        this.tokens = tokens;
    }

    RowTokens tokens() {
        return tokens;
    }

    RowPath path() {
        return path;
    }

    void enter() {
        path.enter();
    }

    void leave() {
        rescued.leave(path.depth() - 1);
        path.leave();
    }

    /// Judges the value of a key that is no column: a null is no value, all else goes by the policy.
    void unknown(String name, Token token) {
        if (path.depth() == 1 && name.equals(Mark.KEY)) {
            throw fault(BadRowCode.RESERVED_KEY, "the key _FL is Feedline's own");
        }
        if (token == Token.NULL) {
            return;
        }
        if (policy.onNewColumn() == SchemaPolicy.OnNewColumn.FREEZE) {
            throw fault(BadRowCode.UNKNOWN_COLUMN, "no column is called " + Found.quoted(name));
        }
        rescued.add(tokens.source());
    }

    /// Judges a value that its column cannot hold; the result is what the column gets instead.
    @Nullable
    Object mismatch(String expected, Token token) {
        return unfit(BadRowCode.TYPE_MISMATCH, expected, token);
    }

    /// Judges a number of the right kind that is too large for its column.
    @Nullable
    Object numberOutOfRange(String expected, Token token) {
        return unfit(BadRowCode.NUMBER_RANGE, expected, token);
    }

    private @Nullable Object unfit(BadRowCode code, String expected, Token token) {
        if (policy.onMismatch() == SchemaPolicy.OnMismatch.QUARANTINE) {
            throw fault(code, "expected " + expected + ", found " + Found.of(token, tokens));
        }
        rescued.add(tokens.source());
        return null;
    }

    private RowFault fault(BadRowCode code, String detail) {
        return new RowFault(code, path.column(), path.pointer(), tokens.offset(), detail);
    }
}
