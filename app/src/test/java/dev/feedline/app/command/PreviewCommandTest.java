package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PreviewCommandTest {
    @TempDir
    Path folder;

    @Test
    void aCsvFileIsShownWithItsDialectItsRowsItsSchemaAndItsBadRows() throws IOException {
        Path definition = file(
                "f.yaml", "feeds: { prices: { schema: { columns: { price: \"decimal(12,2)\" } } } }".getBytes(UTF_8));
        Path csv = file("prices.csv", "\ufeffcode;price\n007;1.5\n008;x\n009\n".getBytes(Charset.forName("UTF-16LE")));
        Ran ran = Ran.feedline("preview", csv.toString(), "prices", "-f", definition.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(ran.out().replace(folder.toString(), "")).isEqualTo("""
                /prices.csv: CSV, delimiter ;, quote ", with a header, utf-16le
                3 rows looked at (the whole file): 1 good, 2 for quarantine

                row  price  code
                  1  1.50   007

                column  type
                price   decimal(12,2)  declared
                code    string         from the file

                row  line  code            column  why
                  2     3  TYPE-MISMATCH   price   expected decimal(12,2), found "x"
                  3     4  CSV-RAGGED-ROW          the row has 1 cell and the file 2 columns

                1 × CSV-RAGGED-ROW: The row has more or fewer cells than the file has columns; quote cells that hold the delimiter.
                1 × TYPE-MISMATCH: A value does not fit its column's type exactly; mend the value or declare another type.
                """);
    }

    @Test
    void theSampleOfTheDocsIsAsTheySay() {
        Ran ran = Ran.feedline("preview", "../examples/feeds/payments.csv");
        assertThat(ran.code()).isEqualTo(ExitCode.QUARANTINED);
        assertThat(ran.out())
                .contains("payments.csv: CSV, delimiter ,, quote \", with a header, utf-8")
                .contains("9 rows looked at (the whole file): 8 good, 1 for quarantine")
                .contains("the row has 7 cells and the file 6 columns")
                .contains("Café \"Le Coin\"");
    }

    @Test
    void asJsonItHasTheSame() throws IOException {
        Path json = file("a.json", "[{\"id\":1},7]".getBytes(UTF_8));
        Ran ran = Ran.feedline("preview", json.toString(), "--json");
        assertThat(ran.code()).isEqualTo(ExitCode.QUARANTINED);
        JsonNode said = JsonMapper.builder().build().readTree(ran.out());
        assertThat(said.required("format").asString()).isEqualTo("json");
        assertThat(said.required("rows").toString()).isEqualTo("[{\"_ROW\":1,\"id\":\"1\",\"_RESCUED\":null}]");
        assertThat(said.required("codes").toString()).isEqualTo("{\"ROW-NOT-AN-OBJECT\":1}");
    }

    @Test
    void whatWouldNotBeLoadedIsSaidWithItsReason() throws IOException {
        Path picture = file("a.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0});
        Ran ran = Ran.feedline("preview", picture.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.UNBALANCED);
        assertThat(ran.out()).contains("It would not be loaded: NOT-A-FEED: the file is a PNG picture");
    }

    @Test
    void aFileOrAFeedThatIsNotThereIsNamed() throws IOException {
        assertThat(Ran.feedline("preview", folder.resolve("none").toString()).err())
                .contains("There is no file");
        Path csv = file("a.csv", "a,b\n1,2\n".getBytes(UTF_8));
        Path definition = file("f.yaml", "feeds: { prices: {} }".getBytes(UTF_8));
        assertThat(Ran.feedline("preview", csv.toString(), "price", "-f", definition.toString())
                        .err())
                .contains("The definition has no feed 'price'; it has prices.");
    }

    @Test
    void aDefinitionIsCheckedToItsEndOrExplained() throws IOException {
        Path wrong = file("f.yaml", "feeds:\n  a: { formt: csv }\n  b: { format: cvs }\n".getBytes(UTF_8));
        Ran refused = Ran.feedline("validate", "-f", wrong.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.ERROR);
        assertThat(refused.err())
                .contains("f.yaml:2:8: unknown key 'formt' of feeds.a; did you mean 'format'?")
                .contains("f.yaml:3:16: feeds.b.format: 'cvs' is not supported;")
                .contains("did you mean 'csv'?")
                .contains("has 2 errors.");
        Path right = file("f.yaml", "feeds: { prices: { format: tsv, quarantine: { max-rows: 3 } } }".getBytes(UTF_8));
        Ran explained = Ran.feedline("validate", "-f", right.toString());
        assertThat(explained.code()).isZero();
        assertThat(explained.out())
                .contains("prices → FEEDLINE.RAW.PRICES")
                .contains("tsv, utf-8 unless marked otherwise")
                .contains("a file with more than 3 bad rows; files are read twice")
                .contains("no errors, 1 feed");
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
