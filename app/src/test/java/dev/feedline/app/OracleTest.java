package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The independent reader of the demo finds what it is there to find.
class OracleTest {
    private static final Path PROGRAM = Path.of("..", "examples", "Oracle.java");
    private static final String FEED =
            "{\"id\":1,\"amount\":12.50,\"tags\":[\"a\",{\"x\":1.0}]}\n\nno json\n{\"id\":2}\n";
    private static final String ROWS =
            "[{\"_FILE_ID\":\"f\",\"_ROW\":1,\"_LOADED_AT\":\"t\",\"_RESCUED\":null,\"ID\":1,"
                    + "\"AMOUNT\":12.5,\"TAGS\":[\"a\",{\"x\":1,\"y\":null}]},{\"_ROW\":3,\"ID\":2,\"AMOUNT\":null,\"TAGS\":null}]";
    private static final String BAD = "[{\"ROW_NUMBER\":2}]";

    @TempDir
    private static Path compiled;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile() {
        int failed = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, "-d", compiled.toString(), PROGRAM.toString());
        assertThat(failed).isZero();
    }

    @Test
    void equalValuesAreEqualHoweverTheyAreWritten() throws Exception {
        assertThat(oracle(FEED, ROWS, BAD)).contains("3 rows read independently, 2 good and 1 bad; every value equal");
    }

    @Test
    void oneChangedDigitIsFound() throws Exception {
        assertThat(oracle(FEED, ROWS.replace("12.5,", "12.6,"), BAD))
                .contains("row 1, column AMOUNT: the file has 12.50, the table has 12.6");
        assertThat(oracle(FEED, ROWS.replace("\"x\":1,", "\"x\":2,"), BAD)).contains("row 1, column TAGS");
    }

    @Test
    void aLostADoubledAndAnInventedRowAreFound() throws Exception {
        assertThat(oracle(FEED, "[]", BAD)).contains("row 1 is good, yet not in the table");
        assertThat(oracle(FEED, ROWS.replace("\"_ROW\":3", "\"_ROW\":1"), BAD)).contains("row 1 is in the table twice");
        assertThat(oracle(FEED, ROWS.replace("\"_ROW\":3", "\"_ROW\":4"), BAD))
                .contains("a row 4 that the file has not");
        assertThat(oracle(FEED, ROWS, "[]")).contains("row 2 is bad, yet not in quarantine");
    }

    @Test
    void cellsAreReadByTheDeclaredTypesAndRaggedRowsAreBad() throws Exception {
        String csv = "id;amount;note\r\n007;12.50;\"a;\"\"b\"\"\r\nc\"\r\n\r\n8;1,5;x\r\n9;;\"\"\r\n10;1\r\n";
        String rows = "[{\"_ROW\":1,\"ID\":\"007\",\"AMOUNT\":12.5,\"NOTE\":\"a;\\\"b\\\"\\r\\nc\"},"
                + "{\"_ROW\":3,\"ID\":\"9\",\"AMOUNT\":null,\"NOTE\":\"\"}]";
        String bad = "[{\"ROW_NUMBER\":2},{\"ROW_NUMBER\":4}]";
        assertThat(oracle("feed.csv", csv, rows, bad))
                .contains("4 rows read independently, 2 good and 2 bad; every value");
        assertThat(oracle("feed.csv", csv, rows.replace("\"007\"", "\"7\""), bad))
                .contains("row 1, column ID");
        assertThat(oracle("feed.csv", csv, rows, BAD)).contains("row 4 is bad, yet not in quarantine");
    }

    @Test
    void theElementsOfAnArrayAreRows() throws Exception {
        String array = "[{\"id\":1,\"amount\":12.5},\n7,{\"id\":2}]";
        String rows = "[{\"_ROW\":1,\"ID\":1,\"AMOUNT\":12.50},{\"_ROW\":3,\"ID\":2,\"AMOUNT\":null}]";
        assertThat(oracle(array, rows, BAD)).contains("3 rows read independently, 2 good and 1 bad; every value equal");
        assertThat(oracle(array, rows.replace("\"ID\":2", "\"ID\":3"), BAD)).contains("row 3, column ID");
    }

    private String oracle(String feed, String rows, String quarantine) throws IOException, InterruptedException {
        return oracle("feed", feed, rows, quarantine);
    }

    private String oracle(String name, String feed, String rows, String quarantine)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve(name), feed);
        Files.writeString(folder.resolve("rows"), rows);
        Files.writeString(folder.resolve("bad"), quarantine);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        compiled.toString(),
                        "Oracle",
                        folder.resolve(name).toString(),
                        folder.resolve("rows").toString(),
                        folder.resolve("bad").toString(),
                        "amount=decimal(12,2)"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor() == 0).isEqualTo(said.contains("every value equal"));
        return said;
    }
}
