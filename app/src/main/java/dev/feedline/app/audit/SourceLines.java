package dev.feedline.app.audit;

import dev.feedline.rows.Mark;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The rows of a JSON-lines file, one in memory at a time.
///
/// A row is a line that is not blank. A container that ends in the middle ends in one row more, whatever is left.
final class SourceLines implements RowSource {
    private final InputStream in;
    private final boolean unmarkedOnly;
    private long number;
    private boolean ended;

    /// @param in UTF-8
    /// @param unmarkedOnly in a landing object only the lines without a mark are rows of its own
    SourceLines(InputStream in, boolean unmarkedOnly) {
        this.in = in;
        this.unmarkedOnly = unmarkedOnly;
    }

    @Override
    public @Nullable SourceLine next() throws IOException {
        while (!ended) {
            SourceLine line = line();
            boolean isRow = line.cutOff() || !isBlank(line.bytes());
            if (isRow && !(unmarkedOnly && Mark.parse(line.bytes()).isPresent())) {
                number++;
                return line;
            }
        }
        return null;
    }

    private SourceLine line() throws IOException {
        RowBytes line = new RowBytes();
        try {
            int next = in.read();
            for (; next >= 0 && next != '\n'; next = in.read()) {
                line.add(next);
            }
            ended = next < 0;
            return ended ? line.row(number + 1, null) : line.line(number + 1);
        } catch (EOFException e) {
            ended = true;
            return line.cutOff(number + 1);
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
