package dev.feedline.app.audit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The rows of a file with one row of sight, and a count of how many bytes they had.
final class LookAhead implements PageOfRows.SourceRows {
    private final RowSource lines;
    private @Nullable SourceLine ahead;
    private boolean looked;
    private long passedBytes;

    LookAhead(RowSource lines) {
        this.lines = lines;
    }

    @Override
    public @Nullable SourceLine peek() throws IOException {
        if (!looked) {
            ahead = lines.next();
            looked = true;
        }
        return ahead;
    }

    @Override
    public void advance() throws IOException {
        SourceLine passed = peek();
        passedBytes += passed == null ? 0 : passed.bytes().length;
        looked = false;
    }

    long passedBytes() {
        return passedBytes;
    }
}
