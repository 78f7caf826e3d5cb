package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.feedline.app.TestingFeedline;
import dev.feedline.feeds.FileState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `feedline balance --deep` reads every format that ingest reads, and finds what was changed in the table.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepBalanceFormatsTest {
    private static final String DEFINITION = """
            feeds:
              typed:
                schema:
                  on-new-column: rescue
                  on-mismatch: rescue
                  columns:
                    id: bigint
                    amount: decimal(12,2)
                    rate: double
                    ok: boolean
                    day: date
                    at: timestamp
                    name: string
              strict: { schema: { on-mismatch: quarantine, columns: { id: bigint } } }
              odd:
                format: csv
                csv: { delimiter: "|", quote: "'", escape: "\\\\", header: false, columns: [id, name], "null": [NA] }
              western: { encoding: windows-1252 }
              marked: { format: csv, encoding: utf-16be }
            """;
    private static final String CELLS = """
            id,amount,rate,ok,day,at,name,more
            1, +001.10 ,.5,YES,2026-02-28,2026-11-26T10:00:00.5+02:00,"Zoë, ""the""
            second",x
            2,1e2,1e-7,0, ,,007,
            x,1.234,fast,maybe,soon,now,"",y
            3,,,,,2026-11-26 10:00:00,  kept  ,"a
            b"
            4,5
            5,,,,,,"quoted"badly,
            """;

    private String folder;
    private TestingFeedline feedline;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        folder = data.toString();
        feedline = TestingFeedline.start(data, DEFINITION);
    }

    @AfterAll
    void stop() {
        feedline.close();
    }

    @Test
    void cellsOfEveryTypeAreEqualAndOneThatWasChangedIsFound() throws Exception {
        FileState file = feedline.put("typed/cells.csv", CELLS.getBytes(UTF_8));
        assertThat(deep(file).out()).contains("EQUAL: 4 rows read again, every value equal; 2 in quarantine");
        change(file, "typed", "NAME = REPLACE(NAME, 'second', 'third')", 1);
        assertThat(deep(file).out()).contains("row 1, column NAME: the file has Zoë, \"the\"");
        change(file, "typed", "AMOUNT = 100.01", 2);
        assertThat(deep(file).out()).contains("row 2, column AMOUNT: the file has 1e2, the table has 100.01");
        change(file, "typed", "_RESCUED = REPLACE(_RESCUED, 'maybe', 'surely')", 3);
        assertThat(deep(file).out()).contains("row 3, column OK: the file has maybe, the table has \"surely\"");
    }

    @Test
    void aRaggedRowThatWasSaidToBeOneFalselyIsFound() throws Exception {
        FileState file = feedline.put("strict/ragged.csv", "id,name\n1,a\n2\n3,b,c\nx,d\n".getBytes(UTF_8));
        assertThat(deep(file).out()).contains("EQUAL: 1 rows").contains("3 in quarantine");
        feedline.sql("UPDATE FEEDLINE.OPS.QUARANTINE SET CODE = 'CSV-RAGGED-ROW' WHERE ROW_NUMBER = 4 AND FILE_ID = '"
                + file.fileId() + "'");
        assertThat(deep(file).out())
                .contains("row 4 is in quarantine as CSV-RAGGED-ROW, yet the second reader reads it");
    }

    @Test
    void dialectsAreThoseOfTheTerms() throws Exception {
        isReadAgain("odd/cells.txt", "1|'it''s'\n2|NA\n3|a\\|b\n".getBytes(UTF_8), 3, 0, "odd", "NAME");
        isReadAgain("typed/cells.tsv", "id\tname\n1\ta,b\n2\t\"c\td\"\n".getBytes(UTF_8), 2, 0, "typed", "NAME");
        isReadAgain("typed/returns.csv", "id,name\r1,a\r2,b\r".getBytes(UTF_8), 2, 0, "typed", "NAME");
    }

    @Test
    void aQuoteThatIsNeverClosedIsOneRowOfQuarantine() throws Exception {
        isReadAgain("typed/open.csv", "id,name\n1,a\n2,\"b\n3,c\n".getBytes(UTF_8), 1, 1, "typed", "NAME");
    }

    @Test
    void arraysAndValuesOneAfterAnotherAreReadAgain() throws Exception {
        String array =
                "[\n {\"id\": 1,\n  \"name\": \"x]\"},\n 7,\n {\"id\":2 \"name\":1},\n {\"id\":3,\"new\":[1,\n2]}\n]\n";
        isReadAgain("typed/array.json", array.getBytes(UTF_8), 2, 2, "typed", "NAME");
        isReadAgain("typed/many.json", "{\"id\":1,\"name\":\"a\"}{\"id\":2}\n".getBytes(UTF_8), 2, 0, "typed", "NAME");
        isReadAgain("typed/open.json", "[{\"id\":1,\"name\":\"a\"},\n{\"id\":2".getBytes(UTF_8), 1, 1, "typed", "NAME");
    }

    @Test
    void everyEncodingIsReadAgain() throws Exception {
        String cells = "id,name\n1,Zoë € \ud83d\ude00\n2,\"a\nb\"\n";
        String lines = "{\"id\":1,\"name\":\"Zoë\"}\n{\"id\":2}\n{\"id\":\n";
        isReadAgain("typed/wide.csv", ("\ufeff" + cells).getBytes(UTF_16LE), 2, 0, "typed", "NAME");
        isReadAgain("typed/big.csv", ("\ufeff" + cells).getBytes(UTF_16BE), 2, 0, "typed", "NAME");
        isReadAgain("marked/none.csv", cells.getBytes(UTF_16BE), 2, 0, "marked", "NAME");
        isReadAgain("typed/wide.jsonl", ("\ufeff" + lines).getBytes(UTF_16LE), 2, 1, "typed", "NAME");
        byte[] western = "id,name\n1,Zoë €\n".getBytes(Charset.forName("windows-1252"));
        isReadAgain("western/cells.csv", western, 1, 0, "western", "NAME");
    }

    @Test
    void halfAPairOfUtf16IsInQuarantineWithItsBytes() throws Exception {
        String text = "\ufeffid,name\n1,a\n2,X\n";
        byte[] bytes = text.getBytes(UTF_16LE);
        bytes[2 * text.indexOf('X') + 1] = (byte) 0xd8;
        isReadAgain("typed/half.csv", bytes, 1, 1, "typed", "NAME");
    }

    @Test
    void everyContainerIsReadAgainAndOneThatIsCutOffEndsInQuarantine() throws Exception {
        StringBuilder cells = new StringBuilder("id,name\n");
        for (int i = 1; i <= 3_000; i++) {
            cells.append(i).append(",name ").append(i * 7919L).append('\n');
        }
        byte[] plain = cells.toString().getBytes(UTF_8);
        isReadAgain("typed/cells.csv.zst", Zstd.compress(plain), 3_000, 0, "typed", "NAME");
        byte[] bzip2 = bzip2(plain);
        isReadAgain("typed/cells.csv.bz2", bzip2, 3_000, 0, "typed", "NAME");
        byte[] twice = Arrays.copyOf(bzip2, bzip2.length + bzip2.length / 2);
        System.arraycopy(bzip2, 0, twice, bzip2.length, bzip2.length / 2);
        FileState cut = feedline.put("typed/cut.csv.bz2", twice);
        assertThat(deep(cut).out()).contains("EQUAL: 3,000 rows").contains("1 in quarantine");
        byte[] zstd = Zstd.compress(plain);
        FileState short1 = feedline.put("typed/cut.csv.zst", Arrays.copyOf(zstd, zstd.length / 2));
        assertThat(deep(short1).out()).contains("  EQUAL: ").contains("1 in quarantine");
    }

    /// The file is equal, and is not any more when the first row's column is another.
    private void isReadAgain(String key, byte[] body, int rows, int quarantined, String table, String column)
            throws Exception {
        FileState file = feedline.put(key, body);
        assertThat(deep(file).out())
                .as(key)
                .contains(String.format(java.util.Locale.ROOT, "EQUAL: %,d rows read again", rows))
                .contains(quarantined == 0 ? "EQUAL" : quarantined + " in quarantine");
        change(file, table, column + " = 'changed'", 1);
        Ran ran = deep(file);
        assertThat(ran.out()).as(key).contains("row 1, column " + column + ": the file has ");
        assertThat(ran.code()).isEqualTo(ExitCode.UNBALANCED);
    }

    private void change(FileState file, String table, String what, int row) {
        feedline.sql("UPDATE FEEDLINE.RAW." + table + " SET " + what + " WHERE _ROW = " + row + " AND _FILE_ID = '"
                + file.fileId() + "'");
    }

    private Ran deep(FileState file) {
        return Ran.feedline("balance", "--deep", file.fileId(), "--data", folder);
    }

    private static byte[] bzip2(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
