package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.TestingFeedline;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `feedline balance --deep` agrees with a warehouse that is right and finds every single thing that is wrong.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepBalanceTest {
    private static final String DEFINITION = """
            feeds:
              wide:
                schema:
                  on-new-column: rescue
                  on-mismatch: rescue
                  columns:
                    id: bigint
                    amount: decimal(12,2)
                    rate: double
                    at: timestamp
                    day: date
                    code: string
                    tags: array<string>
                    who: struct<name:string,age:bigint,born:timestamp>
              strict: { schema: { on-mismatch: quarantine, columns: { id: bigint } } }
              held: { quarantine: { max-rows: 0 } }
            """;
    private static final String ROWS = """
            {"id":1,"amount":1.10,"rate":0.1,"at":"2026-11-26T10:00:00.5+02:00","day":"2026-02-28","code":"007","tags":["a","b"],"who":{"name":"Zoë","age":41}}
            {"id":1e3,"amount":-0,"rate":123456789.123456789123,"at":"2026-11-26 10:00:00","code":7,"extra":[1, 2.50,{"x":null}],"ID":"other"}

            {"id":"x","amount":"1.1","tags":[1,"b",null],"who":{"name":5,"age":"old","pet":"cat","born":"2000-01-01T00:00:00Z"}}
            {"id":3,"code":{"k": [1,2]},"who":null,"tags":[],"day":"yesterday","_row":9,"rate":-1.5e-7}
            {"id":1,"id":2}
            nonsense
            {"id":9007199254740993,"amount":9999999999.99,"code":"\\u00e9\\n\\"quoted\\"","tags":[null],"who":{}}
            """;

    private String folder;
    private TestingFeedline feedline;
    private FileState right;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        folder = data.toString();
        feedline = TestingFeedline.start(data, DEFINITION);
        right = feedline.put("wide/right.jsonl", ROWS.getBytes(UTF_8));
    }

    @AfterAll
    void stop() {
        feedline.close();
    }

    @Test
    void everyKindOfValueIsEqualWhereTheWarehouseIsRight() {
        Ran ran = deep(right);
        assertThat(ran.out()).contains("EQUAL: 5 rows read again, every value equal; 2 in quarantine");
        assertThat(ran.code()).isEqualTo(ExitCode.QUARANTINED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    digit     | UPDATE %t SET AMOUNT = AMOUNT + 0.01 WHERE _ROW = 1 AND %f                     | row 1, column AMOUNT: the file has 1.10, the table has 1.11
                    double    | UPDATE %t SET RATE = RATE * 1.0000000000000002 WHERE _ROW = 2 AND %f           | row 2, column RATE: the file has 123456789.123456789123
                    microsec  | UPDATE %t SET AT = DATEADD('microsecond', 1, AT) WHERE _ROW = 1 AND %f         | row 1, column AT: the file has "2026-11-26T10:00:00.5+02:00"
                    letter    | UPDATE %t SET CODE = '07' WHERE _ROW = 1 AND %f                                | row 1, column CODE: the file has "007", the table has 07
                    null      | UPDATE %t SET DAY = NULL WHERE _ROW = 1 AND %f                                 | row 1, column DAY: the file has "2026-02-28", the table has nothing
                    invented  | UPDATE %t SET DAY = '2026-01-01' WHERE _ROW = 2 AND %f                         | row 2, column DAY: the file has nothing, the table has 2026-01-01
                    nested    | UPDATE %t SET WHO = PARSE_JSON('{"name":"Zoë","age":42}') WHERE _ROW = 1 AND %f | row 1, column WHO
                    rescued   | UPDATE %t SET _RESCUED = REPLACE(_RESCUED, '2.50', '2.5') WHERE _ROW = 2 AND %f | row 2, column _RESCUED
                    deleted   | DELETE FROM %t WHERE _ROW = 3 AND %f                                           | row 3 is in the file, yet neither in the table nor in quarantine
                    doubled   | INSERT INTO %t SELECT * FROM %t WHERE _ROW = 4 AND %f                          | row 4 is in the table more than once
                    extra     | UPDATE %t SET _ROW = 99 WHERE _ROW = 7 AND %f                                  | row 99 is in the table, and the file has no such row
                    unheld    | DELETE FROM FEEDLINE.OPS.QUARANTINE WHERE ROW_NUMBER = 6 AND %q               | row 6 is in the file, yet neither in the table nor in quarantine
                    both      | UPDATE FEEDLINE.OPS.QUARANTINE SET ROW_NUMBER = 4 WHERE ROW_NUMBER = 6 AND %q   | row 4 is both in the table and in quarantine
                    misjudged | UPDATE FEEDLINE.OPS.QUARANTINE SET RAW = 'nonsensE' WHERE ROW_NUMBER = 6 AND %q | row 6 is in quarantine with another text than the file has
                    """)
    void oneThingChangedIsFoundAndNamed(String name, String change, String found) {
        String ofFile = "_FILE_ID = '" + right.fileId() + "'";
        feedline.sql("CREATE OR REPLACE TABLE FEEDLINE.RAW.KEPT AS SELECT * FROM FEEDLINE.RAW.WIDE WHERE " + ofFile);
        feedline.sql("CREATE OR REPLACE TABLE FEEDLINE.OPS.KEPT AS SELECT * FROM FEEDLINE.OPS.QUARANTINE");
        try {
            feedline.sql(change.replace("%t", "FEEDLINE.RAW.WIDE")
                    .replace("%f", ofFile)
                    .replace("%q", "FILE_ID = '" + right.fileId() + "'"));
            Ran ran = deep(right);
            assertThat(ran.out()).as(name).contains("  DIFFERENT: ").contains("\n  " + found);
            assertThat(ran.code()).isEqualTo(ExitCode.UNBALANCED);
        } finally {
            feedline.sql("DELETE FROM FEEDLINE.RAW.WIDE WHERE " + ofFile);
            feedline.sql("INSERT INTO FEEDLINE.RAW.WIDE SELECT * FROM FEEDLINE.RAW.KEPT");
            feedline.sql("DELETE FROM FEEDLINE.OPS.QUARANTINE");
            feedline.sql("INSERT INTO FEEDLINE.OPS.QUARANTINE SELECT * FROM FEEDLINE.OPS.KEPT");
        }
    }

    @Test
    void aGoodRowThatIsQuarantinedAsNoJsonIsFound() throws Exception {
        FileState file = feedline.put("strict/misjudged.jsonl", "{\"id\":\"x\"}\n".getBytes(UTF_8));
        assertThat(deep(file).out()).contains("  EQUAL: ");
        feedline.sql("UPDATE FEEDLINE.OPS.QUARANTINE SET CODE = 'JSON-SYNTAX' WHERE FILE_ID = '" + file.fileId() + "'");
        assertThat(deep(file).out()).contains("row 1 is in quarantine as JSON-SYNTAX, yet the second reader reads it");
    }

    @Test
    void pagesAndGzipAreGoneThroughToTheEnd() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= 2500; i++) {
            rows.append("{\"id\":").append(i).append("}\n");
        }
        FileState file = feedline.put("strict/many.jsonl.gz", gzip(rows.toString()));
        assertThat(deep(file).out()).contains("EQUAL: 2,500 rows read again");
        feedline.sql("UPDATE FEEDLINE.RAW.STRICT SET ID = 0 WHERE ID = 2500 AND _FILE_ID = '" + file.fileId() + "'");
        assertThat(deep(file).out()).contains("row 2500, column ID: the file has 2500, the table has 0");
    }

    @Test
    void aContainerThatIsCutOffHasItsTailInQuarantine() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= 20_000; i++) {
            rows.append("{\"id\":").append(i * 7919L).append("}\n");
        }
        byte[] whole = gzip(rows.toString());
        FileState file = feedline.put("strict/cut.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));
        assertThat(file.quarantined()).isEqualTo(1);
        assertThat(deep(file).out()).contains("  EQUAL: ").contains("1 in quarantine");
    }

    @Test
    void aFileThatWasHeldHasNoRowAnywhere() throws Exception {
        FileState file = feedline.put("held/bad.jsonl", "{\"a\":1}\nno\n".getBytes(UTF_8));
        assertThat(deep(file).out()).contains("EQUAL: 0 rows").contains("(no row of it was to be loaded)");
        feedline.sql("INSERT INTO FEEDLINE.RAW.HELD (_FILE_ID, _ROW) VALUES ('" + file.fileId() + "', 1)");
        assertThat(deep(file).out()).contains("row 1 is in the table, and the file has no such row to load");
    }

    @Test
    void anEmptyFileAndOneThatIsNoFeedAreComparedToo() throws Exception {
        assertThat(deep(feedline.put("strict/empty.jsonl", new byte[0])).out()).contains("EQUAL: 0 rows");
        FileState picture =
                feedline.put("strict/picture.jsonl", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
        assertThat(deep(picture).out())
                .contains("EQUAL: 0 rows")
                .contains("1 in quarantine (it is no feed but a PNG picture)");
    }

    @Test
    void aFileWhoseUploadIsGoneIsSaidNotToBeCompared() throws Exception {
        FileState file = feedline.put("strict/gone.jsonl", "{\"id\":1}\n".getBytes(UTF_8));
        feedline.s3()
                .deleteObject(request -> request.bucket(Buckets.EMBEDDED.source())
                        .key(file.key())
                        .versionId(file.version()));
        Ran ran = deep(file);
        assertThat(ran.out()).contains("NOT COMPARED (its upload is no longer in the bucket feedline-source)");
        assertThat(ran.code()).isEqualTo(ExitCode.UNBALANCED);
    }

    @Test
    void theJsonNamesTheOutcomeAndTheDifferences() throws Exception {
        FileState file = feedline.put("strict/json.jsonl", "{\"id\":5}\n".getBytes(UTF_8));
        feedline.sql("UPDATE FEEDLINE.RAW.STRICT SET ID = 6 WHERE _FILE_ID = '" + file.fileId() + "'");
        Ran ran = Ran.feedline("balance", "--deep", "--json", file.fileId(), "--data", folder);
        assertThat(ran.json().path(0).path("outcome").asString()).isEqualTo("DIFFERENT");
        assertThat(ran.json().path(0).path("firstDifferences").path(0).toString())
                .isEqualTo("{\"row\":1,\"column\":\"ID\",\"source\":\"5\",\"table\":\"6\",\"text\":"
                        + "\"row 1, column ID: the file has 5, the table has 6\"}");
    }

    private Ran deep(FileState file) {
        return Ran.feedline("balance", "--deep", file.fileId(), "--data", folder);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
