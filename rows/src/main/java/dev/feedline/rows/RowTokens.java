package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.rows.text.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tokens of one row, strictly JSON (RFC 8259): every fault leaves as a [RowFault] with a
/// code of ours.
final class RowTokens {
    private static final int MAX_SHORT_NUMBER = 18; // digits and sign: always a long
    private static final String CUT_OFF = "the row ends in the middle";
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final RowPath path;
    private final int maxDepth;
    private final byte[] buffer;
    private final int from;
    private final int to;
    private final JsonScan scan;
    private int at;
    private int start; // of the current token
    private Token token = Token.NULL;
    private boolean named; // a member's name was the last token
    private int depth;
    private boolean[] isObject = new boolean[16]; // per open level
    private boolean[] hasItems = new boolean[16]; // per open level

    RowTokens(RowPath path, int maxDepth, byte[] buffer, int from, int to) {
        int fault = Utf8.firstFault(buffer, from, to);
        if (fault >= 0) {
            String what = buffer[from + fault] == '\\' ? "half a surrogate pair is escaped" : "the bytes are not UTF-8";
            throw new RowFault(BadRowCode.JSON_ENCODING, fault, what);
        }
        this.path = path;
        this.maxDepth = maxDepth;
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        this.at = from;
        this.scan = new JsonScan(buffer, from, to);
    }

    /// Takes the opening brace of the row.
    void openRow() {
        Token first = next();
        if (first != Token.START_OBJECT) {
            finishAnyValue(first);
            expectEnd();
            throw new RowFault(BadRowCode.ROW_NOT_AN_OBJECT, 0, "the row is " + Found.of(first));
        }
    }

    /// After the row's closing brace: nothing else may stand there.
    void expectEnd() {
        skipBlanks();
        if (at < to) {
            throw new RowFault(BadRowCode.JSON_SYNTAX, at - from, "there is more text after the row's end");
        }
    }

    Token next() {
        token = read();
        if (token.isStart() && depth > maxDepth) {
            throw new RowFault(
                    BadRowCode.JSON_TOO_DEEP,
                    path.column(),
                    path.pointer(),
                    offset(),
                    "deeper than " + maxDepth + " levels");
        }
        return token;
    }

    /// The name of the next member of the open object, or null at its end.
    @Nullable
    String nextName() {
        return next() == Token.END_OBJECT ? null : name();
    }

    /// The text of the string, or the number as written.
    String text() {
        return token == Token.STRING
                ? JsonText.unquoted(buffer, start + 1, at - 1)
                : new String(buffer, start, at - start, ISO_8859_1);
    }

    /// Whether the whole number at hand is short enough to be computed without a thought.
    boolean isShortNumber() {
        return at - start <= MAX_SHORT_NUMBER;
    }

    long shortNumber() {
        boolean negative = buffer[start] == '-';
        long value = 0;
        for (int i = negative ? start + 1 : start; i < at; i++) {
            value = value * 10 + (buffer[i] - '0');
        }
        return negative ? -value : value;
    }

    /// Where the current token begins, counted from the row's start.
    int offset() {
        return start - from;
    }

    /// Takes the value that began with the current token to its end and returns it as written, on
    /// one line.
    String source() {
        int begin = start;
        finishAnyValue(token);
        String source = new String(buffer, begin, at - begin, UTF_8);
        return source.indexOf('\n') < 0 && source.indexOf('\r') < 0
                ? source
                : source.replace('\n', ' ').replace('\r', ' ');
    }

    /// Takes the value that began with the current token to its end, checking all of it.
    void skipValue() {
        finishAnyValue(token);
    }

    RowFault duplicate(String name) {
        return new RowFault(
                BadRowCode.JSON_DUPLICATE_KEY,
                path.column(),
                path.pointer(),
                offset(),
                "the key " + Found.quoted(name) + " comes twice");
    }

    private void finishAnyValue(Token first) {
        if (!first.isStart()) {
            return;
        }
        int outside = depth - 1;
        List<Set<String>> names = new ArrayList<>(); // per open level; an array's stay empty
        names.add(new HashSet<>());
        while (depth > outside) {
            Token next = next();
            if (next.isStart()) {
                names.add(new HashSet<>());
            } else if (next.isEnd()) {
                names.remove(names.size() - 1);
            } else if (next == Token.NAME && !names.get(names.size() - 1).add(name())) {
                throw duplicate(name());
            }
        }
    }

    /// The name that is the current token; its colon has been taken.
    private String name() {
        return JsonText.unquoted(buffer, start + 1, scan.stringEnd(start) - 1);
    }

    private Token read() {
        skipBlanks();
        if (named) {
            named = false;
            return value();
        }
        if (depth == 0) {
            return value();
        }
        int level = depth - 1;
        byte close = isObject[level] ? (byte) '}' : (byte) ']';
        if (byteAt() == close) {
            start = at++;
            depth--;
            return isObject[level] ? Token.END_OBJECT : Token.END_ARRAY;
        }
        if (hasItems[level]) {
            expect((byte) ',');
            skipBlanks();
        }
        hasItems[level] = true;
        return isObject[level] ? member() : value();
    }

    private Token member() {
        if (byteAt() != '"') {
            throw unexpected("a name in quotes");
        }
        start = at;
        at = scan.stringEnd(at);
        skipBlanks();
        expect((byte) ':');
        named = true;
        return Token.NAME;
    }

    private Token value() {
        start = at;
        switch (byteAt()) {
            case '{':
                return open(Token.START_OBJECT);
            case '[':
                return open(Token.START_ARRAY);
            case '"':
                at = scan.stringEnd(at);
                return Token.STRING;
            case 't':
                return word(TRUE, Token.TRUE);
            case 'f':
                return word(FALSE, Token.FALSE);
            case 'n':
                return word(NULL, Token.NULL);
            default:
                at = scan.numberEnd(at);
                return scan.isWhole(start, at) ? Token.WHOLE_NUMBER : Token.NUMBER;
        }
    }

    private Token open(Token opened) {
        at++;
        if (depth == isObject.length) {
            isObject = Arrays.copyOf(isObject, 2 * depth);
            hasItems = Arrays.copyOf(hasItems, 2 * depth);
        }
        isObject[depth] = opened == Token.START_OBJECT;
        hasItems[depth] = false;
        depth++;
        return opened;
    }

    private Token word(byte[] word, Token is) {
        for (byte letter : word) {
            if (byteAt() != letter) {
                throw unexpected("a value");
            }
            at++;
        }
        return is;
    }

    private void expect(byte wanted) {
        if (byteAt() != wanted) {
            throw unexpected("'" + (char) wanted + "'");
        }
        at++;
    }

    private byte byteAt() {
        if (at >= to) {
            throw new RowFault(BadRowCode.JSON_SYNTAX, to - from, CUT_OFF);
        }
        return buffer[at];
    }

    private RowFault unexpected(String wanted) {
        return scan.unexpected(at, wanted);
    }

    private void skipBlanks() {
        while (at < to && JsonScan.isBlank(buffer[at])) {
            at++;
        }
    }
}
