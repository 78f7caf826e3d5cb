package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/// The tokens of one row, strictly JSON (RFC 8259): every fault leaves as a [RowFault] with a code of
/// ours.
final class RowTokens implements AutoCloseable {
    // The limits that speak are ours: the row's length, its depth, and each type's own range.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION) // else a row of UTF-16 would be read
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final int MAX_SHORT_NUMBER = 18; // digits and sign: always a long

    private final RowPath path;
    private final int maxDepth;
    private final byte[] buffer;
    private final int from;
    private final int to;
    private final JsonParser parser;
    private int depth;

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
        this.parser = JSON.createParser(ObjectReadContext.empty(), buffer, from, to - from);
    }

    /// Takes the opening brace of the row.
    void openRow() {
        JsonToken first = next();
        if (first != JsonToken.START_OBJECT) {
            finishAnyValue(first);
            expectEnd();
            throw new RowFault(BadRowCode.ROW_NOT_AN_OBJECT, 0, "the row is " + Found.of(first));
        }
    }

    /// After the row's closing brace: nothing else may stand there.
    void expectEnd() {
        if (nextOrEnd() != null) {
            throw new RowFault(BadRowCode.JSON_SYNTAX, offset(), "there is more text after the row's end");
        }
    }

    JsonToken next() {
        JsonToken token = nextOrEnd();
        if (token == null) {
            throw new RowFault(BadRowCode.JSON_SYNTAX, to - from, "the row ends in the middle");
        }
        return token;
    }

    /// The name of the next member of the open object, or null at its end.
    @Nullable
    String nextName() {
        return next() == JsonToken.END_OBJECT ? null : name();
    }

    /// The text of the string, or the number as written.
    String text() {
        try {
            return parser.getString();
        } catch (JacksonException e) {
            throw syntax(e);
        }
    }

    /// Whether the whole number at hand is short enough to be computed without a thought.
    boolean isShortNumber() {
        return parser.getStringLength() <= MAX_SHORT_NUMBER;
    }

    long shortNumber() {
        return parser.getLongValue();
    }

    /// Where the current token begins, counted from the row's start.
    int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /// Takes the value that began with the current token to its end and returns it as written, on one
    /// line.
    String source() {
        int start = offset();
        JsonToken token = parser.currentToken();
        finishAnyValue(token);
        String source = new String(buffer, from + start, endOffset() - start, UTF_8);
        return source.indexOf('\n') < 0 && source.indexOf('\r') < 0
                ? source
                : source.replace('\n', ' ').replace('\r', ' ');
    }

    /// Takes the value that began with the current token to its end, checking all of it.
    void skipValue() {
        finishAnyValue(parser.currentToken());
    }

    RowFault duplicate(String name) {
        return new RowFault(
                BadRowCode.JSON_DUPLICATE_KEY,
                path.column(),
                path.pointer(),
                offset(),
                "the key " + Found.quoted(name) + " comes twice");
    }

    /// Gives the buffers and the names met back for the next row.
    @Override
    public void close() {
        parser.close();
    }

    private int endOffset() {
        try {
            parser.finishToken();
        } catch (JacksonException e) {
            throw syntax(e);
        }
        return (int) parser.currentLocation().getByteOffset();
    }

    private void finishAnyValue(JsonToken first) {
        if (!first.isStructStart()) {
            endOffset();
            return;
        }
        int outside = depth - 1;
        List<Set<String>> names = new ArrayList<>(); // per open level; an array's stay empty
        names.add(new HashSet<>());
        while (depth > outside) {
            JsonToken token = next();
            if (token.isStructStart()) {
                names.add(new HashSet<>());
            } else if (token.isStructEnd()) {
                names.remove(names.size() - 1);
            } else if (token == JsonToken.PROPERTY_NAME
                    && !names.get(names.size() - 1).add(name())) {
                throw duplicate(name());
            }
        }
    }

    private String name() {
        return parser.currentName();
    }

    private @Nullable JsonToken nextOrEnd() {
        JsonToken token;
        try {
            token = parser.nextToken();
        } catch (JacksonException e) {
            throw syntax(e);
        }
        if (token != null && token.isStructStart() && ++depth > maxDepth) {
            throw new RowFault(
                    BadRowCode.JSON_TOO_DEEP,
                    path.column(),
                    path.pointer(),
                    offset(),
                    "deeper than " + maxDepth + " levels");
        }
        if (token != null && token.isStructEnd()) {
            depth--;
        }
        return token;
    }

    private RowFault syntax(JacksonException e) {
        if (e instanceof UnexpectedEndOfInputException) {
            return new RowFault(BadRowCode.JSON_SYNTAX, to - from, "the row ends in the middle");
        }
        int at = e.getLocation() == null ? 0 : (int) e.getLocation().getByteOffset();
        String message = String.valueOf(e.getOriginalMessage());
        int firstSentence = message.indexOf(": ");
        String what = firstSentence < 0 ? message : message.substring(0, firstSentence);
        // No column: where a row stops being JSON, it is not sure which value is meant.
        return new RowFault(BadRowCode.JSON_SYNTAX, Math.max(0, Math.min(at, to - from)), what);
    }
}
