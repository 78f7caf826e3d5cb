package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /// Rows are shown as `number@line+offset:text`, with `…` behind one that is too long.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                      | ""
            $                       | ""
            {}                      | 1@1+0:{}
            {}$                     | 1@1+0:{}
            {}$$                    | 1@1+0:{}
            {}~$[]~$                | "1@1+0:{} 2@2+4:[]"
            {}$[]                   | "1@1+0:{} 2@2+3:[]"
            $~$%%$ $a$  ~$b         | "1@5+8:a 2@7+14:b"
            a~b~~$c                 | "1@1+0:a~b~ 2@2+6:c"
            ~~~$a                   | 1@2+4:a
            a~                      | 1@1+0:a~
            12345678$x              | "1@1+0:12345678 2@2+9:x"
            12345678~$x             | "1@1+0:12345678 2@2+10:x"
            123456789$x             | "1@1+0:12345678… 2@2+10:x"
            123456789~$x            | "1@1+0:12345678… 2@2+11:x"
            12345678~9$x            | "1@1+0:12345678… 2@2+11:x"
            1234567890123456789     | 1@1+0:12345678…
            %%%%%%%%%%%%%%%$x       | 1@2+16:x
            %%%%%%%%%%%%%%%y$x      | "1@1+0:%%%%%%%%… 2@2+17:x"
            """)
    void linesBecomeRows(String shown, String expected) throws IOException {
        String file = shown.replace('$', '\n').replace('~', '\r').replace('%', '\t');
        assertThat(show(file.getBytes(UTF_8), 8))
                .isEqualTo(expected.replace('~', '\r').replace('%', '\t'));
    }

    @ParameterizedTest
    @CsvSource({
        "{}$x, '1@1+3:{} 2@2+6:x'",
        "$x, 1@2+4:x",
        "'', ''",
        "12345678, 1@1+3:12345678",
        "123456789, 1@1+3:12345678…"
    })
    void aByteOrderMarkAtTheStartIsSkippedButCounted(String shown, String expected) throws IOException {
        byte[] text = shown.replace('$', '\n').getBytes(UTF_8);
        byte[] file = Arrays.copyOf(BOM, BOM.length + text.length);
        System.arraycopy(text, 0, file, BOM.length, text.length);
        assertThat(show(file, 8)).isEqualTo(expected);
    }

    @Test
    void aByteOrderMarkOnALaterLineBelongsToItsRow() throws IOException {
        assertThat(show("a\n\ufeffb".getBytes(UTF_8), 8)).isEqualTo("1@1+0:a 2@2+2:\ufeffb");
    }

    @Test
    void howTheStreamIsCutMakesNoDifference() throws IOException {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] file = randomFile(random);
            String whole = show(new JsonLines(new ByteArrayInputStream(file), 60));
            String cut = show(new JsonLines(new Dripping(file, random), 60));
            assertThat(cut).as("file %d of seed %d", i, seed).isEqualTo(whole);
            assertThat(whole).as("file %d of seed %d", i, seed).isEqualTo(expected(file, 60));
        }
    }

    @Test
    void rowsLongerThanTheBufferAreWhole() throws IOException {
        String row = "x".repeat(200_000);
        JsonLines lines = new JsonLines(new ByteArrayInputStream((row + "\ny\n").getBytes(UTF_8)), 900_000);
        assertThat(new String(lines.next().bytes(), UTF_8)).isEqualTo(row);
        assertThat(lines.next().offset()).isEqualTo(200_001);
        assertThat(lines.next()).isNull();
    }

    @Test
    void aGigabyteOnOneLineIsOneRowAndIsNotHeld() throws IOException {
        JsonLines lines = new JsonLines(new Endless(1L << 30), 1000);
        RawRow row = lines.next();
        assertThat(row.tooLong()).isTrue();
        assertThat(row.bytes()).hasSize(1000);
        assertThat(lines.next()).isNull();
        assertThat(lines.position()).isEqualTo(new Position(1, 1, 1L << 30));
    }

    @Test
    void splittingGoesOnFromAnyRow() throws IOException {
        byte[] file = randomFile(new Random(11));
        String whole = show(new JsonLines(new ByteArrayInputStream(file), 60));
        JsonLines lines = new JsonLines(new ByteArrayInputStream(file), 60);
        StringBuilder soFar = new StringBuilder();
        for (RawRow row = lines.next(); row != null; row = lines.next()) {
            soFar.append(soFar.length() == 0 ? "" : " ").append(show(row));
            int offset = (int) lines.position().offset();
            InputStream rest = new ByteArrayInputStream(file, offset, file.length - offset);
            String after = show(new JsonLines(rest, TextEncoding.UTF_8, 60, lines.position()));
            assertThat(soFar + (after.isEmpty() ? "" : " " + after)).isEqualTo(whole);
        }
    }

    @Test
    void theLastBlankLinesAreBehindTheLastPosition() throws IOException {
        JsonLines lines = new JsonLines(new ByteArrayInputStream("a\n\n\n".getBytes(UTF_8)), 8);
        lines.next();
        assertThat(lines.position()).isEqualTo(new Position(1, 1, 2));
        assertThat(lines.next()).isNull();
        assertThat(lines.position()).isEqualTo(new Position(1, 3, 4));
    }

    @Test
    void aSourceThatBreaksHandsOutItsRowsFirstAndThenSaysWhere() throws IOException {
        JsonLines lines = new JsonLines(new Breaking("{\"a\":1}\n\n{\"b\":2}\n{\"c\"".getBytes(UTF_8)), 60);
        assertThat(show(lines.next())).isEqualTo("1@1+0:{\"a\":1}");
        assertThat(show(lines.next())).isEqualTo("2@3+9:{\"b\":2}");
        BrokenFeedException broken = catchThrowableOfType(BrokenFeedException.class, lines::next);
        assertThat(show(broken.unfinished())).isEqualTo("3@4+17:{\"c\"");
        assertThat(broken).hasMessageContaining("byte 21, in row 3 on line 4").hasCauseInstanceOf(EOFException.class);
        assertThatThrownBy(lines::next).isSameAs(broken);
    }

    @Test
    void aTruncatedGzipBreaksAfterTheRowsThatArrived() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            byte[] noise = new byte[20_000];
            new Random(3).nextBytes(noise);
            for (byte b : noise) {
                gzip.write(("{\"n\":" + b + "}\n").getBytes(UTF_8));
            }
        }
        byte[] half = Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2);
        List<RawRow> rows = new ArrayList<>();
        JsonLines lines = new JsonLines(new GZIPInputStream(new ByteArrayInputStream(half)), 60);
        BrokenFeedException broken = catchThrowableOfType(BrokenFeedException.class, () -> {
            for (RawRow row = lines.next(); row != null; row = lines.next()) {
                rows.add(row);
            }
        });
        assertThat(rows).hasSizeBetween(5_000, 15_000);
        assertThat(broken.unfinished().number()).isEqualTo(rows.size() + 1);
        assertThat(broken.unfinished().offset()).isEqualTo(lines.position().offset());
    }

    private static String show(byte[] file, int maxRowBytes) throws IOException {
        return show(new JsonLines(new ByteArrayInputStream(file), maxRowBytes));
    }

    private static String show(JsonLines lines) throws IOException {
        List<String> rows = new ArrayList<>();
        try (lines) {
            for (RawRow row = lines.next(); row != null; row = lines.next()) {
                rows.add(show(row));
            }
        }
        return String.join(" ", rows);
    }

    private static String show(RawRow row) {
        return row.number() + "@" + row.line() + "+" + row.offset() + ":" + new String(row.bytes(), UTF_8)
                + (row.tooLong() ? "…" : "");
    }

    /// The same split, the plain way: over the whole file at once.
    private static String expected(byte[] file, int maxRowBytes) {
        List<String> rows = new ArrayList<>();
        String[] lines = new String(file, UTF_8).split("\n", -1);
        int offset = 0;
        for (int i = 0; i < lines.length; i++) {
            String text = i < lines.length - 1 && lines[i].endsWith("\r")
                    ? lines[i].substring(0, lines[i].length() - 1)
                    : lines[i];
            if (!lines[i].isBlank()) {
                boolean tooLong = text.length() > maxRowBytes;
                String kept = tooLong ? text.substring(0, maxRowBytes) : text;
                rows.add(show(new RawRow(rows.size() + 1, i + 1, offset, kept.getBytes(UTF_8), tooLong)));
            }
            offset += lines[i].length() + 1;
        }
        return String.join(" ", rows);
    }

    private static byte[] randomFile(Random random) {
        StringBuilder file = new StringBuilder();
        int lines = random.nextInt(30);
        for (int i = 0; i < lines; i++) {
            String text = "{\"a\":\"" + "x\r\t ".repeat(random.nextInt(20)) + "\"}";
            file.append(new String[] {"", " \t", "\r", text, text, "y".repeat(random.nextInt(130))}[random.nextInt(6)]);
            file.append(i == lines - 1 && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
        }
        return file.toString().getBytes(UTF_8);
    }

    /// Hands out a few bytes at a time, sometimes none.
    private static final class Dripping extends InputStream {
        private final ByteBuffer left;
        private final Random random;

        Dripping(byte[] file, Random random) {
            this.left = ByteBuffer.wrap(file);
            this.random = random;
        }

        @Override
        public int read() {
            return left.hasRemaining() ? left.get() : -1;
        }

        @Override
        public int read(byte[] into, int at, int length) {
            int count = Math.min(Math.min(random.nextInt(6), length), left.remaining());
            left.get(into, at, count);
            return count == 0 && !left.hasRemaining() ? -1 : count;
        }
    }

    /// A line of this many bytes without an end.
    private static final class Endless extends InputStream {
        private long left;

        Endless(long length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] into, int at, int length) {
            int count = (int) Math.min(length, left);
            Arrays.fill(into, at, at + count, (byte) 'x');
            left -= count;
            return count == 0 ? -1 : count;
        }
    }

    /// Fails where its bytes end.
    private static final class Breaking extends InputStream {
        private final ByteArrayInputStream bytes;

        Breaking(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            int next = bytes.read();
            if (next < 0) {
                throw new EOFException("Unexpected end of ZLIB input stream");
            }
            return next;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int count = bytes.read(into, at, length);
            if (count < 0) {
                throw new EOFException("Unexpected end of ZLIB input stream");
            }
            return count;
        }
    }
}
