package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonElementsTest {
    @Test
    void theElementsOfAnArrayAreItsRows() throws IOException {
        assertThat(rows("[{\"a\":1},{\"a\":2}]")).containsExactly("1 1 1 {\"a\":1}", "2 1 9 {\"a\":2}");
        assertThat(rows("\n[ {\"a\":1}\n, {\"a\":\n2} ]\n")).containsExactly("1 2 3 {\"a\":1}", "2 3 13 {\"a\":⏎2}");
        assertThat(rows("[]")).isEmpty();
        assertThat(rows(" ")).isEmpty();
        assertThat(rows("")).isEmpty();
    }

    @Test
    void valuesOneAfterAnotherAreRowsWhereverTheirLinesEnd() throws IOException {
        assertThat(rows("{\"a\":1}{\"a\":2} {\"a\":3}\r\n{\n  \"a\": 4\n}\n"))
                .containsExactly("1 1 0 {\"a\":1}", "2 1 7 {\"a\":2}", "3 1 15 {\"a\":3}", "4 2 24 {⏎  \"a\": 4⏎}");
        assertThat(rows("\u001e{\"a\":1}\n\u001e{\"a\":2}\n")).containsExactly("1 1 1 {\"a\":1}", "2 2 10 {\"a\":2}");
    }

    @Test
    void arraysOneAfterAnotherAreRead() throws IOException {
        assertThat(rows("[{\"a\":1}]\n[{\"a\":2}]{\"a\":3}"))
                .containsExactly("1 1 1 {\"a\":1}", "2 2 11 {\"a\":2}", "3 2 19 {\"a\":3}");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstRow() throws IOException {
        assertThat(rows("\ufeff[{\"a\":1}]")).containsExactly("1 1 4 {\"a\":1}");
        assertThat(rows("\ufeff")).isEmpty();
    }

    @Test
    void bracketsAndQuotesInStringsAreText() throws IOException {
        assertThat(rows("[{\"a\":\"}],[{\\\"\"},{\"b\":\"\\\\\"}]"))
                .containsExactly("1 1 1 {\"a\":\"}],[{\\\"\"}", "2 1 17 {\"b\":\"\\\\\"}");
    }

    @Test
    void elementsThatAreNoObjectsAreRowsToBeJudged() throws IOException {
        assertThat(rows("[1,\"x, y\",null,[2,3],-1.5e3]"))
                .containsExactly("1 1 1 1", "2 1 3 \"x, y\"", "3 1 10 null", "4 1 15 [2,3]", "5 1 21 -1.5e3");
    }

    @Test
    void aFaultWithinARowCostsTheOthersNothing() throws IOException {
        assertThat(rows("[{\"a\":tru},{a:1},{\"a\":1,,},{\"a\" \"b\"},{\"a\":\"x\ny\"},{\"a\":9}]"))
                .containsExactly(
                        "1 1 1 {\"a\":tru}",
                        "2 1 11 {a:1}",
                        "3 1 17 {\"a\":1,,}",
                        "4 1 27 {\"a\" \"b\"}",
                        "5 1 37 {\"a\":\"x⏎y\"}",
                        "6 2 49 {\"a\":9}");
    }

    @Test
    void aMissingElementOrCommaIsABadRowAndALastCommaIsOverlooked() throws IOException {
        assertThat(rows("[,{\"a\":1},,{\"a\":2}{\"a\":3},{\"a\":4},]"))
                .containsExactly(
                        "1 1 1  JSON-SYNTAX",
                        "2 1 2 {\"a\":1}",
                        "3 1 10  JSON-SYNTAX",
                        "4 1 11 {\"a\":2}",
                        "5 1 18 {\"a\":3} JSON-SYNTAX",
                        "6 1 26 {\"a\":4}");
    }

    @Test
    void whereItIsNotCertainWhatARowIsTheRestIsOneBadRow() throws IOException {
        String good = "{\"a\":1}";
        for (String lost : List.of(
                "{\"a\":[1},{\"b\":2}]",
                "{\"a\":\"x},{\"b\":\"y\"},{\"c\":\"z\"}]",
                "{\"a\":x\"},{\"b\":\"y\"}]",
                "{'a':1},{\"b\":2}]",
                "/* and so on */]",
                "{\"a\":\"x\"\"y\"},{\"b\":2}]",
                "{\"a\":\"x\" {\"b\":2}}]",
                "<html>]",
                "{\"b\":",
                "{\"b\":\"",
                "{\"b\":\"\\",
                "[1,2",
                "\"x",
                "}",
                ":1")) {
            assertThat(rows("[" + good + "," + lost))
                    .as(lost)
                    .containsExactly("1 1 1 " + good, "2 1 9 " + lost + " UNPARSED-TAIL");
        }
    }

    @Test
    void anArrayThatIsNotClosedHasOneBadRowAtItsEnd() throws IOException {
        assertThat(rows("[{\"a\":1},\n{\"a\":2}\n"))
                .containsExactly("1 1 1 {\"a\":1}", "2 2 10 {\"a\":2}", "3 3 18  UNPARSED-TAIL");
        assertThat(rows("[")).containsExactly("1 1 1  UNPARSED-TAIL");
        assertThat(rows("{\"a\":1}]")).containsExactly("1 1 0 {\"a\":1}", "2 1 7 ] UNPARSED-TAIL");
        assertThat(rows("{\"a\":1},{\"a\":2}")).containsExactly("1 1 0 {\"a\":1}", "2 1 7 ,{\"a\":2} UNPARSED-TAIL");
    }

    @Test
    void aRowThatIsTooLongIsCutAndTheNextIsWhole() throws IOException {
        assertThat(Sources.show(elements(stream("[{\"a\":\"" + "x".repeat(200_000) + "\"},{\"a\":1}]"), 10)))
                .containsExactly("1 1 1 {\"a\":\"xxxx…", "2 1 200010 {\"a\":1}");
    }

    @Test
    void aRowWithoutEndAndAMillionBracketsNeedNoMemory() throws IOException {
        InputStream endless = new SequenceInputStream(stream("[{\"a\":\""), Sources.repeated("x", 1L << 28));
        assertThat(Sources.show(elements(endless, 4))).containsExactly("1 1 1 {\"a\"… UNPARSED-TAIL");
        assertThat(Sources.show(elements(Sources.repeated("[", 1_000_000), 4)))
                .containsExactly("1 1 1 [[[[… UNPARSED-TAIL");
        String deep = "[".repeat(JsonElements.MAX_DEPTH - 1) + "]".repeat(JsonElements.MAX_DEPTH - 1);
        assertThat(Sources.show(elements(stream("[" + deep + ",1]"), 4)))
                .containsExactly("1 1 1 [[[[…", "2 1 " + (2 * JsonElements.MAX_DEPTH) + " 1");
    }

    @Test
    void aSourceThatBreaksOffGivesTheRowsBeforeAndWhatThereIsOfTheNext() throws IOException {
        InputStream broken = new SequenceInputStream(stream("[{\"a\":1},{\"a\""), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        });
        JsonElements elements = elements(broken, 100);
        assertThat(elements.next()).isNotNull();
        assertThatThrownBy(elements::next)
                .isInstanceOfSatisfying(
                        BrokenFeedException.class,
                        e -> assertThat(Sources.show(e.unfinished())).isEqualTo("2 1 9 {\"a\""));
        assertThatThrownBy(elements::next).isInstanceOf(BrokenFeedException.class);
    }

    @Test
    void aSourceThatBreaksOffBetweenTwoRowsHasNothingOfTheNext() throws IOException {
        InputStream broken = new SequenceInputStream(stream("[{\"a\":1}"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        });
        JsonElements elements = elements(broken, 100);
        assertThat(elements.next()).isNotNull();
        assertThatThrownBy(elements::next)
                .isInstanceOfSatisfying(
                        BrokenFeedException.class,
                        e -> assertThat(Sources.show(e.unfinished())).isEqualTo("2 1 8 "));
    }

    @Test
    void offsetsAreThoseOfTheSourceInAnyEncoding() throws IOException {
        String text = "\ufeff[{\"a\":\"é€😀\"},\n {\"a\":2}]";
        for (TextEncoding encoding : List.of(TextEncoding.UTF_16LE, TextEncoding.UTF_16BE)) {
            Charset charset = Charset.forName(encoding.name().replace('_', '-'));
            byte[] file = text.getBytes(charset);
            assertThat(Sources.showInRelay(file, (in, at) -> elements(in, encoding, at)))
                    .containsExactly("1 1 4 {\"a\":\"é€😀\"}", "2 2 34 {\"a\":2}");
        }
        byte[] latin = "[{\"a\":\"é\"},\n{\"a\":\"ü\"}]".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Sources.showInRelay(latin, (in, at) -> elements(in, TextEncoding.ISO_8859_1, at)))
                .containsExactly("1 1 1 {\"a\":\"é\"}", "2 2 12 {\"a\":\"ü\"}");
    }

    @Test
    void aRelayOfSplittersMakesTheSameRowsAsOneHoweverTheBytesCome() throws IOException {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] file = damaged(file(random, new ArrayList<>()), random);
            List<String> whole = Sources.show(elements(new ByteArrayInputStream(file), 60));
            assertThat(Sources.show(
                            new JsonElements(Sources.dripping(file, random), TextEncoding.UTF_8, 60, Position.START)))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
            assertThat(Sources.showInRelay(file, (in, at) -> new JsonElements(in, TextEncoding.UTF_8, 60, at)))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
        }
    }

    @Test
    void generatedFilesHaveTheRowsThatWerePutIn() throws IOException {
        for (int seed = 0; seed < 3_000; seed++) {
            List<String> put = new ArrayList<>();
            byte[] file = file(new Random(seed), put);
            List<String> found = new ArrayList<>();
            JsonElements elements = elements(new ByteArrayInputStream(file), 10_000);
            for (RawRow row = elements.next(); row != null; row = elements.next()) {
                found.add(new String(row.bytes(), UTF_8));
                assertThat(new String(file, (int) row.offset(), row.bytes().length, UTF_8))
                        .isEqualTo(found.get(found.size() - 1));
                assertThat(row.line())
                        .isEqualTo(1
                                + new String(file, 0, (int) row.offset(), UTF_8)
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count());
            }
            assertThat(found).as("seed %d", seed).isEqualTo(put);
        }
    }

    /// Objects in arrays, one after another, or both.
    private static byte[] file(Random random, List<String> rows) {
        StringBuilder file = new StringBuilder(random.nextInt(8) == 0 ? "\ufeff" : "");
        for (int part = random.nextInt(3); part >= 0; part--) {
            int count = random.nextInt(5);
            boolean array = random.nextBoolean();
            file.append(array ? "[" : "").append(space(random));
            for (int i = 0; i < count; i++) {
                String row = object(random, 0);
                rows.add(row);
                file.append(i > 0 && array ? "," : "").append(space(random)).append(row);
                file.append(space(random));
            }
            file.append(array ? "]" : "").append(space(random));
        }
        return file.toString().getBytes(UTF_8);
    }

    private static String object(Random random, int depth) {
        StringBuilder object = new StringBuilder("{");
        for (int i = random.nextInt(4); i > 0; i--) {
            object.append(space(random))
                    .append(string(random))
                    .append(space(random))
                    .append(':')
                    .append(space(random));
            object.append(
                    switch (random.nextInt(depth > 2 ? 3 : 5)) {
                        case 0 -> string(random);
                        case 1 -> Integer.toString(random.nextInt(1000) - 500);
                        case 2 -> "null";
                        case 3 -> "[" + string(random) + "," + object(random, depth + 1) + "]";
                        default -> object(random, depth + 1);
                    });
            object.append(space(random)).append(i > 1 ? "," : "");
        }
        return object.append('}').toString();
    }

    private static String string(Random random) {
        String[] parts = {"a", "\\\"", "\\\\", "{", "}", "[", "]", ",", ":", "é", "\\u00e9", "😀", " ", "'", "/"};
        StringBuilder string = new StringBuilder("\"");
        for (int i = random.nextInt(5); i > 0; i--) {
            string.append(parts[random.nextInt(parts.length)]);
        }
        return string.append('"').toString();
    }

    private static String space(Random random) {
        String[] spaces = {"", "", "", " ", "\n", "\r\n", "\t"};
        return spaces[random.nextInt(spaces.length)];
    }

    private static byte[] damaged(byte[] file, Random random) {
        byte[] hits = {'"', '{', '}', '[', ']', ',', ':', '\\', '\n', 'x', 0, (byte) 0xff};
        for (int i = random.nextInt(3); i > 0 && file.length > 0; i--) {
            file[random.nextInt(file.length)] = hits[random.nextInt(hits.length)];
        }
        return file;
    }

    private static List<String> rows(String file) throws IOException {
        return Sources.show(elements(stream(file), 1000));
    }

    private static JsonElements elements(InputStream in, int maxRowBytes) {
        return new JsonElements(in, TextEncoding.UTF_8, maxRowBytes, Position.START);
    }

    private static JsonElements elements(InputStream in, TextEncoding encoding, Position at) {
        return new JsonElements(encoding.toUtf8(in), encoding, 1000, at);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
