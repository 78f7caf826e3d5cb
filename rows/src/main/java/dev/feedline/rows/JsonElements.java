package dev.feedline.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Splits JSON that is not lines into rows: the elements of an array, values one after another with or
/// without whitespace between them, over as many lines as they like, also several arrays in a row.
///
/// It looks at brackets, strings and what stands between them, and leaves it to [RowReader] to say
/// whether a row is good JSON. A row with a fault costs the others nothing as long as it is certain where
/// it ends. It is not when brackets do not match, when the text behind a string cannot stand there (the
/// sign of a lost quote), or at characters that JSON has only in strings: then all from the row's
/// beginning to the end of the file is one bad row, [BadRowCode#UNPARSED_TAIL]. So is an array that is
/// never closed. A comma before a closing bracket is overlooked; the record separators of RFC 7464 are
/// whitespace.
public final class JsonElements implements RowSplitter {
    /// Deeper brackets are not followed; a good row has at most [RowLimits#maxDepth].
    static final int MAX_DEPTH = 100_000;

    private static final int RECORD_SEPARATOR = 0x1e;
    private static final int END = -1;

    private final FeedBytes bytes;
    private long rows;
    private boolean inArray;
    private boolean behindElement; // of the open array
    private boolean ended;
    private final BitSet objects = new BitSet(); // of the open brackets of the row, which are braces
    private @Nullable BrokenFeedException broken;

    /// @param in UTF-8 that begins at the position's offset
    /// @param encoding what the source was before it became UTF-8
    /// @param maxRowBytes the longest row handed out whole, usually [RowLimits#maxSourceBytes]
    public JsonElements(InputStream in, TextEncoding encoding, int maxRowBytes, Position start) {
        this.bytes = new FeedBytes(in, encoding, maxRowBytes, false, start);
        this.rows = start.rows();
        this.inArray = start.inArray();
        this.behindElement = start.inArray();
    }

    @Override
    public @Nullable RawRow next() throws BrokenFeedException {
        if (broken != null) {
            throw broken;
        }
        try {
            return ended ? null : find();
        } catch (IOException e) {
            broken = new BrokenFeedException(bytes.row(rows + 1, null), e);
            throw broken;
        }
    }

