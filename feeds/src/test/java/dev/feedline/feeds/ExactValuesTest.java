package dev.feedline.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactValuesTest {
    @TempDir
    Path folder;

    @Test
    void numbersAreInTheLakeAsTheFileHasThem() throws Exception {
        assertThat(loaded(Schema.EMPTY, """
                {"big":9007199254740993,"long":12345678901234567.123456789012345678,"price":1.10,"code":"007","zero":-0}
                {"big":-1,"long":0.5,"price":2,"code":"7","zero":0}
                """))
                .containsExactly(
                        "9007199254740993|12345678901234567.123456789012345678|1.10|007|0",
                        "-1|0.500000000000000000|2.00|7|0");
    }

    @Test
    void aNumberThatNoColumnHoldsIsKeptAsTextOrQuarantined() throws Exception {
        assertThat(loaded(Schema.EMPTY, "{\"n\":1e400}\n{\"n\":1}\n")).containsExactly("1e400", "1");
        SmallPipeline pipeline =
                new SmallPipeline(FeedSettings.DEFAULT, new Schema(List.of(new Column("n", new Type.Decimal(12, 2)))));
        Receipt receipt = pipeline.ingest("orders/a", "{\"n\":1e400}\n{\"n\":1.10}\n{\"n\":1.105}\n".getBytes(UTF_8));
        assertThat(receipt.good()).isEqualTo(1);
        assertThat(receipt.bad()).isEqualTo(2);
    }

    private List<String> loaded(Schema declared, String file) throws Exception {
        SmallPipeline pipeline = new SmallPipeline(FeedSettings.DEFAULT, declared);
        pipeline.ingest("orders/a.jsonl", file.getBytes(UTF_8));
        pipeline.deliver();
        assertThat(pipeline.convert().converted()).isEqualTo(1);
        Path parquet = Files.write(
                folder.resolve("lake.parquet"), pipeline.lake().getFirst().bytes());
        List<String> rows = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet found = duckdb.createStatement()
                        .executeQuery("SELECT COLUMNS('^[^_].*')::VARCHAR FROM '" + parquet + "' ORDER BY _ROW")) {
            while (found.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    cells.add(found.getString(i));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }
}
