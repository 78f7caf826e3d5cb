package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.JsonFormat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// A staged JSON file, read row by row: values one after the other, or the elements of an outer array.
final class JsonFile {
    private static final JsonFactory JSON = factory(false);
    private static final JsonFactory WITHOUT_DUPLICATES = factory(true);

    private JsonFile() {}

    private static JsonFactory factory(boolean refuseDuplicates) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(500)
                        .maxStringLength(16 * 1024 * 1024)
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
                JsonParser parser = parser(in, format)) {
            return new Rows<>(parser, errors, reader).read(format.stripOuterArray());
        } catch (ZipException | EOFException e) {
            throw new FileFailure(SnowflakeError.BAD_FILE, "The file's compression is damaged: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    private static JsonParser parser(InputStream in, JsonFormat format) {
        JsonFactory factory = format.allowDuplicate() ? JSON : WITHOUT_DUPLICATES;
        return format.replaceInvalidCharacters()
                ? factory.createParser(ObjectReadContext.empty(), new InputStreamReader(in, StandardCharsets.UTF_8))
                : factory.createParser(ObjectReadContext.empty(), in);
    }

    /// The rows of an open file.
    private static final class Rows<E extends Exception> {
        private final JsonParser parser;
        private final RowErrors errors;
        private final RowReader<E> reader;
        private long row;
        /// Whether the parser stands inside a row.
        private boolean started;

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
            } catch (JacksonException e) {
                // Behind broken JSON nothing tells where a row begins.
                row += started ? 0 : 1;
                TokenStreamLocation at = parser.currentLocation();
                errors.add(new FileFailure(
                        SnowflakeError.BAD_FILE,
                        "Error parsing JSON: " + e.getOriginalMessage(),
                        new FileFailure.Place(row, (long) at.getLineNr(), (long) at.getColumnNr(), null),
                        e));
            }
            return row;
        }

        private void one() throws E {
            TokenStreamLocation begin = parser.currentTokenLocation();
            int depth = depthAround();
            row++;
            started = true;
            try {
                reader.read(parser, row);
            } catch (FileFailure e) {
                errors.add(e.at(begin.getLineNr(), begin.getColumnNr()));
                started = false; // it is told; if the rest of it is broken, that is another error
                leave(depth);
            }
            started = false;
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
