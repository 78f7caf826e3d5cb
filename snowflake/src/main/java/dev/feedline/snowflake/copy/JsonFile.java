package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.sql.FileFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// A staged JSON file, read row by row: values one after the other, or the elements of an outer array.
final class JsonFile {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxStringLength(16 * 1024 * 1024)
                    .maxNumberLength(1000)
                    .build())
            .build();

    private static final int BUFFER = 1 << 16;

    private JsonFile() {}

    /// Takes one row; the parser stands on its first token and must be left on its last.
    @FunctionalInterface
    interface RowReader<E extends Exception> {
        void read(JsonParser parser, long row) throws E;
    }

    /// Reads every row and returns how many there were.
    static <E extends Exception> long read(Path path, FileFormat format, RowReader<E> reader) throws E {
        long row = 0;
        try (InputStream in = open(path, format);
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            try {
                while (parser.nextToken() != null) {
                    if (format.stripOuterArray() && parser.currentToken() == JsonToken.START_ARRAY) {
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            reader.read(parser, ++row);
                        }
                    } else {
                        reader.read(parser, ++row);
                    }
                }
            } catch (JacksonException e) {
                throw new FileFailure(
                        SnowflakeError.BAD_FILE,
                        "Error parsing JSON: " + e.getOriginalMessage(),
                        OptionalLong.of(parser.currentLocation().getLineNr()),
                        Optional.empty(),
                        e);
            }
            return row;
        } catch (java.util.zip.ZipException | java.io.EOFException e) {
            throw new FileFailure(SnowflakeError.BAD_FILE, "The file's compression is damaged: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Path path, FileFormat format) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        boolean gzip = switch (format.compression()) {
            case GZIP -> true;
            case NONE, SNAPPY -> false;
            case AUTO -> isGzip(in);
        };
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    private static boolean isGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }
}
