package dev.feedline.parquet;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.Reading;
import dev.feedline.rows.TextEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A conversion that has ended.
///
/// @param rows good and bad
record Converted(Path file, List<BadRow> bad, long rows) {
    static final Reading JSON = new Reading(Reading.Kind.JSON, TextEncoding.UTF_8, null);

    static Converted of(Path folder, ConversionSettings settings, Reading reading, byte[]... inputs)
            throws IOException {
        var file = Files.createTempFile(folder, "converted", ".parquet");
        var heard = new Heard();
        try (var out = Files.newOutputStream(file);
                var conversion = new JsonToParquet(out, settings, heard)) {
            for (var input : inputs) {
                conversion.add(new ByteArrayInputStream(input), reading);
            }
        }
        return new Converted(file, heard.bad, heard.rows);
    }

    List<BadRowCode> codes() {
        return bad.stream().map(BadRow::code).toList();
    }

    private static final class Heard implements JsonToParquet.Watch {
        private final List<BadRow> bad = new ArrayList<>();
        private long rows;

        @Override
        public void bad(int input, BadRow row) {
            bad.add(row);
        }

        @Override
        public void written(long more, long bytes) {
            rows += more;
        }
    }
}
