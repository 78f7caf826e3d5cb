package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvTest {
    private static final CsvDialect ABC = dialect(',', '"', null, "a", "b", "c");

    // https://www.rfc-editor.org/rfc/rfc4180, section 2, rule by rule.

    @Test
    void ruleOneAndTwoALineIsARowAndTheLastNeedsNoLineEnd() throws IOException {
        assertThat(rows(ABC, "aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n"))
                .isEqualTo(rows(ABC, "aaa,bbb,ccc\r\nzzz,yyy,xxx"))
                .containsExactly("1 1 0 aaa,bbb,ccc", "2 2 13 zzz,yyy,xxx");
    }

    @Test
    void ruleThreeAHeaderIsNoRow() throws IOException {
        CsvDialect headed = new CsvDialect(',', '"', null, false, true, ABC.columns(), List.of(""));
        assertThat(rows(headed, "field_name,\"field\r\nname\",field_name\r\naaa,bbb,ccc\r\n"))
                .containsExactly("1 3 37 aaa,bbb,ccc");
        assertThat(rows(headed, "a,b,c\n")).isEmpty();
        assertThat(rows(headed, "a,b,c")).isEmpty();
        assertThat(rows(headed, "")).isEmpty();
    }

    @Test
    void ruleFourSpacesArePartOfACellAndEveryRowHasAsManyCells() {
        assertThat(sent(ABC, " aaa, ,ccc ")).isEqualTo("{\"a\":\" aaa\",\"b\":\" \",\"c\":\"ccc \"}");
        assertThat(flaw(ABC, "aaa,bbb"))
                .isEqualTo(new Flaw(BadRowCode.CSV_RAGGED_ROW, "the row has 2 cells and the file 3 columns"));
        assertThat(flaw(ABC, "aaa,bbb,ccc,\"d,d\",e"))
                .isEqualTo(new Flaw(BadRowCode.CSV_RAGGED_ROW, "the row has 5 cells and the file 3 columns"));
    }

    @Test
    void ruleFiveToSevenQuotedCellsHoldAnything() throws IOException {
        String row = "\"aaa\",\"b \r\nbb\",\"c\"\"c, \"\"\"";
        assertThat(rows(ABC, row + "\r\nzzz,yyy,xxx"))
                .containsExactly("1 1 0 " + row.replace("\n", "⏎").replace("\r", "↵"), "2 3 27 zzz,yyy,xxx");
        assertThat(sent(ABC, row)).isEqualTo("{\"a\":\"aaa\",\"b\":\"b \\u000d\\u000abb\",\"c\":\"c\\\"c, \\\"\"}");
    }

    @Test
    void aSourceThatBreaksOffBetweenTwoRowsHasNothingOfTheNext() throws IOException {
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream("1,2,3\n".getBytes(UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone");
                    }
                });
        CsvRows rows = new CsvRows(broken, TextEncoding.UTF_8, ABC, 100, Position.START);
        assertThat(rows.next()).isNotNull();
        assertThatThrownBy(rows::next)
                .isInstanceOfSatisfying(
                        BrokenFeedException.class,
                        e -> assertThat(Sources.show(e.unfinished())).isEqualTo("2 2 6 "));
    }

    @Test
    void anEmptyCellIsAbsentAndAnEmptyQuotedCellIsEmpty() {
        assertThat(sent(ABC, ",\"\",x")).isEqualTo("{\"b\":\"\",\"c\":\"x\"}");
        assertThat(sent(ABC, ",,")).isEqualTo("{}");
        CsvDialect nulls = new CsvDialect(',', '"', null, false, false, ABC.columns(), List.of("", "NULL", "\\N"));
        assertThat(sent(nulls, "NULL,\"NULL\",\\N")).isEqualTo("{\"b\":\"NULL\"}");
        assertThat(sent(nulls, ",NULLS,NUL")).isEqualTo("{\"b\":\"NULLS\",\"c\":\"NUL\"}");
    }

    @Test
    void otherDelimitersAndQuotesAreTakenAsDeclared() {
        assertThat(sent(dialect(';', '\'', null, "a", "b"), "'x;''y''';\"z\""))
                .isEqualTo("{\"a\":\"x;'y'\",\"b\":\"\\\"z\\\"\"}");
        assertThat(sent(dialect('\t', null, null, "a", "b"), "\"x\t5\""))
                .isEqualTo("{\"a\":\"\\\"x\",\"b\":\"5\\\"\"}");
    }

    @Test
    void anEscapeCountsOnlyWhereDeclared() throws IOException {
        CsvDialect mysql = dialect(',', '"', '\\', "a", "b");
        assertThat(rows(mysql, "\"a\\\"b\",c\\\nd\nx,y")).containsExactly("1 1 0 \"a\\\"b\",c\\⏎d", "2 3 12 x,y");
        assertThat(sent(mysql, "\"a\\\"b\",c\\,d\\\\")).isEqualTo("{\"a\":\"a\\\"b\",\"b\":\"c,d\\\\\"}");
        assertThat(sent(ABC, "\\,\"\\\",\\\\")).isEqualTo("{\"a\":\"\\\\\",\"b\":\"\\\\\",\"c\":\"\\\\\\\\\"}");
    }

    @Test
    void linesWithNothingOnThemAreNoRowsButBlanksAreCells() throws IOException {
        assertThat(rows(ABC, "\n\r\n1,2,3\n\n\n  \n")).containsExactly("1 3 3 1,2,3", "2 6 11   ");
        assertThat(flaw(ABC, "  ").code()).isEqualTo(BadRowCode.CSV_RAGGED_ROW);
    }

    @Test
    void aLoneReturnEndsRowsOnlyInFilesThatAreWrittenSo() throws IOException {
        assertThat(rows(ABC, "1,2\r,3\n4,5,6\r\n")).containsExactly("1 1 0 1,2↵,3", "2 2 7 4,5,6");
        CsvDialect returns = new CsvDialect(',', '"', null, true, true, ABC.columns(), List.of(""));
        assertThat(rows(returns, "a,b,c\r1,\"2\r\",3\r\r4,5,6\r\n7,8,9"))
                .containsExactly("1 2 6 1,\"2↵\",3", "2 5 16 4,5,6", "3 6 23 7,8,9");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstCell() throws IOException {
        assertThat(rows(ABC, "\ufeff1,2,3\n")).containsExactly("1 1 3 1,2,3");
    }

    @Test
    void aQuoteThatIsNeverClosedMakesTheRestOneBadRow() throws IOException {
        assertThat(rows(ABC, "1,2,3\n4,\"5,6\n7,8,9\n"))
                .containsExactly("1 1 0 1,2,3", "2 2 6 4,\"5,6⏎7,8,9⏎ UNPARSED-TAIL");
        assertThat(rows(ABC, "\"")).containsExactly("1 1 0 \" UNPARSED-TAIL");
        assertThat(rows(ABC, "\"\"")).containsExactly("1 1 0 \"\"");
    }

    @Test
    void aStrayQuoteIsTextUnlessQuotesHaveLostTheirWay() {
        assertThat(sent(ABC, "5\" pipe,x\"y\",\"z\""))
                .isEqualTo("{\"a\":\"5\\\" pipe\",\"b\":\"x\\\"y\\\"\",\"c\":\"z\"}");
        assertThat(flaw(ABC, "1,\"5 inch,x\n2,\",y\"").code()).isEqualTo(BadRowCode.CSV_QUOTING);
        assertThat(flaw(ABC, "\"a\"b,c,d").code()).isEqualTo(BadRowCode.CSV_QUOTING);
        assertThat(flaw(ABC, "\"He said \"hi, there\" twice\",c").code()).isEqualTo(BadRowCode.CSV_QUOTING);
    }

    @Test
    void controlCharactersAreEscapedAndANulIsNoText() {
        assertThat(sent(ABC, "a\tb,\u0001,\u007f"))
                .isEqualTo("{\"a\":\"a\\u0009b\",\"b\":\"\\u0001\",\"c\":\"\u007f\"}");
        assertThat(flaw(ABC, "a,b\0,c").code()).isEqualTo(BadRowCode.CSV_ENCODING);
    }

    @Test
    void aRowThatGrowsTooLongAsJsonIsTooLong() {
        CsvCells cells = new CsvCells(ABC, 20);
        assertThat(cells.read("12,,456".getBytes(UTF_8))).isInstanceOf(CsvCells.Cells.Sent.class);
        assertThat(cells.read("12,,4567".getBytes(UTF_8)))
                .isEqualTo(new CsvCells.Cells.Flawed(
                        new Flaw(BadRowCode.ROW_TOO_LONG, "the row as JSON has more than 20 bytes")));
    }

    @Test
    void aHugeRowNeedsNoMemoryAndTheNextIsRead() throws IOException {
        InputStream commas = new SequenceInputStream(Sources.repeated(",", 130_000_000), stream("\n1,2,3\n"));
        assertThat(Sources.show(new CsvRows(commas, TextEncoding.UTF_8, ABC, 4, Position.START)))
                .containsExactly("1 1 0 ,,,,…", "2 2 130000001 1,2,…");
        InputStream quoted = new SequenceInputStream(stream("\""), Sources.repeated("x", 1L << 28));
        assertThat(Sources.show(new CsvRows(quoted, TextEncoding.UTF_8, ABC, 4, Position.START)))
                .containsExactly("1 1 0 \"xxx… UNPARSED-TAIL");
    }

    @Test
    void offsetsAreThoseOfTheSourceInAnyEncoding() throws IOException {
        byte[] utf16 = "\ufeff1,é,😀\n4,5,6\n".getBytes(Charset.forName("UTF-16LE"));
        assertThat(relay(utf16, TextEncoding.UTF_16LE, ABC)).containsExactly("1 1 2 1,é,😀", "2 2 16 4,5,6");
        byte[] windows = "1,é,€\n4,5,\u2019\n".getBytes(Charset.forName("windows-1252"));
        assertThat(relay(windows, TextEncoding.WINDOWS_1252, ABC)).containsExactly("1 1 0 1,é,€", "2 2 6 4,5,’");
    }

    @Test
    void halfASurrogateOrHalfAUnitSpoilsOnlyItsOwnRow() throws IOException {
        byte[] file = "1,x,2\n3,y,4\n5,z".getBytes(Charset.forName("UTF-16LE"));
        file[5] = (byte) 0xd8; // x becomes a lone high surrogate
        byte[] odd = java.util.Arrays.copyOf(file, file.length + 1);
        RowReader reader = new RowReader(Schema.EMPTY, SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
        CsvRows rows = new CsvRows(
                TextEncoding.UTF_16LE.toUtf8(new ByteArrayInputStream(odd)),
                TextEncoding.UTF_16LE,
                ABC,
                100,
                Position.START);
        CsvCells cells = new CsvCells(dialect(',', '"', null, "a", "b", "c"), 100);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawRow row = rows.next();
            Verdict verdict =
                    reader.read(((CsvCells.Cells.Sent) cells.read(row == null ? new byte[0] : row.bytes())).json());
            codes.add(verdict instanceof Verdict.Bad bad ? bad.code().text() : "good");
        }
        assertThat(codes).containsExactly("JSON-ENCODING", "good");
        assertThat(rows.next()).isNotNull();
        assertThat(rows.position()).isEqualTo(new Position(3, 2, odd.length));
    }

    @Test
    void namesComeFromTheHeaderAndAreUnlikeEachOther() {
        assertThat(HeaderNames.of(List.of("id", " name ", "ID", "", "name", "name_2", "")))
                .containsExactly("id", "name", "ID_2", "column4", "name_3", "name_2", "column7");
        assertThat(HeaderNames.of(List.of("column2", ""))).containsExactly("column2", "column3");
        assertThat(HeaderNames.ofPlaces(2)).containsExactly("column1", "column2");
        assertThat(CsvCells.texts(ABC, "id,\"na\"\"me\",\"x,\ny\",".getBytes(UTF_8)))
                .containsExactly("id", "na\"me", "x,\ny", "");
    }

    @Test
    void newColumnsAreStringsWhateverTheirValues() {
        Schema known = new Schema(List.of(new Column("id", new Type.Int64())));
        Schema grown = TextColumns.merge(
                known, List.of("id", "name", "ID", "_row", "_FL"), SchemaPolicy.OnNewColumn.ADD, RowLimits.DEFAULT);
        assertThat(SchemaJson.write(grown))
                .isEqualTo("[{\"name\":\"id\",\"type\":\"bigint\"},"
                        + "{\"name\":\"name\",\"type\":\"string\",\"inferred\":true}]");
        assertThat(TextColumns.merge(known, List.of("x"), SchemaPolicy.OnNewColumn.FREEZE, RowLimits.DEFAULT))
                .isEqualTo(known);
    }

    @Test
    void generatedFilesHaveTheCellsThatWerePutIn() throws IOException {
        for (int seed = 0; seed < 4_000; seed++) {
            Random random = new Random(seed);
            List<List<@Nullable String>> put = new ArrayList<>();
            CsvDialect dialect = anyDialect(random);
            byte[] file = file(random, dialect, put);
            List<String> found = new ArrayList<>();
            CsvRows rows =
                    new CsvRows(Sources.dripping(file, random), TextEncoding.UTF_8, dialect, 10_000, Position.START);
            CsvCells cells = new CsvCells(dialect, 10_000);
            for (RawRow row = rows.next(); row != null; row = rows.next()) {
                found.add(new String(((CsvCells.Cells.Sent) cells.read(row.bytes())).json(), UTF_8));
            }
            assertThat(found)
                    .as("seed %d", seed)
                    .isEqualTo(put.stream()
                            .map(row -> json(dialect.columns(), row))
                            .toList());
            assertThat(relay(file, TextEncoding.UTF_8, dialect))
                    .as("seed %d", seed)
                    .isEqualTo(Sources.show(new CsvRows(
                            new ByteArrayInputStream(file), TextEncoding.UTF_8, dialect, 1000, Position.START)));
        }
    }

    @Test
    void aRelayOfSplittersMakesTheSameRowsOfAnyBytes() throws IOException {
        byte[] signs = {'"', ',', '\n', '\r', 'x', '\\', ' ', 0, (byte) 0xef, (byte) 0xbb, (byte) 0xbf, '\''};
        for (int seed = 0; seed < 4_000; seed++) {
            Random random = new Random(seed);
            byte[] file = new byte[random.nextInt(60)];
            for (int i = 0; i < file.length; i++) {
                file[i] = signs[random.nextInt(signs.length)];
            }
            CsvDialect dialect = anyDialect(random);
            List<String> whole = Sources.show(
                    new CsvRows(new ByteArrayInputStream(file), TextEncoding.UTF_8, dialect, 1000, Position.START));
            assertThat(relay(file, TextEncoding.UTF_8, dialect))
                    .as("seed %d", seed)
                    .isEqualTo(whole);
            CsvCells cells = new CsvCells(dialect, 1000);
            for (String ignored : whole) {
                cells.read(ignored.getBytes(UTF_8)); // any row is read or refused, none throws
            }
        }
    }

    /// Written by plain string building, so that it shares no rule with the reader.
    private static byte[] file(Random random, CsvDialect dialect, List<List<@Nullable String>> put) {
        String lineEnd = dialect.returnsEndLines() ? "\r" : random.nextBoolean() ? "\n" : "\r\n";
        String quote = String.valueOf(dialect.quote());
        StringBuilder file = new StringBuilder(random.nextInt(6) == 0 ? "\ufeff" : "");
        if (dialect.header()) {
            file.append(String.join(String.valueOf(dialect.delimiter()), dialect.columns()))
                    .append(lineEnd);
        }
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            List<@Nullable String> row = new ArrayList<>();
            StringBuilder line = new StringBuilder();
            for (int cell = 0; cell < dialect.columns().size(); cell++) {
                String value = random.nextInt(5) == 0 ? null : value(random);
                row.add(value);
                line.append(cell == 0 ? "" : dialect.delimiter());
                line.append(value == null ? "" : quote + value.replace(quote, quote + quote) + quote);
            }
            if (line.isEmpty()) {
                continue; // one column without a value: no row
            }
            put.add(row);
            file.append(line).append(i == count - 1 && random.nextBoolean() ? "" : lineEnd);
            file.append(random.nextInt(6) == 0 ? lineEnd : "");
        }
        return file.toString().getBytes(UTF_8);
    }

    private static String value(Random random) {
        String[] parts = {"a", "\"", "'", ",", ";", "\t", "\n", "\r\n", "\r", "é", "😀", " ", "007", "{"};
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            value.append(parts[random.nextInt(parts.length)]);
        }
        return value.toString();
    }

    private static String json(List<String> columns, List<@Nullable String> row) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String value = row.get(i);
            if (value != null) {
                members.add("\"" + columns.get(i) + "\":\""
                        + value.replace("\"", "\\\"")
                                .replace("\n", "\\u000a")
                                .replace("\r", "\\u000d")
                                .replace("\t", "\\u0009")
                        + "\"");
            }
        }
        return "{" + String.join(",", members) + "}";
    }

    private static CsvDialect anyDialect(Random random) {
        char[] delimiters = {',', ';', '\t', '|'};
        List<String> columns = List.of("a", "b", "c", "d").subList(0, 1 + random.nextInt(4));
        return new CsvDialect(
                delimiters[random.nextInt(delimiters.length)],
                random.nextInt(3) == 0 ? '\'' : '"',
                null,
                random.nextInt(5) == 0,
                random.nextBoolean(),
                columns,
                List.of(""));
    }

    private static CsvDialect dialect(
            char delimiter, @Nullable Character quote, @Nullable Character escape, String... columns) {
        return new CsvDialect(delimiter, quote, escape, false, false, List.of(columns), List.of(""));
    }

    private static List<String> rows(CsvDialect dialect, String file) throws IOException {
        return Sources.show(new CsvRows(stream(file), TextEncoding.UTF_8, dialect, 1000, Position.START));
    }

    private static List<String> relay(byte[] file, TextEncoding encoding, CsvDialect dialect) throws IOException {
        return Sources.showInRelay(file, (in, at) -> new CsvRows(encoding.toUtf8(in), encoding, dialect, 1000, at));
    }

    private static String sent(CsvDialect dialect, String row) {
        return new String(((CsvCells.Cells.Sent) new CsvCells(dialect, 1000).read(row.getBytes(UTF_8))).json(), UTF_8);
    }

    private static Flaw flaw(CsvDialect dialect, String row) {
        return ((CsvCells.Cells.Flawed) new CsvCells(dialect, 1000).read(row.getBytes(UTF_8))).flaw();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
