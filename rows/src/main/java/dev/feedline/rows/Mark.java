package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Pattern;

/// The mark that says which row of which file a row is: `"_FL":"<fileId>:<chunk>:<row>",` right after
/// its opening brace. It survives streams, buffers and re-cutting, because it is part of the row.
public final class Mark {
    /// The key of the mark; a source row may not use it at its top level.
    public static final String KEY = "_FL";

    /// The longest mark, with the line end that the row travels with.
    public static final int MAX_BYTES = 80;

    /// The largest chunk and row number: 18 digits.
    public static final long MAX_NUMBER = 999_999_999_999_999_999L;

    private static final Pattern FILE_ID = Pattern.compile("[0-9a-f]{24}");
    private static final byte[] OPENING = "\"_FL\":\"".getBytes(ISO_8859_1);
    private static final int FILE_ID_LENGTH = 24;

    private Mark() {}

    /// The row with its mark; line breaks, which a good row only has between tokens, become spaces.
    ///
    /// @param row a row the reader called good
    /// @param fileId 24 hex digits
    public static byte[] splice(byte[] row, String fileId, long chunk, long rowNumber) {
        if (!FILE_ID.matcher(fileId).matches()
                || (chunk < 0 || chunk > MAX_NUMBER)
                || (rowNumber < 1 || rowNumber > MAX_NUMBER)) {
            throw new IllegalArgumentException("no mark can be made of " + fileId + ":" + chunk + ":" + rowNumber);
        }
        int brace = skipSpace(row, 0, row.length);
        if (brace == row.length || row[brace] != '{') {
            throw new IllegalArgumentException("only an object can be marked");
        }
        int next = skipSpace(row, brace + 1, row.length);
        boolean empty = next < row.length && row[next] == '}';
        byte[] mark =
                ("\"_FL\":\"" + fileId + ":" + chunk + ":" + rowNumber + (empty ? "\"" : "\",")).getBytes(ISO_8859_1);
        byte[] marked = new byte[row.length + mark.length];
        System.arraycopy(row, 0, marked, 0, brace + 1);
        System.arraycopy(mark, 0, marked, brace + 1, mark.length);
        System.arraycopy(row, brace + 1, marked, brace + 1 + mark.length, row.length - brace - 1);
        breaksToSpaces(marked);
        return marked;
    }

    /// The row as it is sent, but for the mark: line breaks become spaces. Returns the same array where
    /// there are none.
    public static byte[] asSent(byte[] row) {
        for (byte b : row) {
            if (b == '\n' || b == '\r') {
                byte[] sent = row.clone();
                breaksToSpaces(sent);
                return sent;
            }
        }
        return row;
    }

    /// The mark of a line, or empty when it carries none.
    public static Optional<Marked> parse(byte[] line) {
        return parse(line, 0, line.length);
    }

    /// The mark of the line `buffer[from, to)`, or empty when it carries none.
    public static Optional<Marked> parse(byte[] buffer, int from, int to) {
        int brace = skipSpace(buffer, from, to);
        int id = brace + 1 + OPENING.length;
        int chunkAt = id + FILE_ID_LENGTH;
        if (chunkAt >= to || buffer[brace] != '{' || !opensAt(buffer, brace + 1) || !isFileId(buffer, id)) {
            return Optional.empty();
        }
        int rowAt = numberEnd(buffer, chunkAt, to);
        int end = rowAt < 0 ? -1 : numberEnd(buffer, rowAt, to);
        if (end < 0 || end + 1 >= to || buffer[end] != '"') {
            return Optional.empty();
        }
        long row = number(buffer, rowAt + 1, end);
        if (row == 0) {
            return Optional.empty();
        }
        return Optional.of(new Marked(
                new String(buffer, id, FILE_ID_LENGTH, ISO_8859_1),
                number(buffer, chunkAt + 1, rowAt),
                row,
                buffer,
                from,
                to,
                brace + 1,
                buffer[end + 1] == ',' ? end + 2 : end + 1));
    }

    private static boolean opensAt(byte[] buffer, int at) {
        for (int i = 0; i < OPENING.length; i++) {
            if (buffer[at + i] != OPENING[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFileId(byte[] buffer, int at) {
        for (int i = at; i < at + FILE_ID_LENGTH; i++) {
            if (Character.digit(buffer[i], 16) < 0 || Character.isUpperCase(buffer[i])) {
                return false;
            }
        }
        return true;
    }

    /// Where the number after the colon at `colon` ends, or -1 when there is none, or none that
    /// [#splice] writes.
    private static int numberEnd(byte[] buffer, int colon, int to) {
        if (colon >= to || buffer[colon] != ':') {
            return -1;
        }
        int end = colon + 1;
        while (end < to && buffer[end] >= '0' && buffer[end] <= '9') {
            end++;
        }
        int digits = end - colon - 1;
        boolean canonical = digits == 1 || (digits > 1 && digits < 19 && buffer[colon + 1] != '0');
        return canonical ? end : -1;
    }

    private static long number(byte[] buffer, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (buffer[i] - '0');
        }
        return number;
    }

    private static int skipSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
            at++;
        }
        return at;
    }

    private static void breaksToSpaces(byte[] row) {
        for (int i = 0; i < row.length; i++) {
            if (row[i] == '\n' || row[i] == '\r') {
                row[i] = ' ';
            }
        }
    }
}
