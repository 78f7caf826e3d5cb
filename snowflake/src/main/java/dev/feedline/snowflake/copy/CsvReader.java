package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.CsvFormat;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts delimited text into records and fields, as Snowflake's CSV options say; one record in memory.
///
/// Source: docs.snowflake.com/en/sql-reference/sql/create-file-format (format type options, TYPE = CSV)
final class CsvReader {
    /// Characters of one field; Snowflake's longest VARCHAR.
    static final int LONGEST_FIELD = StagedText.LONGEST_VALUE;

    private static final int NONE = -1;
    private static final int END = -1;

    private final Reader in;
    private final boolean lines;
    private final String recordDelimiter;
    private final String fieldDelimiter;
    /// The delimiters' first characters.
    private final int recordBegin;

    private final int fieldBegin;
    private final int enclosedBy;
    private final int escapeEnclosed;
    private final int escapeUnenclosed;
    private final boolean trimSpace;
    private final char[] buffer = new char[1 << 15];
    private int at;
    private int limit;
    private boolean ended;
    private long line = 1;
    private long character = 1;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder raw = new StringBuilder();

    CsvReader(Reader in, CsvFormat format) {
        this.in = in;
        String records = format.recordDelimiter().orElse("");
        this.lines = records.equals("\n") || records.equals("\r\n");
        this.recordDelimiter = records;
        this.fieldDelimiter = format.fieldDelimiter().orElse("");
        this.recordBegin = records.isEmpty() ? NONE : records.charAt(0);
        this.fieldBegin = fieldDelimiter.isEmpty() ? NONE : fieldDelimiter.charAt(0);
        this.enclosedBy = code(format.enclosedBy());
        this.escapeEnclosed = code(format.escape());
        this.escapeUnenclosed = format.escape().isPresent() ? code(format.escape()) : code(format.escapeUnenclosed());
        this.trimSpace = format.trimSpace();
    }

    private static int code(Optional<Character> character) {
        return character.map(one -> (int) one).orElse(NONE);
    }

    /// Leaves out what comes before the end of a line, whatever the delimiters are.
    void skipLine() throws IOException {
        while (peek() != END) {
            char c = take();
            if (c == '\n' || (c == '\r' && peek() != '\n')) {
                return;
            }
        }
    }

    /// Reads the next record into `into`.
    ///
    /// @return false at the end of the file
    boolean next(CsvRecord into) throws IOException {
        if (peek() == END) {
            return false;
        }
        into.begin(line);
        while (true) {
            into.add(field(into));
            if (takeFieldDelimiter()) {
                continue;
            }
            if (peek() != END && !atRecordEnd()) {
                into.spoil(new CsvRecord.Flaw(
                        SnowflakeError.END_OF_RECORD,
                        "Found character '" + (char) peek() + "' instead of field delimiter '" + shown(fieldDelimiter)
                                + "'",
                        line,
                        character));
                skipToEndOfField();
                if (takeFieldDelimiter()) {
                    continue;
                }
            }
            into.end(line, character);
            takeRecordEnd();
            into.next(line, character);
            return true;
        }
    }

    private CsvRecord.Field field(CsvRecord into) throws IOException {
        if (trimSpace) {
            takeBlanks();
        }
        long atLine = line;
        long atCharacter = character;
        if (enclosedBy != NONE && peek() == enclosedBy) {
            return enclosed(into, atLine, atCharacter);
        }
        String plain = plain();
        if (peek() == END || atFieldDelimiter() || atRecordEnd()) {
            return new CsvRecord.Field(trimSpace ? plain.strip() : plain, null, false, atLine, atCharacter);
        }
        text.setLength(0);
        text.append(plain);
        raw.setLength(0);
        raw.append(plain);
        boolean escaped = false;
        while (peek() != END && !atFieldDelimiter() && !atRecordEnd()) {
            char c = take();
            raw.append(c);
            if (c == escapeUnenclosed && peek() != END) {
                escaped = true;
                char next = take();
                raw.append(next);
                text.append(unescaped(next));
            } else {
                text.append(c);
            }
            refuseTooLong(into, atLine, atCharacter);
        }
        String value = trimSpace ? text.toString().strip() : text.toString();
        return new CsvRecord.Field(value, escaped ? raw.toString() : null, false, atLine, atCharacter);
    }

