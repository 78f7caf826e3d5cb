package dev.feedline.app.audit;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the second reader makes of files, by the letter of docs/formats.md.
class SecondReaderTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DIALECT = """
            {"delimiter":",","quote":"\\"","escape":null,"returnsEndLines":false,"header":true,
             "columns":["a","b"],"nulls":["","\\\\N"]}""";

    @Test
    void cellsAreTextsWithoutTheirQuotes() throws Exception {
        assertThat(csv("a,b\r\n1,\"x,\"\"y\"\"\r\nz\"\r\n\r\n , \n"))
                .containsExactly("{a=1, b=x,\"y\"\r\nz}", "{a= , b= }");
    }

    @Test
    void aCellThatReadsAsNullHasNoValueUnlessItIsQuoted() throws Exception {
        assertThat(csv("a,b\n,\"\"\n\\N,\"\\N\"\n")).containsExactly("{b=}", "{b=\\N}");
    }

    @Test
    void aRowOfTheWrongWidthIsNone() throws Exception {
        assertThat(csv("a,b\n1\n1,2,3\n4,5"))
                .containsExactly("it has too few cells, 1", "it has more than 2 cells", "{a=4, b=5}");
    }

    @Test
    void quotesCountAtTheBeginningOfACell() throws Exception {
        assertThat(csv("a,b\n5\",x\"y\n\"1\"2,3\n\"m\nn\",o\"\n"))
                .containsExactly(
                        "{a=5\", b=x\"y}",
                        "text follows right behind a quoted cell",
                        "a quoted cell goes over a line end and another has a quote in it");
    }

    @Test
    void aQuoteThatIsNeverClosedTakesTheRestOfTheFile() throws Exception {
        assertThat(csv("a,b\n1,2\n3,\"4\n5,6\n"))
                .containsExactly("{a=1, b=2}", "it opens a quote that the file does not close");
    }

    @Test
    void aLoneReturnEndsALineWhereTheTermsSaySo() throws Exception {
        String dialect = DIALECT.replace("\"returnsEndLines\":false", "\"returnsEndLines\":true");
        assertThat(read("CSV", "UTF_8", "PLAIN", dialect, "a,b\r1,2\r3,4".getBytes(UTF_8)))
                .containsExactly("{a=1, b=2}", "{a=3, b=4}");
        assertThat(csv("a,b\n1\r,2\r")).containsExactly("{a=1\r, b=2\r}");
    }

    @Test
    void anEscapeTakesTheMeaningFromWhatIsBehindIt() throws Exception {
        String dialect = DIALECT.replace("\"escape\":null", "\"escape\":\"\\\\\"");
        assertThat(read("CSV", "UTF_8", "PLAIN", dialect, "a,b\nx\\,y,\"q\\\"r\"\n".getBytes(UTF_8)))
                .containsExactly("{a=x,y, b=q\"r}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [{"a":1},{"a":[2,"]"]}]       | {a=1} / {a=[2,"]"]}
                    {"a":1}{"a":2} [{"a":3},]     | {a=1} / {a=2} / {a=3}
                    [{"a":1},5,,"x",{"a":2}]      | {a=1} / it is no JSON object / there is no element before the comma / it is no JSON object / {a=2}
                    [{"a":1} {"a":2}, {"a":3}]    | {a=1} / there is no comma before it / {a=3}
                    [{"a":1},{"a":2]},{"a":3}]    | {a=1} / brackets do not match
                    [{"a":"x"y"},{"a":3}]         | something stands there that cannot
                    [{"a":"x" "y"},{"a":3}]       | it is no JSON: at character 9 there is no } / {a=3}
                    [{"a":1}, {"a":2}             | {a=1} / {a=2} / the array is not closed
                    [{"a":1}] {"a":               | {a=1} / the file ends in it
                    {"a":1} ; {"a":2}             | {a=1} / no value begins like this
                    """)
    void jsonValuesAreRowsAsLongAsItIsCertainWhereTheyEnd(String file, String rows) throws Exception {
        assertThat(String.join(" / ", read("JSON", "UTF_8", "PLAIN", "null", file.getBytes(UTF_8))))
                .isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource({"UTF_16LE,UTF-16LE", "UTF_16BE,UTF-16BE", "WINDOWS_1252,windows-1252"})
    void everyEncodingGivesTheSameText(String encoding, String charset) throws Exception {
        String text = "a,b\nné,€ “x”\n";
        assertThat(read("CSV", encoding, "PLAIN", DIALECT, text.getBytes(Charset.forName(charset))))
                .containsExactly("{a=né, b=€ “x”}");
    }

    @Test
    void latin1HasNoEuroAndABadPairSpoilsItsRowOnly() throws Exception {
        assertThat(read("CSV", "ISO_8859_1", "PLAIN", DIALECT, "a,b\né,ÿ\n".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("{a=é, b=ÿ}");
        byte[] pairs = "\ufeffa,b\n\ud83d\ude00,1\nX,2\n3,4\n".getBytes(UTF_16BE);
        int x = 2 * "\ufeffa,b\n\ud83d\ude00,1\n".length();
        pairs[x] = (byte) 0xd8;
        assertThat(read("CSV", "UTF_16BE", "PLAIN", DIALECT, pairs))
                .containsExactly("{a=\ud83d\ude00, b=1}", "it is no text in the file's encoding", "{a=3, b=4}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "ZSTD", "BZIP2"})
    void containersAreReadMemberByMember(String container) throws Exception {
        byte[] twice = concat(packed(container, "{\"a\":1}\n{\"a\""), packed(container, ":2}\n"));
        assertThat(read("JSON_LINES", "UTF_8", container, "null", twice)).containsExactly("{a=1}", "{a=2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "ZSTD", "BZIP2"})
    void aContainerThatIsCutOffEndsInOneRowMore(String container) throws Exception {
        byte[] second = packed(container, "{\"a\":2}\n");
        byte[] cut = concat(packed(container, "{\"a\":1}\n"), Arrays.copyOf(second, second.length - 5));
        List<String> rows = read("JSON_LINES", "UTF_8", container, "null", cut);
        assertThat(rows).startsWith("{a=1}").endsWith("the container ends in it");
        byte[] header = concat(packed(container, "{\"a\":1}\n"), Arrays.copyOf(second, 3));
        assertThat(read("JSON_LINES", "UTF_8", container, "null", header))
                .containsExactly("{a=1}", "the container ends in it");
    }

    @Test
    void aContainerThatContradictsItselfIsDamaged() throws Exception {
        byte[] gzip = packed("GZIP", "{\"a\":1}\n");
        gzip[gzip.length - 6] ^= 1;
        assertThatThrownBy(() -> read("JSON_LINES", "UTF_8", "GZIP", "null", gzip))
                .isInstanceOf(ZipException.class);
        byte[] bzip2 = packed("BZIP2", "{\"a\":1}\n");
        bzip2[11] ^= 8; // in the CRC of the block
        assertThatThrownBy(() -> read("JSON_LINES", "UTF_8", "BZIP2", "null", bzip2))
                .isInstanceOf(ZipException.class);
    }

    @Test
    void whatItDoesNotReadItNames() throws Exception {
        assertThat(SecondReader.refusal(terms("PARQUET", "UTF_8", "PLAIN", "null")))
                .contains("the second reader does not read PARQUET in UTF_8");
        assertThat(SecondReader.refusal(terms("CSV", "UTF_32", "PLAIN", DIALECT)))
                .contains("the second reader does not read CSV in UTF_32");
        assertThat(SecondReader.refusal(terms("CSV", "UTF_8", "XZ", DIALECT)))
                .contains("the second reader does not read XZ containers");
    }

    private static List<String> csv(String text) throws IOException {
        return read("CSV", "UTF_8", "PLAIN", DIALECT, text.getBytes(UTF_8));
    }

    /// Each row as its values, or why it has none.
    private static List<String> read(String kind, String encoding, String container, String csv, byte[] file)
            throws IOException {
        JsonNode terms = terms(kind, encoding, container, csv);
        assertThat(SecondReader.refusal(terms)).isEmpty();
        RowSource source = SecondReader.open(terms, new ByteArrayInputStream(file), false);
        List<String> rows = new ArrayList<>();
        for (SourceLine row = source.next(); row != null; row = source.next()) {
            assertThat(row.number()).isEqualTo(rows.size() + 1);
            rows.add(shown(row, SecondReader.form(terms)));
        }
        return rows;
    }

    private static String shown(SourceLine row, RowForm form) {
        try {
            List<String> members = new ArrayList<>();
            row.read(form)
                    .members()
                    .forEach((name, value) -> members.add(
                            name + "=" + (value instanceof Json.Text text ? text.value() : value.source())));
            return "{" + String.join(", ", members) + "}";
        } catch (NotARow e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static JsonNode terms(String kind, String encoding, String container, String csv) {
        return JSON.readTree("{\"content\":\"" + container + "\",\"reading\":{\"kind\":\"" + kind + "\",\"encoding\":\""
                + encoding + "\",\"csv\":" + csv + "}}");
    }

    private static byte[] packed(String container, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        switch (container) {
            case "ZSTD" -> packed.write(Zstd.compress(bytes));
            case "BZIP2" -> {
                try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(packed)) {
                    out.write(bytes);
                }
            }
            default -> {
                try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                    out.write(bytes);
                }
            }
        }
        return packed.toByteArray();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
