package dev.feedline.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.feedline.convert.ChunkName;
import dev.feedline.feeds.FeedSettings.Format;
import dev.feedline.feeds.FeedSettings.OnReupload;
import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import dev.feedline.rows.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FormatsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] ROWS = "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n".getBytes(UTF_8);

    private final SmallPipeline pipeline = new SmallPipeline(FeedSettings.DEFAULT, Schema.EMPTY);

    @Test
    void aJsonArrayIsReadElementByElementAndItsFaultsStayTheirs() throws IOException {
        String file = "[\n  {\"id\": 1},\n  {\"id\": tru},\n  7,\n  {\n    \"id\": 2\n  }\n]\n";
        Receipt receipt = pipeline.ingest("orders/a.json", file.getBytes(UTF_8));
        assertThat(counts(receipt)).containsExactly(4L, 2L, 2L);
        assertThat(quarantine(receipt, 0, "ROW_NUMBER", "CODE", "LINE", "BYTE_OFFSET", "RAW"))
                .containsExactly("2|JSON-SYNTAX|3|17|{\"id\": tru}", "3|ROW-NOT-AN-OBJECT|4|32|7");
        assertThat(sent()).containsExactly("{\"id\": 1}", "{     \"id\": 2   }");
    }

    @Test
    void anArrayThatLosesItsWayBalancesWithOneRowForTheRest() throws IOException {
        Receipt receipt =
                pipeline.ingest("orders/a.json", "[{\"id\":1},{\"n\":\"x},{\"id\":2},{\"id\":3}]".getBytes(UTF_8));
        assertThat(counts(receipt)).containsExactly(2L, 1L, 1L);
        assertThat(quarantine(receipt, 0, "ROW_NUMBER", "CODE", "RAW"))
                .containsExactly("2|UNPARSED-TAIL|{\"n\":\"x},{\"id\":2},{\"id\":3}]");
    }

    @Test
    void anInvocationGoesOnWithinAnArrayAndWithinACsvFile() throws IOException {
        byte[] array = "[{\"id\":1},\n{\"id\":2},\n{\"id\":3}".getBytes(UTF_8);
        assertThat(counts(inChunksOfOneRow("orders/a.json", array))).containsExactly(4L, 3L, 1L);
        byte[] csv = "id;note\r\n1;\"x\r\ny\"\r\n\r\n2;\r\n3\r\n".getBytes(Charset.forName("UTF-16LE"));
        byte[] marked = joined(new byte[] {(byte) 0xff, (byte) 0xfe}, csv);
        Receipt receipt = inChunksOfOneRow("orders/b.csv", marked);
        assertThat(counts(receipt)).containsExactly(3L, 2L, 1L);
        assertThat(quarantine(receipt, 2, "ROW_NUMBER", "CODE", "LINE", "BYTE_OFFSET", "RAW"))
                .containsExactly("3|CSV-RAGGED-ROW|6|52|3");
    }

    @Test
    void cellsTravelAsTextAndColumnsReadThemExactly() throws IOException {
        Schema declared = new Schema(List.of(
                new Column("id", new Type.Int64()),
                new Column("amount", new Type.Decimal(12, 2)),
                new Column("on", new Type.Date())));
        SmallPipeline csv = new SmallPipeline(FeedSettings.DEFAULT, declared);
        Receipt receipt = csv.ingest("orders/a.csv", """
                id,amount,on,code
                1,1.1,2026-11-22,007
                2,"1,5",2026-11-22,x
                3,,,""
                4,1.105,2026-11-22,x
                """.getBytes(UTF_8));
        assertThat(counts(receipt)).containsExactly(4L, 2L, 2L);
        assertThat(quarantine(csv, receipt, 0, "ROW_NUMBER", "CODE", "LINE", "COLUMN_NAME", "DETAIL", "RAW"))
                .containsExactly(
                        "2|TYPE-MISMATCH|3|amount|expected decimal(12,2), found \"1,5\"|2,\"1,5\",2026-11-22,x",
                        "4|TYPE-MISMATCH|5|amount|expected decimal(12,2), found \"1.105\"|4,1.105,2026-11-22,x");
        assertThat(sent(csv))
                .containsExactly(
                        "{\"id\":\"1\",\"amount\":\"1.1\",\"on\":\"2026-11-22\",\"code\":\"007\"}",
                        "{\"id\":\"3\",\"code\":\"\"}");
        assertThat(csv.convert().converted()).isEqualTo(1);
        assertThat(schema(csv)).contains("Column[name=code, type=Text[]]");
    }

    @Test
    void whereCsvIsDeclaredAFileThatDoesNotBeginAsJsonIsCsv() throws IOException {
        CsvSettings escaped = new CsvSettings(";", "auto", "\\", true, List.of(), List.of(""));
        SmallPipeline declared = pipeline(Format.AUTO, escaped, TextEncoding.UTF_8);
        // No two rows have as many semicolons, so nothing but the declaration says that it is CSV.
        Receipt receipt = declared.ingest("orders/a", "id;note\n1;a\\;b\n2;c\\;d\\;e\n".getBytes(UTF_8));
        assertThat(counts(receipt)).containsExactly(2L, 2L, 0L);
        assertThat(sent(declared))
                .containsExactly("{\"id\":\"1\",\"note\":\"a;b\"}", "{\"id\":\"2\",\"note\":\"c;d;e\"}");
        CsvSettings oneColumn = new CsvSettings("auto", "auto", "none", false, List.of("code"), List.of(""));
        SmallPipeline list = pipeline(Format.AUTO, oneColumn, TextEncoding.UTF_8);
        assertThat(counts(list.ingest("orders/b.txt", "007\n008\n".getBytes(UTF_8))))
                .containsExactly(2L, 2L, 0L);
        assertThat(sent(list)).containsExactly("{\"code\":\"007\"}", "{\"code\":\"008\"}");
        SmallPipeline json = pipeline(Format.AUTO, escaped, TextEncoding.UTF_8);
        assertThat(counts(json.ingest("orders/c", ROWS))).containsExactly(3L, 3L, 0L);
        assertThat(sent(json)).startsWith("{\"id\":1}");
    }

    @Test
    void aHeaderAloneBalancesAtZeroAndSoDoesNothing() throws IOException {
        for (Format format : List.of(Format.CSV, Format.TSV, Format.JSON)) {
            SmallPipeline declared = pipeline(format, CsvSettings.DEFAULT, TextEncoding.UTF_8);
            assertThat(counts(declared.ingest("orders/empty", new byte[0]))).containsExactly(0L, 0L, 0L);
            byte[] header = format == Format.JSON ? "[ ]".getBytes(UTF_8) : "id\tname\n".getBytes(UTF_8);
            assertThat(counts(declared.ingest("orders/header", header))).containsExactly(0L, 0L, 0L);
        }
    }

    @Test
    void aHeaderThatCannotNameColumnsFailsTheFileWithTheReason() throws IOException {
        Receipt latin =
                pipeline.ingest("orders/a.csv", "id,stra\u00dfe\n1,x\n".getBytes(Charset.forName("windows-1252")));
        assertThat(latin.state()).isEqualTo(Receipt.State.FAILED);
        assertThat(latin.reason()).startsWith("CSV-HEADER: the header is not text in UTF-8; declare");
        Receipt open = pipeline.ingest("orders/b.csv", "id,\"name\n1,x\n".getBytes(UTF_8));
        assertThat(open.reason()).isEqualTo("CSV-HEADER: a quote that the header opens on line 1 is not closed");
        Receipt wide = pipeline.ingest("orders/c.csv", ("a" + ",a".repeat(10_000) + "\n").getBytes(UTF_8));
        assertThat(wide.reason()).startsWith("CSV-HEADER: the header has 10001 cells");
        Receipt endless = pipeline.ingest("orders/d.csv", "a,".repeat(600_000).getBytes(UTF_8));
        assertThat(endless.reason()).isEqualTo("CSV-HEADER: the header is longer than 1048576 bytes");
    }

    @Test
    void aDeclaredEncodingIsReadAndWhatIsNotTextIsItsRowsFault() throws IOException {
        SmallPipeline latin = pipeline(Format.AUTO, CsvSettings.DEFAULT, TextEncoding.WINDOWS_1252);
        latin.ingest("orders/a.csv", "id,straße\n1,5 €\n".getBytes(Charset.forName("windows-1252")));
        assertThat(sent(latin)).containsExactly("{\"id\":\"1\",\"straße\":\"5 €\"}");
        byte[] mixed = "id,name\n1,é\n2,x\n".getBytes(UTF_8);
        mixed[10] = (byte) 0xe9;
        mixed[11] = 'z';
        Receipt receipt = pipeline.ingest("orders/b.csv", mixed);
        assertThat(counts(receipt)).containsExactly(2L, 1L, 1L);
        assertThat(quarantine(receipt, 0, "ROW_NUMBER", "CODE")).containsExactly("1|CSV-ENCODING");
    }

    @Test
    void namesMayBeGivenAndFilesMayHaveNoHeader() throws IOException {
        CsvSettings given = new CsvSettings("|", "none", "none", false, List.of("id", "name"), List.of("", "\\N"));
        SmallPipeline bare = pipeline(Format.CSV, given, TextEncoding.UTF_8);
        bare.ingest("orders/a", "1|\"x\n2|\\N\n".getBytes(UTF_8));
        assertThat(sent(bare)).containsExactly("{\"id\":\"1\",\"name\":\"\\\"x\"}", "{\"id\":\"2\"}");
        CsvSettings counted = new CsvSettings("auto", "auto", "none", false, List.of(), List.of(""));
        SmallPipeline nameless = pipeline(Format.TSV, counted, TextEncoding.UTF_8);
        nameless.ingest("orders/a", "1\tx,y\n".getBytes(UTF_8));
        assertThat(sent(nameless)).containsExactly("{\"column1\":\"1\",\"column2\":\"x,y\"}");
    }

    @Test
    void everyContainerIsToldByItsContentInSeveralMembers() throws IOException {
        for (Packer packer : List.<Packer>of(FormatsTest::gzip, Zstd::compress, FormatsTest::bzip2)) {
            byte[] two = joined(packer.pack(ROWS), packer.pack("{\"id\":4}".getBytes(UTF_8)));
            assertThat(counts(pipeline.ingest("orders/two", two))).containsExactly(4L, 4L, 0L);
        }
    }

    @Test
    void everyCutOfAContainerLosesOneRowAtMostAndSaysSo() throws IOException {
        for (Packer packer : List.<Packer>of(FormatsTest::gzip, Zstd::compress, FormatsTest::bzip2)) {
            byte[] first = packer.pack(ROWS);
            byte[] two = joined(first, packer.pack("{\"id\":4}\n".getBytes(UTF_8)));
            for (int length = first.length; length <= two.length; length++) {
                Receipt receipt = pipeline.ingest("orders/cut-" + two.length, Arrays.copyOf(two, length));
                boolean whole = length == first.length || length == two.length;
                assertThat(receipt.state())
                        .as("cut at %d of %d", length, two.length)
                        .isEqualTo(Receipt.State.INGESTED);
                assertThat(receipt.bad())
                        .as("cut at %d of %d", length, two.length)
                        .isEqualTo(whole ? 0 : 1);
                assertThat(receipt.good())
                        .as("cut at %d of %d", length, two.length)
                        .isBetween(3L, 4L);
            }
        }
    }

    @Test
    void damageIsHeldWhateverTheContainer() throws IOException {
        byte[] zstd = Zstd.compress(ROWS);
        zstd[4] |= 0x08; // a reserved bit of the frame header: RFC 8878, 3.1.1.1.1.4
        byte[] bzip2 = bzip2(ROWS);
        bzip2[10] ^= 1; // within the block's CRC
        byte[] garbage = joined(bzip2(ROWS), "garbage".getBytes(UTF_8));
        for (byte[] damaged : List.of(zstd, bzip2, garbage)) {
            Receipt receipt = pipeline.ingest("orders/damaged", damaged);
            assertThat(receipt.state()).isEqualTo(Receipt.State.HELD);
            assertThat(receipt.reason()).startsWith("CONTAINER-DAMAGED");
        }
    }

    @Test
    void aBombIsHeldBeforeItGoesOff() throws IOException {
        ContainerLimits small = new ContainerLimits(50, 1 << 20);
        byte[] blanks = new byte[8 << 20];
        Arrays.fill(blanks, (byte) ' ');
        for (Packer packer : List.<Packer>of(FormatsTest::gzip, Zstd::compress, FormatsTest::bzip2)) {
            SourceVersion file = pipeline.upload("orders/bomb", packer.pack(joined(ROWS, blanks)));
            IngestSettings bounds = IngestSettings.DEFAULT.containers(small);
            pipeline.ingest(event(file), 900_000, bounds);
            Receipt receipt = pipeline.receipt(file.fileId());
            assertThat(receipt.state()).isEqualTo(Receipt.State.HELD);
            assertThat(receipt.reason())
                    .startsWith("CONTAINER-EXPANDS: the first ")
                    .endsWith("50 times as many");
        }
    }

    @Test
    void aContainerWithinAContainerIsNoFeed() throws IOException {
        Receipt receipt = pipeline.ingest("orders/twice.gz", gzip(gzip(ROWS)));
        assertThat(counts(receipt)).containsExactly(1L, 0L, 1L);
        assertThat(quarantine(receipt, 0, "CODE", "DETAIL")).containsExactly("NOT-A-FEED|the file is gzip data");
    }

    @Test
    void everyFormatIsHeldByRowsAndByShare() throws IOException {
        byte[] csv = "id,name\n1,x\n2\n3,z\n".getBytes(UTF_8);
        byte[] json = "[{\"id\":1},2,{\"id\":3}]".getBytes(UTF_8);
        byte[] lines = "{\"id\":1}\n2\n{\"id\":3}\n".getBytes(UTF_8);
        for (byte[] file : List.of(csv, json, lines, gzip(csv), Zstd.compress(json), bzip2(lines))) {
            assertThat(limited(0, 100).ingest("orders/a.csv", file).state()).isEqualTo(Receipt.State.HELD);
            assertThat(limited(1, 33).ingest("orders/a.csv", file).state()).isEqualTo(Receipt.State.HELD);
            SmallPipeline within = limited(1, 34);
            assertThat(counts(within.ingest("orders/a.csv", file))).containsExactly(3L, 2L, 1L);
            SmallPipeline over = limited(0, 100);
            Receipt held = over.ingest("orders/a.csv", file);
            assertThat(held.reason()).startsWith("QUARANTINE-LIMIT: 1 of 3 rows are bad");
            over.deliver();
            over.convert();
            assertThat(over.lake()).isEmpty();
        }
    }

    private SmallPipeline limited(long rows, double percent) {
        return new SmallPipeline(
                new FeedSettings(Format.AUTO, SchemaPolicy.DEFAULT, rows, percent, OnReupload.LOAD), Schema.EMPTY);
    }

    private static SmallPipeline pipeline(Format format, CsvSettings csv, TextEncoding encoding) {
        FeedSettings settings =
                new FeedSettings(format, encoding, csv, SchemaPolicy.DEFAULT, Long.MAX_VALUE, 100, OnReupload.LOAD);
        return new SmallPipeline(settings, Schema.EMPTY);
    }

    private Receipt inChunksOfOneRow(String key, byte[] content) throws IOException {
        SourceVersion file = pipeline.upload(key, content);
        byte[] event = event(file);
        for (String said = ""; !said.contains("SETTLED"); ) {
            said = pipeline.ingest(event, 1_000, IngestSettings.DEFAULT.chunkBytes(1));
        }
        return pipeline.receipt(file.fileId());
    }

    private static byte[] event(SourceVersion file) {
        return S3Events.write(new S3Events.ObjectReference(file.bucket(), file.key(), file.versionId()));
    }

    private static List<Long> counts(Receipt receipt) {
        assertThat(receipt.state()).isEqualTo(Receipt.State.INGESTED);
        return List.of(receipt.received(), receipt.good(), receipt.bad());
    }

    private static String schema(SmallPipeline of) {
        return new FeedCatalog(of.glue).find("orders").orElseThrow().schema().toString();
    }

    private List<String> sent() {
        return sent(pipeline);
    }

    /// What landed, without the marks.
    private static List<String> sent(SmallPipeline of) {
        of.deliver();
        return of.s3.objects("feedline-landing").stream()
                .filter(object -> object.key().startsWith("data/"))
                .flatMap(object -> new String(object.bytes(), UTF_8).lines())
                .filter(line -> !line.isBlank())
                .map(line -> line.replaceFirst("\"_FL\":\"[^\"]*\",?", ""))
                .toList();
    }

    private List<String> quarantine(Receipt receipt, long chunk, String... members) {
        return quarantine(pipeline, receipt, chunk, members);
    }

    private static List<String> quarantine(SmallPipeline of, Receipt receipt, long chunk, String... members) {
        String lines = new String(of.landing(Names.quarantine(new ChunkName(receipt.fileId(), chunk))), UTF_8);
        return lines.lines()
                .map(JSON::readTree)
                .map(line -> String.join(
                        "|",
                        Arrays.stream(members)
                                .map(line::required)
                                .map(JsonNode::asString)
                                .toList()))
                .toList();
    }

    private interface Packer {
        byte[] pack(byte[] bytes) throws IOException;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] bzip2(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(out)) {
            bzip2.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