    /// Takes what comes up to the first character that may mean something, within the buffer: mostly the whole field.
    private String plain() throws IOException {
        if (peek() == END) {
            return "";
        }
        int from = at;
        while (at < limit && isPlain(buffer[at])) {
            at++;
        }
        character += at - from;
        return new String(buffer, from, at - from);
    }

    private boolean isPlain(char c) {
        return c != '\n' && c != '\r' && c != fieldBegin && c != recordBegin && c != escapeUnenclosed;
    }

    private CsvRecord.Field enclosed(CsvRecord into, long atLine, long atCharacter) throws IOException {
        take();
        text.setLength(0);
        while (true) {
            int c = peek();
            if (c == END) {
                into.spoil(new CsvRecord.Flaw(
                        SnowflakeError.END_OF_RECORD,
                        "End of record reached while expected to find the closing quote of an enclosed field",
                        line,
                        character));
                break;
            }
            take();
            if (c == escapeEnclosed && c != enclosedBy && peek() != END) {
                text.append(unescaped(take()));
            } else if (c == enclosedBy) {
                if (peek() != enclosedBy) {
                    break;
                }
                text.append(take());
            } else {
                text.append((char) c);
            }
            refuseTooLong(into, atLine, atCharacter);
        }
        if (trimSpace) {
            takeBlanks();
        }
        return new CsvRecord.Field(text.toString(), null, true, atLine, atCharacter);
    }

    /// What an escaped character stands for.
    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }

    private void refuseTooLong(CsvRecord into, long atLine, long atCharacter) {
        if (text.length() > LONGEST_FIELD) {
            into.spoil(new CsvRecord.Flaw(
                    SnowflakeError.VALUE_TOO_LARGE,
                    "Max LOB size (" + LONGEST_FIELD + ") exceeded, actual size of parsed column is more",
                    atLine,
                    atCharacter));
            text.setLength(0);
            raw.setLength(0);
        }
    }

    private void skipToEndOfField() throws IOException {
        while (peek() != END && !atFieldDelimiter() && !atRecordEnd()) {
            take();
        }
    }

    private void takeBlanks() throws IOException {
        while ((peek() == ' ' || peek() == '\t') && !atFieldDelimiter() && !atRecordEnd()) {
            take();
        }
    }

    private boolean atFieldDelimiter() throws IOException {
        return !fieldDelimiter.isEmpty() && isNext(fieldDelimiter);
    }

    private boolean takeFieldDelimiter() throws IOException {
        if (!atFieldDelimiter()) {
            return false;
        }
        take(fieldDelimiter.length());
        return true;
    }

    private boolean atRecordEnd() throws IOException {
        if (lines) {
            return peek() == '\n' || peek() == '\r';
        }
        return !recordDelimiter.isEmpty() && isNext(recordDelimiter);
    }

    private void takeRecordEnd() throws IOException {
        if (peek() == END || !atRecordEnd()) {
            return;
        }
        if (!lines) {
            take(recordDelimiter.length());
        } else if (take() == '\r' && peek() == '\n') {
            take();
        }
    }

    private void take(int characters) throws IOException {
        for (int i = 0; i < characters; i++) {
            take();
        }
    }

    private int peek() throws IOException {
        return at < limit || fill(1) ? buffer[at] : END;
    }

    private boolean isNext(String delimiter) throws IOException {
        if (peek() != delimiter.charAt(0)) {
            return false;
        }
        if (limit - at < delimiter.length() && !fill(delimiter.length())) {
            return false;
        }
        for (int i = 1; i < delimiter.length(); i++) {
            if (buffer[at + i] != delimiter.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private char take() throws IOException {
        char c = buffer[at++];
        // A carriage return and the line feed behind it end one line.
        if (c == '\n' || (c == '\r' && peek() != '\n')) {
            line++;
            character = 1;
        } else {
            character++;
        }
        return c;
    }

    /// Makes sure of so many characters, if the file has them.
    private boolean fill(int wanted) throws IOException {
        while (limit - at < wanted && !ended) {
            System.arraycopy(buffer, at, buffer, 0, limit - at);
            limit -= at;
            at = 0;
            int read = in.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
        }
        return limit - at >= wanted;
    }

    /// A delimiter as messages write it.
    static String shown(@Nullable String delimiter) {
        return String.valueOf(delimiter)
                .replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }
}
