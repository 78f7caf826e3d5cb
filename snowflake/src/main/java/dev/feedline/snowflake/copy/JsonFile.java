package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// A staged JSON file, read row by row: values one after the other, or the elements of an outer array.
final class JsonFile {
    /// Stands for bytes that are no characters until their value is refused: half of a pair, which no UTF-8 text has.
    private static final char INVALID = '\uDC00';

    /// Characters of a value that a message shows.
    private static final int LONGEST_SHOWN = 200;

    private static final JsonFactory JSON = factory(false);
    private static final JsonFactory WITHOUT_DUPLICATES = factory(true);

    private JsonFile() {}

    private static JsonFactory factory(boolean refuseDuplicates) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(500)
                        .maxStringLength(StagedText.LONGEST_VALUE)
                        .maxNumberLength(1000)
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, refuseDuplicates)
                .build();
    }

    /// Takes one row; the parser stands on its first token and must be left on its last.
    @FunctionalInterface
    interface RowReader<E extends Exception> {
        void read(JsonParser parser, long row) throws E;
    }

    /// Reads every row.
    ///
    /// @return how many there were, with the bad ones
    static <E extends Exception> long read(Path path, JsonFormat format, RowErrors errors, RowReader<E> reader)
            throws E {
        try (InputStream in = StagedText.open(path, format.compression());
                Reader text = StagedText.characters(
                        in,
                        StandardCharsets.UTF_8,
                        format.replaceInvalidCharacters() ? "\uFFFD" : String.valueOf(INVALID),
                        true);
                JsonParser parser = (format.allowDuplicate() ? JSON : WITHOUT_DUPLICATES)
                        .createParser(ObjectReadContext.empty(), text)) {
            long rows = new Rows<>(parser, errors, reader).read(format.stripOuterArray());
            errors.locate(new RejectedRecords(path, format.compression(), true), StandardCharsets.UTF_8);
            return rows;
        } catch (JacksonIOException e) {
            throw e.getCause() instanceof IOException why ? StagedText.failure(why) : e;
        } catch (IOException e) {
            throw StagedText.failure(e);
        }
    }

    /// Reads one value of text.
    static <T> T value(String text, Function<JsonParser, T> read) {
        try (JsonParser parser = WITHOUT_DUPLICATES.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            T value = read.apply(parser);
            if (parser.nextToken() != null) {
                throw new FileFailure(
                        SnowflakeError.BAD_FILE, "Error parsing JSON: more than one document in the input");
            }
            return value;
        } catch (JacksonException e) {
            throw new FileFailure(SnowflakeError.BAD_FILE, "Error parsing JSON: " + e.getOriginalMessage());
        }
    }

    /// Refuses text that UTF-8 cannot write: the file's bytes were no characters, or half a character stands in it as
    /// `\uD800`.
    ///
    /// @param column it is for; null for a whole row
    static String valid(String text, @Nullable String column) {
        if (!hasHalf(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_SHOWN)
                .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? '\uFFFD' : c)
                .forEach(shown::appendCodePoint);
        throw new FileFailure(
                SnowflakeError.INVALID_CHARACTERS,
                "Invalid UTF8 detected in string '" + shown + "'",
                new FileFailure.Place(null, null, null, column),
                null);
    }

    private static boolean hasHalf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /// The rows of an open file.
    private static final class Rows<E extends Exception> {
        private final JsonParser parser;
        private final RowErrors errors;
        private final RowReader<E> reader;
        private long row;
        /// Whether the parser stands inside a row.
        private boolean started;

        private @Nullable TokenStreamLocation beginning;

        private Rows(JsonParser parser, RowErrors errors, RowReader<E> reader) {
            this.parser = parser;
            this.errors = errors;
            this.reader = reader;
        }

        private long read(boolean stripOuterArray) throws E {
            try {
                while (parser.nextToken() != null) {
                    if (stripOuterArray && parser.currentToken() == JsonToken.START_ARRAY) {
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            one();
                        }
                    } else {
                        one();
                    }
                }
            } catch (JacksonIOException e) {
                throw e;
            } catch (JacksonException e) {
                // Behind broken JSON nothing tells where a row begins.
                row += started ? 0 : 1;
                TokenStreamLocation at = parser.currentLocation();
                boolean tooLong = e instanceof StreamConstraintsException
                        && e.getOriginalMessage().startsWith("String value");
                errors.add(new FileFailure(
                                tooLong ? SnowflakeError.VALUE_TOO_LARGE : SnowflakeError.BAD_FILE,
                                tooLong
                                        ? "Max LOB size (" + StagedText.LONGEST_VALUE
                                                + ") exceeded, actual size of parsed column is more"
                                        : "Error parsing JSON: " + e.getOriginalMessage(),
                                new FileFailure.Place(row, (long) at.getLineNr(), (long) at.getColumnNr(), null),
                                e)
                        .of(span(started && beginning != null ? beginning : at)));
            }
            return row;
        }

        private void one() throws E {
            TokenStreamLocation begin = parser.currentTokenLocation();
            beginning = begin;
            int depth = depthAround();
            row++;
            started = true;
            try {
                reader.read(parser, row);
            } catch (FileFailure e) {
                started = false; // it is told; if the rest of it is broken, that is another error
                try {
                    if (errors.tolerant()) {
                        leave(depth);
                    }
                } finally {
                    errors.add(e.at(row, begin.getLineNr(), begin.getColumnNr()).of(span(begin)));
                }
            }
            started = false;
        }

        /// From there to where the parser is.
        private FileFailure.Span span(TokenStreamLocation from) {
            TokenStreamLocation to = parser.currentLocation();
            return new FileFailure.Span(from.getLineNr(), from.getColumnNr(), to.getLineNr(), to.getColumnNr());
        }

        /// How deep the row itself stands.
        private int depthAround() {
            int depth = parser.streamReadContext().getNestingDepth();
            return parser.currentToken().isStructStart() ? depth - 1 : depth;
        }

        /// Goes on to the last token of a row that was given up in the middle.
        private void leave(int depth) {
            while (parser.streamReadContext().getNestingDepth() > depth) {
                parser.nextToken();
            }
        }
    }
}
