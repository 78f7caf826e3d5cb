package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.feedline.snowflake.DialectCases.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// fakesnow's public list of transforms as a checklist: what each is about is supported, or refused in Snowflake's
/// shape. `docs/snowflake-checklist.md` is written from here; `-Dfeedline.write` writes it.
///
/// The statements of `dialect/fakesnow.txt` run one after the other, in one warehouse.
class FakesnowChecklistTest {
    /// As fakesnow's `transforms` package exports them.
    private static final Set<String> TRANSFORMS = Set.of("""
            alias_in_join alter_session alter_table_add_multiple_columns alter_table_strip_cluster_by array_agg
            array_agg_within_group array_construct_etc array_size create_clone create_database create_stage
            create_table_as create_table_autoincrement create_user current_version dateadd_date_cast
            dateadd_string_literal_timestamp_cast datediff_string_literal_timestamp_cast describe_table
            drop_schema_cascade extract_comment_on_columns extract_comment_on_table extract_text_length flatten
            flatten_value_cast_as_varchar float_to_double haversine hex_string identifier indices_to_json_extract
            information_schema_databases information_schema_fs integer_precision json_extract_cased_as_varchar
            json_extract_cast_as_varchar json_extract_precedence list_stage merge numeric_agg_implicit_cast object_agg
            object_construct put_stage random regex_replace regex_substr result_scan sample semi_structured_types
            sequence_nextval set_schema sha256 show_columns show_databases show_functions show_keys show_procedures
            show_schemas show_stages show_tables_etc show_users show_warehouses split tag timestamp_ntz
            timestamp_offsets to_date to_decimal to_timestamp to_variant trim_cast_varchar try_parse_json
            update_variables upper_case_unquoted_identifiers values_columns
            """.strip().split("\\s+"));

    private static final String HEAD = """
            # fakesnow's transforms, one by one

            [fakesnow](https://github.com/tekumara/fakesnow) runs Snowflake's SQL on DuckDB, too, by transforms of statements. Its list of
            them is a checklist here: each is supported, refused by name, or both, where it has more than one form. The statements
            are run by `FakesnowChecklistTest`, which writes this page; their rows are written by hand.

            | transform | | statement |
            |---|---|---|
            """;

    private static TestWarehouse warehouse;

    @BeforeAll
    static void open(@TempDir Path folder) {
        warehouse = new TestWarehouse(folder);
        warehouse.run("create database d");
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAsTheListSays(Case one) {
        if (isElsewhere(one)) {
            String[] test = elsewhere(one).split("\\.");
            assertThat(Path.of("..", "gateway/src/test/java/dev/feedline/gateway", test[0] + ".java"))
                    .content()
                    .contains("void " + test[1] + "(");
        } else if (one.refusal().isPresent()) {
            assertThat(catchThrowable(() -> warehouse.rows(one.sql())))
                    .isInstanceOfSatisfying(
                            SnowflakeException.class,
                            e -> assertThat(e.sqlState())
                                    .as(e.getMessage())
                                    .isEqualTo(one.refusal().get()));
        } else if (one.expected().getFirst().equals("see: no rows")) {
            assertThat(warehouse.rows(one.sql())).isEmpty();
        } else if (one.expected().getFirst().startsWith("see: column ")) {
            String[] said = one.expected().getFirst().substring(12).split(" = ");
            assertThat(warehouse.column(one.sql(), said[0])).containsExactly(said[1].split(", "));
        } else {
            assertThat(warehouse.rows(one.sql())).containsExactlyElementsOf(one.expected());
        }
    }

    @Test
    void everyTransformIsOnTheList() {
        assertThat(cases().stream().map(Case::source).collect(Collectors.toSet()))
                .isEqualTo(TRANSFORMS)
                .hasSize(74);
    }

    @Test
    void thePageSaysWhatTheListSays() throws IOException {
        Path page = Path.of("..", "docs", "snowflake-checklist.md");
        Map<String, Map<String, String>> byTransform = new TreeMap<>();
        for (Case one : cases()) {
            String verdict = isElsewhere(one)
                    ? "supported, `" + elsewhere(one) + "`"
                    : one.refusal().map(state -> "refused, " + state).orElse("supported");
            byTransform
                    .computeIfAbsent(one.source(), transform -> new LinkedHashMap<>())
                    .merge(
                            verdict,
                            isElsewhere(one) ? "" : "`" + one.sql().replace("|", "\\|") + "`",
                            (a, b) -> a + "<br>" + b);
        }
        StringBuilder text = new StringBuilder(HEAD);
        byTransform.forEach((transform, verdicts) -> verdicts.forEach((verdict, statements) -> text.append("| ")
                .append(transform)
                .append(" | ")
                .append(verdict)
                .append(" | ")
                .append(statements)
                .append(" |\n")));
        if (System.getProperty("feedline.write") != null) {
            Files.writeString(page, text);
        }
        assertThat(page).content().isEqualTo(text.toString());
    }

    private static boolean isElsewhere(Case one) {
        return one.sql().startsWith("see: ");
    }

    private static String elsewhere(Case one) {
        return one.sql().substring(5);
    }

    static List<Case> cases() {
        return DialectCases.read("fakesnow");
    }
}