    @Override
    public Position position() {
        return new Position(rows, bytes.lines(), bytes.offset(), inArray);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /// Goes through what stands between two rows.
    private @Nullable RawRow find() throws IOException {
        while (true) {
            bytes.beginRow(); // so that nothing of the row before is left when the source breaks off here
            int next = skipSpace();
            bytes.beginRow();
            if (next == END) {
                ended = !inArray;
                return inArray ? tail("the array is not closed") : null;
            }
            if (next == ']' && inArray) {
                bytes.at++;
                inArray = false;
                behindElement = false;
            } else if (next == ',' && inArray && behindElement) {
                bytes.at++;
                behindElement = false;
            } else if (next == '[' && !inArray) {
                bytes.at++;
                inArray = true;
            } else {
                return row(next);
            }
        }
    }

    private RawRow row(int first) throws IOException {
        if (first == ',' && inArray) {
            return take(new Flaw(BadRowCode.JSON_SYNTAX, "there is no element before the comma"));
        }
        boolean lacksComma = inArray && behindElement;
        if (lacksComma && first != '{') {
            return tail("the array goes on without a comma");
        }
        String uncertain = switch (first) {
            case '{', '[', '"' -> throughValue();
            default -> throughWord();
        };
        if (uncertain != null) {
            return tail(uncertain);
        }
        return take(lacksComma ? new Flaw(BadRowCode.JSON_SYNTAX, "there is no comma before the row") : null);
    }

    private RawRow take(@Nullable Flaw flaw) {
        behindElement = inArray;
        return bytes.row(++rows, flaw);
    }

    /// Takes all that is left of the file as one bad row.
    private RawRow tail(String why) throws IOException {
        while (bytes.more()) {
            bytes.keepTo(bytes.end);
        }
        ended = true;
        inArray = false;
        return bytes.row(
                ++rows, new Flaw(BadRowCode.UNPARSED_TAIL, why + ", so it is not certain where the next row begins"));
    }

    /// The first byte of the next token, or [#END].
    private int skipSpace() throws IOException {
        while (bytes.more()) {
            byte[] buffer = bytes.buffer;
            int at = bytes.at;
            int end = bytes.end;
            while (at < end && (isSpace(buffer[at]) || (buffer[at] == RECORD_SEPARATOR && !inArray))) {
                at++;
            }
            bytes.at = at;
            if (at < end) {
                return buffer[at] & 0xff;
            }
        }
        return END;
    }

    /// Where the scanner is within a row.
    private enum Place {
        OUTSIDE,
        STRING,
        ESCAPE,
        BEHIND_STRING,
        SPACE_BEHIND_STRING
    }

    /// Takes a string, an object or an array with all that is in it.
    ///
    /// @return why it is not certain where it ends, or null
    private @Nullable String throughValue() throws IOException {
        int depth = 0;
        Place place = Place.OUTSIDE;
        while (bytes.more()) {
            byte[] buffer = bytes.buffer;
            int end = bytes.end;
            for (int i = bytes.at; i < end; i++) {
                byte b = buffer[i];
                if (place == Place.STRING) {
                    while (b != '"' && b != '\\' && ++i < end) {
                        b = buffer[i];
                    }
                    if (i < end) {
                        place = b == '"' ? Place.BEHIND_STRING : Place.ESCAPE;
                    }
                    if (place == Place.BEHIND_STRING && depth == 0) {
                        bytes.keepTo(i + 1);
                        return null;
                    }
                    continue;
                }
                if (place == Place.ESCAPE) {
                    place = Place.STRING;
                    continue;
                }
                switch (b) {
                    case '{', '[' -> {
                        if (depth == MAX_DEPTH || place != Place.OUTSIDE) {
                            bytes.keepTo(i);
                            return depth == MAX_DEPTH
                                    ? "brackets nest deeper than " + MAX_DEPTH + " levels"
                                    : "a bracket opens behind a string";
                        }
                        objects.set(depth++, b == '{');
                    }
                    case '}', ']' -> {
                        place = Place.OUTSIDE;
                        depth--;
                        if (objects.get(depth) != (b == '}')) {
                            bytes.keepTo(i);
                            return "a " + (char) b + " closes what a " + (b == '}' ? '[' : '{') + " opened";
                        }
                        if (depth == 0) {
                            bytes.keepTo(i + 1);
                            return null;
                        }
                    }
                    case '"' -> {
                        if (place == Place.BEHIND_STRING) {
                            bytes.keepTo(i);
                            return "a string begins right behind another";
                        }
                        place = Place.STRING;
                    }
                    case ',', ':' -> place = Place.OUTSIDE;
                    case ' ', '\t', '\n', '\r' ->
                        place = place == Place.OUTSIDE ? Place.OUTSIDE : Place.SPACE_BEHIND_STRING;
                    default -> {
                        if (place != Place.OUTSIDE || !isOfWord(b)) {
                            bytes.keepTo(i);
                            return place == Place.OUTSIDE
                                    ? "a character stands outside of strings that JSON has only in them"
                                    : "text follows right behind a string";
                        }
                    }
                }
            }
            bytes.keepTo(end);
        }
        return "the file ends within the row";
    }

    /// Takes a number, `true`, `false`, `null` or whatever was meant as one of them.
    private @Nullable String throughWord() throws IOException {
        while (bytes.more()) {
            int at = bytes.at;
            while (at < bytes.end && isOfWord(bytes.buffer[at])) {
                at++;
            }
            bytes.keepTo(at);
            if (at < bytes.end) {
                break;
            }
        }
        return bytes.isEmptyRow() ? "no value begins like this" : null;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isOfWord(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || b == '-'
                || b == '+'
                || b == '.'
                || b == '_'
                || b == '$';
    }
}
