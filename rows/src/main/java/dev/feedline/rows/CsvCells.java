package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a row of a CSV file into the JSON object it travels as: `{"column":"cell",…}`, every cell a
/// string, cells without a value left out. Not for two threads at once.
///
/// What comes out depends on the row and the dialect only, never on the schema, so that it is the same
/// whoever sends it.
public final class CsvCells {
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
    private static final int MOST_BYTES_FOR_ONE = 6; // a control character as a unicode escape

    private final int delimiter;
    private final int quote;
    private final int escape;
    private final byte[][] keys;
    private final int keyBytes;
    private final byte[][] nulls;
    private final int maxBytes;
    private byte[] out = new byte[1024];
    private int length;
    private byte[] row = new byte[0];
    private int at;
    private boolean bareQuote;
    private boolean lineInQuotes;

    /// A row as it is sent, or why it is not.
    public sealed interface Cells {
        /// The row's JSON.
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Sent(byte[] json) implements Cells {}

        /// A row for quarantine.
        record Flawed(Flaw flaw) implements Cells {}
    }

    /// @param maxBytes the longest JSON, usually [RowLimits#maxSourceBytes]
    public CsvCells(CsvDialect dialect, int maxBytes) {
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quoteByte();
        this.escape = dialect.escapeByte();
        this.keys = dialect.columns().stream().map(CsvCells::key).toArray(byte[][]::new);
        this.keyBytes = Arrays.stream(keys).mapToInt(key -> key.length + 2).sum();
        this.nulls = dialect.nulls().stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
        this.maxBytes = maxBytes;
    }

    private static byte[] key(String name) {
        return JsonText.quote(new StringBuilder(), name)
                .append(":\"")
                .toString()
                .getBytes(UTF_8);
    }

    /// The text of every cell of a row, for a header.
    public static List<String> texts(CsvDialect dialect, byte[] row) {
        CsvCells cells = new CsvCells(dialect, Integer.MAX_VALUE);
        List<String> texts = new ArrayList<>();
        cells.begin(row);
        for (boolean more = true; more; cells.at++) {
            int from = cells.at;
            cells.skipCell();
            texts.add(cells.text(from, cells.at));
            more = cells.at < row.length;
        }
        return texts;
    }

    /// Reads a row.
    public Cells read(byte[] source) {
        begin(source);
        int most = MOST_BYTES_FOR_ONE * row.length + keyBytes + 2;
        if (out.length < most) {
            out = new byte[most];
        }
        out[length++] = '{';
        int cell = 0;
        for (boolean more = true; more; at++) {
            if (cell == keys.length) {
                return ragged(countOn(cell));
            }
            Flaw flaw = cell(keys[cell++]);
            if (flaw != null) {
                return new Cells.Flawed(flaw);
            }
            more = at < row.length;
        }
        if (cell < keys.length) {
            return ragged(cell);
        }
        if (bareQuote && lineInQuotes) {
            return flawed(
                    BadRowCode.CSV_QUOTING,
                    "a quoted cell goes on over a line end and a cell without quotes has one in it");
        }
        if (length >= maxBytes) {
            return flawed(BadRowCode.ROW_TOO_LONG, "the row as JSON has more than " + maxBytes + " bytes");
        }
        out[length++] = '}';
        return new Cells.Sent(Arrays.copyOf(out, length));
    }

    private void begin(byte[] source) {
        row = source;
        at = 0;
        length = 0;
        bareQuote = false;
        lineInQuotes = false;
    }

    private Cells ragged(int cells) {
        return flawed(
                BadRowCode.CSV_RAGGED_ROW,
                "the row has " + cells + (cells == 1 ? " cell" : " cells") + " and the file " + keys.length
                        + (keys.length == 1 ? " column" : " columns"));
    }

    private static Cells flawed(BadRowCode code, String detail) {
        return new Cells.Flawed(new Flaw(code, detail));
    }

    /// Reads the cell at `at` and stops at its delimiter or the row's end.
    private @Nullable Flaw cell(byte[] key) {
        boolean quoted = at < row.length && row[at] == quote;
        if (!quoted && isNull()) {
            return null;
        }
        if (length > 1) {
            out[length++] = ',';
        }
        System.arraycopy(key, 0, out, length, key.length);
        length += key.length;
        boolean isText = quoted ? quotedCell() : plainCell();
        out[length++] = '"';
        if (!isText) {
            return new Flaw(BadRowCode.CSV_ENCODING, "a cell has a NUL, which is no text");
        }
        return at < row.length && row[at] != delimiter
                ? new Flaw(BadRowCode.CSV_QUOTING, "text follows right behind a quoted cell, at byte " + at)
                : null;
    }

    /// Goes past the cell when it has no value.
    private boolean isNull() {
        for (byte[] text : nulls) {
            int end = at + text.length;
            if (end <= row.length
                    && (end == row.length || row[end] == delimiter)
                    && Arrays.equals(row, at, end, text, 0, text.length)) {
                at = end;
                return true;
            }
        }
        return false;
    }

    private boolean plainCell() {
        boolean isText = true;
        for (; at < row.length && row[at] != delimiter; at++) {
            if (row[at] == escape && at + 1 < row.length) {
                at++;
            }
            bareQuote |= row[at] == quote;
            isText &= put(row[at]);
        }
        return isText;
    }

    private boolean quotedCell() {
        boolean isText = true;
        for (at++; at < row.length; at++) {
            byte b = row[at];
            if (b == quote) {
                at++;
                if (at == row.length || row[at] != quote) {
                    return isText;
                }
            } else if (b == escape && at + 1 < row.length) {
                at++;
            }
            lineInQuotes |= b == '\n' || b == '\r';
            isText &= put(row[at]);
        }
        return isText;
    }

    /// Adds a byte of a JSON string; false for a NUL.
    private boolean put(byte b) {
        if (b == '"' || b == '\\') {
            out[length++] = '\\';
            out[length++] = b;
        } else if (b >= 0 && b < ' ') {
            out[length++] = '\\';
            out[length++] = 'u';
            out[length++] = '0';
            out[length++] = '0';
            out[length++] = HEX[b >> 4];
            out[length++] = HEX[b & 0xf];
        } else {
            out[length++] = b;
        }
        return b != 0;
    }

    private int countOn(int cells) {
        int all = cells;
        for (boolean more = true; more; at++) {
            skipCell();
            all++;
            more = at < row.length;
        }
        return all;
    }

    private void skipCell() {
        boolean quoted = at < row.length && row[at] == quote;
        at += quoted ? 1 : 0;
        for (; at < row.length && (quoted || row[at] != delimiter); at++) {
            if (row[at] == escape) {
                at++;
            } else if (quoted && row[at] == quote) {
                boolean doubled = at + 1 < row.length && row[at + 1] == quote;
                at += doubled ? 1 : 0;
                quoted = doubled;
            }
        }
        at = Math.min(at, row.length);
    }

    private String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        String cell = new String(row, from, to - from, UTF_8);
        boolean quoted = !cell.isEmpty() && cell.charAt(0) == quote;
        for (int i = quoted ? 1 : 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == escape && i + 1 < cell.length()) {
                text.append(cell.charAt(++i));
            } else if (quoted && c == quote) {
                quoted = i + 1 < cell.length() && cell.charAt(i + 1) == quote;
                i += quoted ? 1 : 0;
                text.append(quoted ? cell.substring(i, i + 1) : "");
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
