package dev.feedline.app.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.CsvCells;
import dev.feedline.rows.CsvDialect;
import dev.feedline.rows.CsvRows;
import dev.feedline.rows.JsonElements;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.RowSplitter;
import dev.feedline.rows.TextEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The two readers, which share no code, cut the strangest files into the same rows and find the same in them: neither
/// is the other's answer, and a quirk that only one of them has shows here.
class TwoReadersSimTest {
    private static final int FILES = 20_000;
    private static final List<String> COLUMNS = List.of("a", "b");
    private static final List<String> NULLS = List.of("", "N");

    @ParameterizedTest
    @ValueSource(strings = {"no escape", "escape", "returns end lines"})
    void cells(String dialect) throws IOException {
        boolean escapes = dialect.equals("escape");
        boolean returns = dialect.equals("returns end lines");
        CsvDialect first = new CsvDialect(',', '"', escapes ? '\\' : null, returns, true, COLUMNS, NULLS);
        CsvDialectTerms second =
                new CsvDialectTerms(',', '"', escapes ? '\\' : CsvDialectTerms.NONE, returns, true, COLUMNS, NULLS);
        for (int seed = 0; seed < FILES; seed++) {
            byte[] file = strange(seed, ",,,\"\"\n\n\r\\N x");
            CsvForm form = new CsvForm(second);
            CsvCells cells = new CsvCells(first, 1 << 20);
            List<String> ingested = ingested(
                    new CsvRows(new ByteArrayInputStream(file), TextEncoding.UTF_8, first, 1 << 20, Position.START),
                    row -> cells.read(row.bytes()) instanceof CsvCells.Cells.Sent sent
                            ? members(RowForm.JSON, sent.json())
                            : "none");
            List<String> again = again(new CsvLines(new ByteArrayInputStream(file), second), form);
            assertThat(again).as("seed %d: %s", seed, new String(file, UTF_8)).isEqualTo(ingested);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}[],\":1a \n\\", "[{}],,{} \"x\""})
    void json(String letters) throws IOException {
        for (int seed = 0; seed < FILES; seed++) {
            byte[] file = strange(seed, letters);
            List<String> ingested = ingested(
                    new JsonElements(new ByteArrayInputStream(file), TextEncoding.UTF_8, 1 << 20, Position.START),
                    row -> members(RowForm.JSON, row.bytes()));
            List<String> again = again(new JsonValues(new ByteArrayInputStream(file)), RowForm.JSON);
            assertThat(again).as("seed %d: %s", seed, new String(file, UTF_8)).isEqualTo(ingested);
        }
    }

    private static byte[] strange(int seed, String letters) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString().getBytes(UTF_8);
    }

    /// What a row holds.
    private interface Reading {
        String of(RawRow row) throws IOException;
    }

    private static List<String> ingested(RowSplitter splitter, Reading reading) throws IOException {
        List<String> rows = new ArrayList<>();
        for (RawRow row = splitter.next(); row != null; row = splitter.next()) {
            rows.add(new String(row.bytes(), UTF_8) + " is " + (row.flaw() == null ? reading.of(row) : "none"));
        }
        return rows;
    }

    private static List<String> again(RowSource source, RowForm form) throws IOException {
        List<String> rows = new ArrayList<>();
        for (SourceLine row = source.next(); row != null; row = source.next()) {
            rows.add(new String(row.bytes(), UTF_8) + " is "
                    + (row.flaw() == null ? members(form, row.bytes()) : "none"));
        }
        return rows;
    }

    private static String members(RowForm form, byte[] row) {
        try {
            List<String> members = new ArrayList<>();
            form.read(row)
                    .members()
                    .forEach((name, value) -> members.add(
                            name + "=" + (value instanceof Json.Text text ? text.value() : value.source())));
            return members.toString();
        } catch (NotARow e) {
            return "none";
        }
    }
}
