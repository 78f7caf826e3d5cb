package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The parts together, as ingest and convert use them.
class JourneyTest {
    private static final String FILE_ID = "0123456789abcdef01234567";

    @Test
    void aFileIsSplitInferredJudgedMarkedAndReadAgain() throws IOException {
        String file = "{\"id\":1,\"amount\":1.10}\r\n\n{\"id\":2,\"Id\":3}\n{\"id\":";
        List<RawRow> rows = new ArrayList<>();
        try (JsonLines lines =
                new JsonLines(new ByteArrayInputStream(file.getBytes(UTF_8)), RowLimits.DEFAULT.maxSourceBytes())) {
            for (RawRow row = lines.next(); row != null; row = lines.next()) {
                rows.add(row);
            }
        }
        Inference inference = new Inference(RowLimits.DEFAULT);
        rows.forEach(row -> inference.add(row.bytes()));
        Schema schema = SchemaJson.read(SchemaJson.write(inference.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD)));
        assertThat(schema.columns())
                .containsExactly(new Column("id", new Type.Int64()), new Column("amount", new Type.Decimal(38, 2)));

        RowReader reader = new RowReader(schema, SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
        ContentSum sent = new ContentSum();
        ContentSum arrived = new ContentSum();
        List<Verdict> verdicts = new ArrayList<>();
        for (RawRow row : rows) {
            if (reader.read(row.bytes()) instanceof Verdict.Bad bad) {
                verdicts.add(bad);
                continue;
            }
            sent.add(row.number(), Mark.asSent(row.bytes()));
            byte[] marked = Mark.splice(row.bytes(), FILE_ID, 0, row.number());
            arrived.add(Mark.parse(marked).orElseThrow());
            verdicts.add(reader.readMarked(marked, 0, marked.length));
        }
        assertThat(arrived.hex()).isEqualTo(sent.hex());
        assertThat(((Verdict.Good) verdicts.get(0)).values()).containsExactly(1L, new BigDecimal("1.10"));
        assertThat(((Verdict.Good) verdicts.get(1)).values()).containsExactly(2L, null);
        assertThat(((Verdict.Good) verdicts.get(1)).rescued()).isEqualTo("{\"Id\":3}");
        assertThat(((Verdict.Bad) verdicts.get(2)).code()).isEqualTo(BadRowCode.JSON_SYNTAX);
        assertThat(rows.get(2).line()).isEqualTo(4);
    }
}
