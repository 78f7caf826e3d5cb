package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which rows are JSON at all, whatever the schema: RFC 8259 to the letter, and our written policy
/// where it leaves room.
class JsonStrictnessTest {
    private static final SchemaPolicy RESCUE =
            new SchemaPolicy(SchemaPolicy.OnNewColumn.RESCUE, SchemaPolicy.OnMismatch.RESCUE);

    private final RowReader reader = new RowReader(Schema.EMPTY, RESCUE, RowLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " \t\r\n{ \t\r\n} \t\r\n",
                "{\"\":0}",
                "{\"a\":[[] ,{ } , \"\", null ,true,false]}",
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\uD834\\uDD1E\\uffff\\ufdd0\"}",
                "{\"a\":\"\u007f\u2028\u2029\ufeff\ud834\udd1e\"}",
                "{\"a\":[0,-0,0.0,-0.0,0e1,0E+1,1e-2,1E400,-1e-99999999999999999999,123456789012345678901234567890]}",
                "{\"a\":1,\"A\":2,\"b\":{\"a\":3}}",
                "{\"a\":[{\"a\":1},{\"a\":1}]}",
            })
    void rowsThatAreJsonAreRead(String row) {
        assertThat(reader.read(row.getBytes(UTF_8))).isInstanceOf(Verdict.Good.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1,,\"b\":2}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{\"a\"::1}",
                "{\"a\":}",
                "{:1}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{null:1}",
                "{\"a\":'b'}",
                "{\"a\":b}",
                "{\"a\":True}",
                "{\"a\":nul}",
                "{\"a\":truex}",
                "{\"a\":true false}",
                "{\"a\":undefined}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":+1}",
                "{\"a\":-}",
                "{\"a\":--1}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":00}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":-.5}",
                "{\"a\":1.e1}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":1e1.5}",
                "{\"a\":0x1F}",
                "{\"a\":1_000}",
                "{\"a\":1a}",
                "{\"a\":1\"b\"}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1}",
                "{\"a\":[1]]}",
                "{\"a\":{]}",
                "{\"a\":\"b}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12G4\"}",
                "{\"a\":\"\\\"}",
                "{\"a\":\"\\a\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"tab\there\"}",
                "{\"a\":\"nul\u0000here\"}",
                "{\"a\":\"line\nbreak\"}",
                "{\"k\u0001\":1}",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1},",
                "{\"a\":1}]",
                "{\"a\":1} x",
                "{\"a\":1}\u0000",
                "{\"a\":1/*c*/}",
                "{\"a\":1}//c",
                "#{\"a\":1}",
                "\ufeff{\"a\":1}",
                "{\u00a0\"a\":1}",
                "{\u2028\"a\":1}",
                "{\u000b\"a\":1}",
                "{\u000c\"a\":1}",
                "[1",
                "[1,]",
                "nope",
                "\"open",
                "01",
            })
    void rowsThatAreNotJsonAreSyntaxFaults(String row) {
        assertThat(codeOf(row.getBytes(UTF_8))).isEqualTo(BadRowCode.JSON_SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"a\":1}]", "1", "-0.5e3", "\"text\"", "null", "true", " false ", "[[[]]]"})
    void jsonThatIsNoObjectIsNamedAsSuch(String row) {
        assertThat(codeOf(row.getBytes(UTF_8))).isEqualTo(BadRowCode.ROW_NOT_AN_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":null}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"x\":{\"a\":1,\"a\":2}}",
                "{\"x\":[0,{\"b\":{\"a\":1,\"c\":0,\"a\":2}}]}",
                "{\"\":1,\"\":2}",
            })
    void aKeyThatComesTwiceIsAFaultAtAnyLevel(String row) {
        assertThat(codeOf(row.getBytes(UTF_8))).isEqualTo(BadRowCode.JSON_DUPLICATE_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0 80", // overlong NUL
                "C1 BF",
                "E0 80 80", // overlong
                "E0 9F BF",
                "ED A0 80", // a surrogate
                "ED BF BF",
                "ED A0 B4 ED B4 9E", // CESU-8
                "F0 80 80 80", // overlong
                "F0 8F BF BF",
                "F4 90 80 80", // above U+10FFFF
                "F5 80 80 80",
                "FC 80 80 80 80 80",
                "FF",
                "FE",
                "80",
                "BF",
                "C3", // cut short
                "C3 28",
                "E2 82",
                "E2 82 28",
                "F0 9F 98",
                "F0 9F 98 28",
                "E9", // Latin-1
            })
    void bytesThatAreNotUtf8AreAnEncodingFaultInValuesAndKeys(String hex) {
        String bytes = latin1(hex);
        assertThat(codeOf(("{\"a\":\"" + bytes + "\"}").getBytes(ISO_8859_1))).isEqualTo(BadRowCode.JSON_ENCODING);
        assertThat(codeOf(("{\"" + bytes + "\":1}").getBytes(ISO_8859_1))).isEqualTo(BadRowCode.JSON_ENCODING);
        assertThat(codeOf(("{\"a\":\"0123456789" + bytes).getBytes(ISO_8859_1))).isEqualTo(BadRowCode.JSON_ENCODING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"\\ud800x\"}",
                "{\"a\":\"\\ud800\\n\"}",
                "{\"a\":\"\\ud800\\ud800\"}",
                "{\"a\":\"\\udd1e\\ud834\"}",
                "{\"\\uDBFF\":1}",
                "{\"a\":[{\"b\":\"\\\\\\ud800\"}]}",
            })
    void halfAnEscapedSurrogatePairIsAnEncodingFault(String row) {
        assertThat(codeOf(row.getBytes(UTF_8))).isEqualTo(BadRowCode.JSON_ENCODING);
    }

    @Test
    void anEscapedBackslashBeforeAUIsNoEscape() {
        assertThat(reader.read("{\"a\":\"\\\\ud800\"}".getBytes(UTF_8))).isInstanceOf(Verdict.Good.class);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16"})
    void otherEncodingsOfUnicodeAreNotRead(String charset) {
        assertThat(codeOf("{\"a\":1}".getBytes(Charset.forName(charset))))
                .isIn(BadRowCode.JSON_SYNTAX, BadRowCode.JSON_ENCODING);
    }

    @Test
    void everySequenceOfUpToThreeBytesIsJudgedAsTheJdksDecoderDoes() {
        byte[] row = "{\"a\":\"___\"}".getBytes(ISO_8859_1);
        for (int first = 0x80; first < 0x100; first++) {
            for (int second = 0x70; second < 0x100; second++) {
                for (int third : new int[] {0x7F, 0x80, 0xBF, 0xC0}) {
                    row[6] = (byte) first;
                    row[7] = (byte) second;
                    row[8] = (byte) third;
                    assertThat(Utf8.firstFault(row, 0, row.length) < 0)
                            .as("%x %x %x", first, second, third)
                            .isEqualTo(isUtf8(row));
                }
            }
        }
    }

    @Test
    void everyFourByteLeadIsJudgedAsTheJdksDecoderDoes() {
        byte[] row = "____".getBytes(ISO_8859_1);
        for (int lead = 0xF0; lead < 0x100; lead++) {
            for (int second = 0x70; second < 0x100; second++) {
                for (int last : new int[] {0x7F, 0x80, 0xBF, 0xC0}) {
                    row[0] = (byte) lead;
                    row[1] = (byte) second;
                    row[2] = (byte) last;
                    row[3] = (byte) last;
                    assertThat(Utf8.firstFault(row, 0, row.length) < 0)
                            .as("%x %x %x", lead, second, last)
                            .isEqualTo(isUtf8(row));
                }
            }
        }
    }

    @Test
    void theOffsetPointsAtTheFault() {
        assertThat(bad("{\"a\":\"0123456789\u00ff\"}".getBytes(ISO_8859_1)).offset())
                .isEqualTo(16);
        assertThat(bad("{\"a\":1,\"b\":x}".getBytes(UTF_8)).offset()).isBetween(11, 12);
        assertThat(bad("{\"a\":1".getBytes(UTF_8)).offset()).isEqualTo(6);
        assertThat(bad("{\"a\":1,\"a\":2}".getBytes(UTF_8)).offset()).isEqualTo(7);
    }

    @Test
    void theOffsetCountsFromTheRowsStartWithinABuffer() {
        byte[] buffer = "xxxx{\"a\":1,\"a\":2}yyyy".getBytes(UTF_8);
        Verdict verdict = reader.read(buffer, 4, buffer.length - 4);
        assertThat(((Verdict.Bad) verdict).offset()).isEqualTo(7);
    }

    @Test
    void nestingIsBoundedWhetherTheColumnIsKnownOrNot() {
        String deepest = "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}";
        String deeper = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
        assertThat(reader.read(deepest.getBytes(UTF_8))).isInstanceOf(Verdict.Good.class);
        assertThat(codeOf(deeper.getBytes(UTF_8))).isEqualTo(BadRowCode.JSON_TOO_DEEP);
        assertThat(codeOf("[".repeat(101).getBytes(UTF_8))).isEqualTo(BadRowCode.JSON_TOO_DEEP);
    }

    @Test
    void aMillionLevelsAreRefusedWithoutBeingFollowed() {
        RowLimits wide = new RowLimits(100_000_000, 100, 100, 100);
        byte[] arrays = ("{\"a\":" + "[".repeat(1_000_000)).getBytes(UTF_8);
        byte[] objects = "{\"a\":".repeat(1_000_000).getBytes(UTF_8);
        RowReader wideReader = new RowReader(Schema.EMPTY, RESCUE, wide);
        assertThat(((Verdict.Bad) wideReader.read(arrays)).code()).isEqualTo(BadRowCode.JSON_TOO_DEEP);
        assertThat(((Verdict.Bad) wideReader.read(objects)).code()).isEqualTo(BadRowCode.JSON_TOO_DEEP);
    }

    @Test
    void aRowLongerThanItMayTravelIsTooLong() {
        RowLimits small = new RowLimits(Mark.MAX_BYTES + 10, 10, 10, 10);
        RowReader smallReader = new RowReader(Schema.EMPTY, RESCUE, small);
        assertThat(smallReader.read("{\"a\":1234}".getBytes(UTF_8))).isInstanceOf(Verdict.Good.class);
        assertThat(((Verdict.Bad) smallReader.read("{\"a\":12345}".getBytes(UTF_8))).code())
                .isEqualTo(BadRowCode.ROW_TOO_LONG);
    }

    @Test
    void aReaderIsUnharmedByABadRow() {
        reader.read("{\"a\":{\"b\":[1,2".getBytes(UTF_8));
        assertThat(((Verdict.Good) reader.read("{\"c\":3}".getBytes(UTF_8))).rescued())
                .isEqualTo("{\"c\":3}");
    }

    private BadRowCode codeOf(byte[] row) {
        return bad(row).code();
    }

    private Verdict.Bad bad(byte[] row) {
        Verdict verdict = reader.read(row);
        assertThat(verdict).isInstanceOf(Verdict.Bad.class);
        return (Verdict.Bad) verdict;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String latin1(String hex) {
        StringBuilder text = new StringBuilder();
        for (String octet : hex.split(" ", -1)) {
            text.append((char) Integer.parseInt(octet, 16));
        }
        return text.toString();
    }
}
