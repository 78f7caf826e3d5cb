package dev.feedline.app.audit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The rows of a file of JSON that is not lines: elements of arrays, and values one after another, one in memory at a
/// time.
///
/// A fault within a row is for whoever reads it. Where it cannot be said for certain where a row ends, all the rest of
/// the file is one row that cannot be read.
final class JsonValues implements RowSource {
    private static final int END = -1;
    private static final int NOT_READ = -2;
    private static final int DEEPEST = 100_000;
    private static final int RECORD_SEPARATOR = 0x1e;

    private final InputStream in;
    private int ahead = NOT_READ;
    private long number;
    private boolean inArray;
    private boolean commaIsDue;
    private boolean ended;

    /// It is not certain where the row ends.
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1;

        Lost(String message) {
            super(message, null, false, false);
        }
    }

    /// @param in UTF-8
    JsonValues(InputStream in) {
        this.in = in;
    }

    @Override
    public @Nullable SourceLine next() throws IOException {
        if (ended) {
            return null;
        }
        RowBytes row = new RowBytes();
        try {
            SourceLine found = findOrRest(row);
            number += found == null ? 0 : 1;
            return found;
        } catch (EOFException e) {
            ended = true;
            return row.cutOff(number + 1);
        }
    }

    private @Nullable SourceLine findOrRest(RowBytes row) throws IOException {
        try {
            return find(row);
        } catch (Lost e) {
            for (int b = take(); b != END; b = take()) {
                row.add(b);
            }
            ended = true;
            return row.row(number + 1, e.getMessage());
        }
    }

    private @Nullable SourceLine find(RowBytes row) throws IOException, Lost {
        while (true) {
            int b = skipSpace();
            if (b == END) {
                if (inArray) {
                    throw new Lost("the array is not closed");
                }
                ended = true;
                return null;
            }
            if (inArray && b == ']') {
                take();
                inArray = false;
                commaIsDue = false;
            } else if (inArray && b == ',' && commaIsDue) {
                take();
                commaIsDue = false;
            } else if (!inArray && b == '[') {
                take();
                inArray = true;
            } else {
                return row(b, row);
            }
        }
    }

    private SourceLine row(int first, RowBytes row) throws IOException, Lost {
        String flaw = null;
        if (inArray && first == ',') {
            flaw = "there is no element before the comma";
        } else if (commaIsDue && first != '{') {
            throw new Lost("the array goes on without a comma");
        } else {
            flaw = commaIsDue ? "there is no comma before it" : null;
            through(first, row);
        }
        commaIsDue = inArray;
        return row.row(number + 1, flaw);
    }

    private void through(int first, RowBytes row) throws IOException, Lost {
        switch (first) {
            case '{', '[' -> throughBrackets(row);
            case '"' -> throughString(row);
            default -> {
                while (isOfWord(peek())) {
                    row.add(take());
                }
                if (row.isEmpty()) {
                    throw new Lost("no value begins like this");
                }
            }
        }
    }

    private void throughBrackets(RowBytes row) throws IOException, Lost {
        StringBuilder open = new StringBuilder();
        boolean behindString = false;
        boolean rightBehind = false;
        do {
            int b = peek();
            switch (b) {
                case '{', '[' -> {
                    if (behindString || open.length() == DEEPEST) {
                        throw new Lost(behindString ? "a bracket opens behind a string" : "it nests too deeply");
                    }
                    open.append((char) b);
                }
                case '}', ']' -> {
                    if (open.charAt(open.length() - 1) != (b == '}' ? '{' : '[')) {
                        throw new Lost("brackets do not match");
                    }
                    open.setLength(open.length() - 1);
                    behindString = false;
                }
                case ',', ':' -> behindString = false;
                case ' ', '\t', '\r', '\n' -> rightBehind = false;
                case '"' -> {
                    if (behindString && rightBehind) {
                        throw new Lost("a string begins right behind another");
                    }
                    throughString(row);
                    behindString = true;
                    rightBehind = true;
                    continue;
                }
                case END -> throw new Lost("the file ends in it");
                default -> {
                    if (behindString || !isOfWord(b)) {
                        throw new Lost("something stands there that cannot");
                    }
                }
            }
            row.add(take());
        } while (!open.isEmpty());
    }

    private void throughString(RowBytes row) throws IOException, Lost {
        row.add(take());
        for (int b = peek(); b != '"'; b = peek()) {
            if (b == '\\') {
                row.add(take());
            }
            if (peek() == END) {
                throw new Lost("the file ends in a string");
            }
            row.add(take());
        }
        row.add(take());
    }

    private int skipSpace() throws IOException {
        while (peek() == ' '
                || peek() == '\n'
                || peek() == '\r'
                || peek() == '\t'
                || (peek() == RECORD_SEPARATOR && !inArray)) {
            take();
        }
        return peek();
    }

    private static boolean isOfWord(int b) {
        return b >= 0 && b < 0x80 && (Character.isLetterOrDigit(b) || "+-._$".indexOf(b) >= 0);
    }

    private int peek() throws IOException {
        if (ahead == NOT_READ) {
            ahead = in.read();
        }
        return ahead;
    }

    private int take() throws IOException {
        int next = peek();
        ahead = next == END ? END : NOT_READ;
        return next;
    }
}
