package dev.feedline.snowflake;

import static dev.feedline.snowflake.BadFiles.concatenated;
import static dev.feedline.snowflake.BadFiles.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.snowflake.BadFiles.Bad;
import dev.feedline.snowflake.BadFiles.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad files, with what COPY and the histories say of each; whatever is bad, nothing is left behind but that.
class BadFilesTest extends SharedWarehouse {
    private static final String HISTORY = "start_time => dateadd(hour, -1, current_timestamp())))";

    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
        warehouse.run("create stage s url = 's3://lake/'");
        warehouse.run("create table t (id number not null, name varchar(10))");
    }

    @AfterEach
    void nothingHasFailed() {
        assertThat(warehouse.failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.feedline.snowflake.BadFiles#all")
    void copyTellsWhatIsWrongInAllItsForms(Bad bad) throws IOException {
        String key = bad.format().key();
        warehouse.s3.put("lake", key, bad.bytes());
        String copy = bad.format().copy() + " on_error = ";
        warehouse.refuses(copy + "abort_statement", bad.code().substring(7), bad.error());
        assertThat(warehouse.rows("select * from table(information_schema.copy_history(table_name => 'T', " + HISTORY))
                .as("an aborted COPY leaves no history")
                .isEmpty();
        row(copy + "skip_file", "s3://lake/" + key + "|LOAD_FAILED|" + bad.parsed() + "|0|1|" + bad.errors(), bad);
        assertThat(warehouse.rows("select * from t")).isEmpty();
        String status = bad.good() == 0 ? "LOAD_FAILED|" : "PARTIALLY_LOADED|";
        row(
                copy + "continue",
                "s3://lake/" + key + "|" + status + bad.parsed() + "|" + bad.good() + "|" + bad.parsed() + "|"
                        + bad.errors(),
                bad);
        assertThat(warehouse.rows("select count(*) from t")).containsExactly(String.valueOf(bad.good()));
        row(
                "select status, row_parsed, row_count, error_limit, error_count, first_error_message,"
                        + " first_error_line_number, first_error_character_position, first_error_col_name"
                        + " from information_schema.load_history where status = 'LOAD FAILED' and error_limit = 1",
                "LOAD FAILED|" + bad.parsed() + "|0|1|" + bad.errors(),
                bad);
        warehouse.nothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(names = {"CSV", "JSON"})
    void textOfNothingIsLoadedAsNoRows(Format format) {
        for (byte[] nothing : List.of(new byte[0], gzip(new byte[0]))) {
            warehouse.s3.put("lake", format.key(), nothing);
            assertThat(warehouse.rows(format.copy()))
                    .containsExactly("s3://lake/" + format.key() + "|LOADED|0|0|1|0|null|null|null|null");
        }
        byte[] members = concatenated(gzip(new byte[0]), gzip(format.good()));
        warehouse.s3.put("lake", format.key(), members);
        assertThat(warehouse.rows(format.copy()))
                .containsExactly("s3://lake/" + format.key() + "|LOADED|2|2|1|0|null|null|null|null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " strip_null_values = true"})
    void aDocumentThatIsLargerThanAVariantIsARowOfItsOwn(String option) {
        warehouse.run("create table v (v variant)");
        String half = "x".repeat(9 << 20);
        warehouse.put("f.json", "[\"" + half + "\",\"" + half + "\"]\n[1]\n");
        assertThat(warehouse.rows("copy into v from @s file_format = (type = json" + option + ") on_error = continue"))
                .containsExactly(
                        "s3://lake/f.json|PARTIALLY_LOADED|2|1|2|1|Error parsing JSON: document is too large, max"
                                + " size 16777216 bytes|1|1|null");
        assertThat(warehouse.rows("select * from v")).containsExactly("[1]");
    }

    @Test
    void parquetWithoutRowsIsLoaded() {
        warehouse.s3.put("lake", "f.parquet", ParquetFiles.of("SELECT 1 id, 'n' AS name FROM range(0)"));
        assertThat(warehouse.rows(Format.PARQUET.copy()))
                .containsExactly("s3://lake/f.parquet|LOADED|0|0|1|0|null|null|null|null");
    }

    /// ABORT_STATEMENT's note: a file that cannot be found ends no load, unless FILES names it.
    @ParameterizedTest
    @EnumSource
    void aFileThatIsGoneWhenItsTurnComesIsToldAndEndsNothing(Format format) throws IOException {
        warehouse.s3.put("lake", "1", format.good());
        warehouse.s3.put("lake", "2", format.good());
        warehouse.s3.vanish("lake", "1");
        assertThat(warehouse.rows(format.copy()))
                .satisfiesExactly(
                        gone -> assertThat(gone)
                                .startsWith("s3://lake/1|LOAD_FAILED|0|0|1|1|Remote file 's3://lake/1' was not found."
                                        + " There are several potential causes."),
                        good -> assertThat(good).isEqualTo("s3://lake/2|LOADED|2|2|1|0|null|null|null|null"));
        warehouse.s3.remove("lake", "1");
        warehouse.refuses(format.copy() + " files = ('1')", "02000", "Remote file 's3://lake/1' was not found.");
        warehouse.nothingIsLeft();
    }

    /// A negative offset in a footer once ended DuckDB as a whole; here the sign of every number in the places of a
    /// column is turned.
    @Test
    void noSignInAFooterEndsTheWarehouse() {
        byte[] good = ParquetFiles.of("SELECT i id FROM range(7, 9) r(i)");
        String text = new String(good, StandardCharsets.ISO_8859_1);
        int column = text.lastIndexOf("id", text.indexOf("DuckDB version"));
        int tried = 0;
        for (int at = column; at < text.indexOf("DuckDB version"); at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            warehouse.s3.put("lake", "byte-" + at, bad);
            tried++;
        }
        assertThat(tried).isBetween(20, 150);
        assertThat(warehouse.rows(Format.PARQUET.copy() + " on_error = skip_file"))
                .hasSize(tried);
        assertThat(warehouse.failures).isEmpty();
        assertThat(warehouse.rows("select 1")).containsExactly("1");
    }

    private void row(String sql, String begin, Bad bad) {
        bad.isSaidBy(warehouse.rows(sql).getFirst(), begin);
    }
}
