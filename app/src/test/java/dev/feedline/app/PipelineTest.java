package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileState.State;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Files go through the whole pipeline, services and all, and each ends in the state the design names for it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineTest {
    private static final String DEFINITION = """
            feeds:
              orders:
                schema: { columns: { id: bigint, amount: "decimal(38,18)", code: string } }
              orders_eu: {}
              held: { quarantine: { max-rows: 1 } }
              prices: { schema: { columns: { id: bigint, price: "decimal(12,2)", day: date, sold: boolean } } }
              latin: { format: csv, encoding: windows-1252, csv: { header: false, columns: [id, name], "null": [NULL] } }
            """;
    /// The smallest PNG there is: one transparent pixel.
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private TestingFeedline feedline;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        feedline = TestingFeedline.start(folder, DEFINITION);
    }

    @AfterAll
    void stop() {
        feedline.close();
    }

    @Test
    void goodRowsArriveWithTheirExactValues() throws Exception {
        FileState file = feedline.put("orders/exact.jsonl", """
                {"id":9007199254740993,"amount":12345678901234567.123456789012345678,"code":"007"}
                {"id":-0,"amount":1.10,"code":7}
                """.getBytes(UTF_8));
        assertThat(file.state()).isEqualTo(State.BALANCED);
        assertThat(rows(file, "ID, AMOUNT, CODE"))
                .containsExactly(
                        Map.of(
                                "ID",
                                "9007199254740993",
                                "AMOUNT",
                                "12345678901234567.123456789012345678",
                                "CODE",
                                "007"),
                        Map.of("ID", "0", "AMOUNT", "1.100000000000000000", "CODE", "7"));
    }

    @Test
    void aLakeObjectSaysWhichEngineWroteIt() throws Exception {
        FileState file = feedline.put("orders/engine.jsonl", "{\"id\":1}\n".getBytes(UTF_8));
        assertThat(file.state()).isEqualTo(State.BALANCED);
        String key = "data/orders/" + file.fileId() + "-0.parquet";
        assertThat(feedline.s3()
                        .headObject(request ->
                                request.bucket(Buckets.EMBEDDED.lake()).key(key))
                        .metadata())
                .containsExactly(Map.entry("feedline-engine", "native"));
    }

    @Test
    void aNewColumnIsAddedAndNestedValuesStayJson() throws Exception {
        FileState first = feedline.put("orders_eu/1.jsonl", "{\"a\":1}\n".getBytes(UTF_8));
        FileState second = feedline.put(
                "orders_eu/2.jsonl", "{\"a\":2,\"New\":{\"x\":[1,2.50,\"z\"]},\"odd key\":true}\n".getBytes(UTF_8));
        assertThat(List.of(first.state(), second.state())).containsOnly(State.BALANCED);
        assertThat(rows(second, "A, \"odd key\"")).containsExactly(Map.of("A", "2", "odd key", "true"));
        assertThat(rows(second, "NEW:x[1]::VARCHAR AS X")).containsExactly(Map.of("X", "2.50"));
        assertThat(feedline.sql("SELECT A FROM FEEDLINE.RAW.ORDERS_EU WHERE _FILE_ID = '" + first.fileId() + "'"))
                .containsExactly(Map.of("A", "1"));
    }

    @Test
    void badRowsAreInQuarantineWithTheirPlaceAndTheRestIsLoaded() throws Exception {
        FileState file = feedline.put(
                "orders/mixed.jsonl",
                "{\"id\":1,\"amount\":1}\n{\"id\":1.5}\n\n{\"id\":3,\"amount\":1e400}\n{\"id\":4\n{\"id\":5}"
                        .getBytes(UTF_8));
        assertThat(file.state()).isEqualTo(State.BALANCED);
        assertThat(List.of(file.received(), file.loaded(), file.quarantined())).containsExactly(5L, 2L, 3L);
        assertThat(feedline.sql("SELECT ROW_NUMBER, LINE, BYTE_OFFSET, COLUMN_NAME, RAW FROM FEEDLINE.OPS.QUARANTINE"
                        + " WHERE FILE_ID = '" + file.fileId() + "' AND ROW_NUMBER = 3"))
                .containsExactly(Map.of(
                        "ROW_NUMBER",
                        "3",
                        "LINE",
                        "4",
                        "BYTE_OFFSET",
                        "32",
                        "COLUMN_NAME",
                        "amount",
                        "RAW",
                        "{\"id\":3,\"amount\":1e400}"));
    }

    @Test
    void aRowOfHalfAMegabyteIsLoadedAndOneOverTheLimitIsQuarantined() throws Exception {
        String large = "{\"text\":\"" + "x".repeat(500_000) + "\"}\n";
        String tooLarge = "{\"text\":\"" + "y".repeat(901 * 1024) + "\"}\n";
        FileState file = feedline.put("orders/large-rows.jsonl", (large + tooLarge + large).getBytes(UTF_8));
        assertThat(List.of(file.received(), file.loaded(), file.quarantined())).containsExactly(3L, 2L, 1L);
        assertThat(rows(file, "LENGTH(TEXT) AS N")).containsOnly(Map.of("N", "500000"));
        assertThat(feedline.sql(
                        "SELECT ROW_NUMBER, CODE FROM FEEDLINE.OPS.QUARANTINE WHERE FILE_ID = '" + file.fileId() + "'"))
                .containsExactly(Map.of("ROW_NUMBER", "2", "CODE", "ROW-TOO-LONG"));
    }

    @Test
    void theSameContentAgainIsSkippedAndNewContentIsAFileOfItsOwn() throws Exception {
        byte[] body = "{\"id\":77}\n".getBytes(UTF_8);
        FileState first = feedline.put("orders/again.jsonl", body);
        FileState same = feedline.put("orders/again.jsonl", body);
        FileState other = feedline.put("orders/again.jsonl", "{\"id\":78}\n".getBytes(UTF_8));
        assertThat(List.of(first.state(), same.state(), other.state()))
                .containsExactly(State.BALANCED, State.SKIPPED, State.BALANCED);
        assertThat(feedline.sql("SELECT ID FROM FEEDLINE.RAW.ORDERS WHERE ID IN (77, 78) ORDER BY ID"))
                .containsExactly(Map.of("ID", "77"), Map.of("ID", "78"));
    }

    @Test
    void anEmptyFileBalancesAtZero() throws Exception {
        FileState file = feedline.put("orders/empty.jsonl", new byte[0]);
        assertThat(file.state()).isEqualTo(State.BALANCED);
        assertThat(List.of(file.received(), file.loaded(), file.quarantined())).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aFileOfOnlyBadRowsBalances() throws Exception {
        FileState file = feedline.put("orders/bad.jsonl", "no\nnot\nnever\n".getBytes(UTF_8));
        assertThat(file.state()).isEqualTo(State.BALANCED);
        assertThat(List.of(file.received(), file.loaded(), file.quarantined())).containsExactly(3L, 0L, 3L);
    }

    @Test
    void aPictureIsOneQuarantinedRow() throws Exception {
        FileState file = feedline.put("orders/picture.jsonl", PNG);
        assertThat(file.state()).isEqualTo(State.BALANCED);
        assertThat(List.of(file.received(), file.quarantined())).containsExactly(1L, 1L);
        assertThat(feedline.sql("SELECT CODE FROM FEEDLINE.OPS.QUARANTINE WHERE FILE_ID = '" + file.fileId() + "'"))
                .containsExactly(Map.of("CODE", "NOT-A-FEED"));
    }

    @Test
    void aFileOverItsLimitIsHeldWhole() throws Exception {
        FileState file = feedline.put("held/1.jsonl", "{\"a\":1}\nbad\nworse\n".getBytes(UTF_8));
        assertThat(file.state()).isEqualTo(State.HELD);
        assertThat(file.loaded()).isZero();
        assertThat(file.reason()).isNotBlank();
    }

    @Test
    void aKeyUnderNoFeedIsSaidToBeSoAndAFolderKeyIsNoFile() throws Exception {
        String version = feedline.upload("nobody/1.jsonl", "{}\n".getBytes(UTF_8));
        feedline.upload("orders/", new byte[0]);
        assertThat(feedline.pipeline().file("nobody/1.jsonl", version))
                .hasValueSatisfying(file -> assertThat(file.state()).isEqualTo(State.NO_FEED));
        assertThat(feedline.pipeline().files()).noneMatch(file -> file.key().equals("orders/"));
    }

    @Test
    void feedsWhoseNamesBeginAlikeDoNotMix() throws Exception {
        FileState eu = feedline.put("orders_eu/side.jsonl", "{\"side\":\"eu\"}\n".getBytes(UTF_8));
        FileState us = feedline.put("orders/side.jsonl", "{\"side\":\"us\"}\n".getBytes(UTF_8));
        assertThat(List.of(eu.state(), us.state())).containsOnly(State.BALANCED);
        assertThat(rows(us, "SIDE")).containsExactly(Map.of("SIDE", "us"));
        assertThat(feedline.sql("SELECT COUNT(*) AS N FROM FEEDLINE.RAW.ORDERS WHERE _FILE_ID = '" + eu.fileId() + "'"))
                .containsExactly(Map.of("N", "0"));
    }

    @Test
    void aGzipIsReadByItsContent() throws Exception {
        FileState file = feedline.put("orders_eu/events.gz", TestingFeedline.example("events.jsonl.gz"));
        assertThat(file.state()).isEqualTo(State.BALANCED);
        assertThat(List.of(file.received(), file.loaded())).containsExactly(6000L, 6000L);
    }

    @Test
    void aCsvFileArrivesWithItsExactValuesAndItsBadRowsAsTheyWere() throws Exception {
        FileState file = feedline.put("prices/today.csv", """
                id;price;day;sold;code;note
                1;1.1;2026-11-22;yes;007;"a;b
                c"
                2;1,1;2026-11-22;no;008;
                3;;;;"";x

                4;5
                """.getBytes(UTF_8));
        assertThat(file.state()).isEqualTo(State.BALANCED);
        assertThat(List.of(file.received(), file.loaded(), file.quarantined())).containsExactly(4L, 2L, 2L);
        assertThat(rows(file, "ID, PRICE, DAY, SOLD, CODE, NOTE"))
                .containsExactly(
                        Map.of(
                                "ID",
                                "1",
                                "PRICE",
                                "1.10",
                                "DAY",
                                "2026-11-22",
                                "SOLD",
                                "true",
                                "CODE",
                                "007",
                                "NOTE",
                                "a;b\nc"),
                        Map.of("ID", "3", "CODE", "", "NOTE", "x"));
        assertThat(feedline.sql("SELECT ROW_NUMBER, LINE, BYTE_OFFSET, CODE, RAW FROM FEEDLINE.OPS.QUARANTINE"
                        + " WHERE FILE_ID = '" + file.fileId() + "' ORDER BY ROW_NUMBER"))
                .containsExactly(
                        Map.of(
                                "ROW_NUMBER",
                                "2",
                                "LINE",
                                "4",
                                "BYTE_OFFSET",
                                "61",
                                "CODE",
                                "TYPE-MISMATCH",
                                "RAW",
                                "2;1,1;2026-11-22;no;008;"),
                        Map.of(
                                "ROW_NUMBER",
                                "4",
                                "LINE",
                                "7",
                                "BYTE_OFFSET",
                                "97",
                                "CODE",
                                "CSV-RAGGED-ROW",
                                "RAW",
                                "4;5"));
    }

    @Test
    void aLatinFileWithoutAHeaderIsReadAsDeclared() throws Exception {
        FileState file = feedline.put("latin/1", "1,Müller\n2,NULL\n".getBytes(Charset.forName("windows-1252")));
        assertThat(file.state()).isEqualTo(State.BALANCED);
        assertThat(rows(file, "ID, NAME")).containsExactly(Map.of("ID", "1", "NAME", "Müller"), Map.of("ID", "2"));
    }

    @Test
    void aJsonArrayAndObjectsInARowAreReadRowByRow() throws Exception {
        FileState array = feedline.put("orders/array.json", "[\n {\"id\":31,\n  \"code\":\"x\"},\n 7]".getBytes(UTF_8));
        assertThat(List.of(array.received(), array.loaded(), array.quarantined()))
                .containsExactly(2L, 1L, 1L);
        assertThat(rows(array, "ID, CODE")).containsExactly(Map.of("ID", "31", "CODE", "x"));
        FileState open = feedline.put("orders/open.json", "[{\"id\":32},{\"id\":33}".getBytes(UTF_8));
        assertThat(open.state()).isEqualTo(State.BALANCED);
        assertThat(List.of(open.received(), open.loaded(), open.quarantined())).containsExactly(3L, 2L, 1L);
    }

    @Test
    void everyContainerIsReadAndACutOneKeepsItsRows() throws Exception {
        byte[] csv = "id,price\n1,1\n2,2\n".getBytes(UTF_8);
        byte[] zstd = Zstd.compress(csv);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(out)) {
            bzip2.write(csv);
        }
        FileState first = feedline.put("prices/a.csv.zst", zstd);
        FileState second = feedline.put("prices/a.csv.bz2", out.toByteArray());
        for (FileState file : List.of(first, second)) {
            assertThat(file.state()).isEqualTo(State.BALANCED);
            assertThat(rows(file, "ID, PRICE"))
                    .containsExactly(Map.of("ID", "1", "PRICE", "1.00"), Map.of("ID", "2", "PRICE", "2.00"));
        }
        byte[] more = Zstd.compress("3,3\n".getBytes(UTF_8));
        byte[] two = Arrays.copyOf(zstd, zstd.length + more.length);
        System.arraycopy(more, 0, two, zstd.length, more.length);
        FileState cut = feedline.put("prices/cut.csv.zst", Arrays.copyOf(two, two.length - 3));
        assertThat(cut.state()).isEqualTo(State.BALANCED);
        assertThat(cut.quarantined()).isEqualTo(1);
        assertThat(cut.loaded()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aBombIsHeldAndAHeaderAloneBalancesAtZero() throws Exception {
        byte[] blanks = new byte[80 << 20];
        Arrays.fill(blanks, (byte) ' ');
        FileState bomb = feedline.put("prices/bomb.zst", Zstd.compress(blanks));
        assertThat(bomb.state()).isEqualTo(State.HELD);
        assertThat(bomb.reason()).startsWith("CONTAINER-EXPANDS");
        FileState header = feedline.put("prices/header.csv", "id,price\r\n".getBytes(UTF_8));
        assertThat(header.state()).isEqualTo(State.BALANCED);
        assertThat(header.received()).isZero();
        FileState noHeader = feedline.put("prices/none.csv", "id,\"price\n1,2\n".getBytes(UTF_8));
        assertThat(noHeader.state()).isEqualTo(State.FAILED);
        assertThat(noHeader.reason()).startsWith("CSV-HEADER");
    }

    private List<Map<String, Object>> rows(FileState file, String columns) {
        return feedline.sql("SELECT " + columns + " FROM " + dev.feedline.feeds.Names.table(file.feed())
                + " WHERE _FILE_ID = '" + file.fileId() + "' ORDER BY _ROW");
    }
}
