package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.rows.BadRow;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file becomes what its bytes become as a stream.
class PlacedBytesTest {
    private static final Schema SCHEMA = Written.schema("id", "bigint", "text", "string");
    private static final RowLimits LIMITS = new RowLimits(600, 20, 100, 50);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void smallBlocksOfAFileAreThoseOfAStream(int threads) throws IOException {
        Random random = new Random(threads);
        for (int run = 0; run < 300; run++) {
            assertSame(lines(random, random.nextInt(12_000)), 1_000, threads);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatIsReadAtATimeIsWrittenAtATime(int threads) throws IOException {
        Random random = new Random(threads);
        for (int blockBytes : new int[] {300_000, 512 << 10, 1_200_000, 3_000_000}) {
            assertSame(lines(random, 3_000_000), blockBytes, threads);
        }
    }

    @Test
    void windowsEndAtTheFirstLineEndBehindSoManyBytes() throws IOException {
        Random random = new Random(5);
        for (int run = 0; run < 200; run++) {
            byte[] text = lines(random, 1 + random.nextInt(50_000));
            int from = random.nextInt(text.length);
            int least = 1 + random.nextInt(2_000);
            LineWindow window = new LineWindow(least);
            window.begin(RowBlock.ofFile(0, new Bytes(text), from, text.length - from, true));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            while (window.next()) {
                assertThat(window.from()).isEqualTo(all.size());
                all.write(window.data(), 0, window.size());
                if (from + all.size() < text.length) {
                    assertThat(text[from + all.size() - 1]).isEqualTo((byte) '\n');
                    String last = new String(window.data(), 0, window.size() - 1, UTF_8);
                    assertThat(last.lastIndexOf('\n') + 1).isLessThan(least);
                    assertThat(window.size()).isGreaterThanOrEqualTo(least);
                }
            }
            assertThat(all.toString(UTF_8)).isEqualTo(new String(text, from, text.length - from, UTF_8));
        }
    }

    @Test
    void aFileThatBecomesShorterFails() {
        Bytes file = new Bytes("{\"id\":1}\n".repeat(1_000).getBytes(UTF_8)) {
            @Override
            public long size() {
                return super.size() + 1;
            }
        };
        assertThatThrownBy(() -> convert(file, 1_000, 2))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("ends at byte 9000");
        assertThat(file.isClosed).isTrue();
    }

    @Test
    void otherReadingsAreRefusedAndTheFileIsClosed() {
        Bytes file = new Bytes("[{\"id\":1}]".getBytes(UTF_8));
        assertThatThrownBy(() -> {
                    try (var conversion =
                            new JsonToParquet(new ByteArrayOutputStream(), settings(1_000, 1), new Told())) {
                        conversion.add(file, new Reading(Reading.Kind.JSON, TextEncoding.UTF_8, null));
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file.isClosed).isTrue();
    }

    private static void assertSame(byte[] text, int blockBytes, int threads) throws IOException {
        var out = new ByteArrayOutputStream();
        var told = new Told();
        try (var conversion = new JsonToParquet(out, settings(blockBytes, 2), told)) {
            conversion.add(new ByteArrayInputStream(text), Reading.JSON_LINES);
            conversion.add(new ByteArrayInputStream(text), Reading.JSON_LINES);
        }
        var file = new Bytes(text);
        var again = new Bytes(text);
        var outOfFile = new ByteArrayOutputStream();
        var toldOfFile = new Told();
        try (var conversion = new JsonToParquet(outOfFile, settings(blockBytes, threads), toldOfFile)) {
            conversion.add(file, Reading.JSON_LINES);
            conversion.add(again, Reading.JSON_LINES);
        }
        assertThat(toldOfFile.lines).isEqualTo(told.lines);
        assertThat(outOfFile.toByteArray()).isEqualTo(out.toByteArray());
        assertThat(List.of(file.isClosed, again.isClosed)).containsOnly(true);
    }

    private static void convert(PlacedBytes file, int blockBytes, int threads) throws IOException {
        try (var conversion =
                new JsonToParquet(new ByteArrayOutputStream(), settings(blockBytes, threads), new Told())) {
            conversion.add(file, Reading.JSON_LINES);
        }
    }

    private static ConversionSettings settings(int blockBytes, int threads) {
        return new ConversionSettings(
                SCHEMA, SchemaPolicy.DEFAULT, LIMITS, ParquetOptions.DEFAULT.pageBytes(4_000), blockBytes, threads);
    }

    /// Good rows and bad ones, blank lines, lines longer than a block, with and without marks and ends.
    private static byte[] lines(Random random, int bytes) {
        var lines = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        boolean hasLong = random.nextInt(4) == 0;
        int distinct = 1 << random.nextInt(12);
        while (lines.length() < bytes) {
            int kind = random.nextInt(60);
            if (kind == 0) {
                lines.append("{\"id\":1x}");
            } else if (kind == 1) {
                lines.append(" \t\r");
            } else if (kind == 2) {
                lines.append("{\"text\":\"a\\nb\\u00e9\"}\r");
            } else if (kind == 3 && hasLong) {
                lines.append("{\"text\":\"")
                        .append("x".repeat(random.nextInt(5_000)))
                        .append("\"}");
            } else {
                lines.append("{\"id\":")
                        .append(random.nextInt(distinct))
                        .append(",\"text\":\"t")
                        .append(random.nextInt(distinct) % 100)
                        .append("x".repeat(random.nextInt(60)))
                        .append("\"}");
            }
            lines.append('\n');
        }
        if (random.nextBoolean()) {
            lines.setLength(Math.max(0, lines.length() - 1));
        }
        return lines.toString().getBytes(UTF_8);
    }

    /// Bytes in memory, of which a few are read at a time.
    private static class Bytes implements PlacedBytes {
        private final byte[] bytes;
        private volatile boolean isClosed;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, byte[] into, int from, int length) {
            assertThat(isClosed).isFalse();
            if (position >= bytes.length) {
                return -1;
            }
            int most = (int) Math.min(length, bytes.length - position);
            int read = most < 100 ? most : 1 + (int) (position * 7 % most);
            System.arraycopy(bytes, (int) position, into, from, read);
            return read;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static final class Told implements JsonToParquet.Watch {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void bad(int input, BadRow row) {
            lines.add(input + ": " + row.row() + " " + row.line() + " " + row.offset() + " " + row.code() + " "
                    + new String(row.raw(), UTF_8));
        }

        @Override
        public void written(long rows, long bytes) {
            if (bytes > 0) { // a stream's end may be found out by an empty block
                lines.add(rows + " of " + bytes);
            }
        }
    }
}
