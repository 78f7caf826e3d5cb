package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// COPY INTO with a SELECT or a list of columns: docs.snowflake.com/en/user-guide/data-load-transform and
/// …/user-guide/querying-metadata.
class CopyTransformTest extends SharedWarehouse {
    @BeforeEach
    void prepare() {
        warehouse.run("create database d");
        warehouse.run("create stage s url = 's3://lake/'");
    }

    @AfterEach
    void nothingHasFailed() {
        assertThat(warehouse.failures).isEmpty();
    }

    @Test
    void aSubsetOfCsvColumnsInAnotherOrderWithExpressions() {
        warehouse.run("create table home_sales (city string, zip string, sale_date date, price number(9,2) default 1,"
                + " upper_city varchar, n number autoincrement)");
        warehouse.put("f.csv", "MA,Lexington,95815,31/01/2017,268880.005\nMA,Belmont,,01/02/2017,");
        assertThat(warehouse.rows(
                        "copy into home_sales (city, zip, sale_date, upper_city) from (select t.$2 as c, t.$3,"
                                + " $4, upper(t.$2) || '-' || substr($1, 1, 1) u from @s/f.csv t)"
                                + " file_format = (type = csv date_format = 'DD/MM/YYYY')"))
                .containsExactly("s3://lake/f.csv|LOADED|2|2|1|0|null|null|null|null");
        assertThat(warehouse.rows("select city, zip, sale_date, price, upper_city, n is not null from home_sales"
                        + " order by sale_date"))
                .containsExactly(
                        "Lexington|95815|2017-01-31|1.00|LEXINGTON-M|true",
                        "Belmont|null|2017-02-01|1.00|BELMONT-M|true");
    }

    @Test
    void aListOfColumnsTakesTheFieldsAsTheyCome() {
        warehouse.run("create table t (a number, b varchar default 'd', c boolean)");
        warehouse.put("f.csv", "yes,1.6\nno,x\n");
        assertThat(warehouse.rows("copy into t (c, a) from @s on_error = continue"))
                .containsExactly("s3://lake/f.csv|PARTIALLY_LOADED|2|1|2|1|Numeric value 'x' is not recognized|2|4|"
                        + "\"T\"[\"A\":1]");
        assertThat(warehouse.rows("select * from t")).containsExactly("2|d|true");
        warehouse.put("f.csv", "yes,1,2\n");
        warehouse.refuses("copy into t (c, a) from @s", "22000", "Number of columns in file (3)");
        warehouse.refuses("copy into t (c, nope) from @s", "42000", "invalid identifier 'NOPE'");
    }

    @Test
    void jsonElementsAndMetadata() {
        warehouse.run("create table t (id number, city varchar, price number(10,2), tags array, raw variant, f varchar,"
                + " r number, k varchar, m timestamp_ntz, at timestamp_ltz)");
        warehouse.put(
                "f.json",
                "{\"id\":1,\"location\":{\"city\":\"Lexington\",\"zip\":\"1\"},\"price\":\"75.5\",\"tags\":[1,\"a\"]}\n"
                        + "{\"id\":12345678901234567890123456789012345678,\"location\":null}\n");
        warehouse.run("copy into t from (select $1:id::number, $1:location.city, s.$1:price, $1:tags, $1,"
                + " metadata$filename, metadata$file_row_number, metadata$file_content_key,"
                + " metadata$file_last_modified, s.metadata$start_scan_time from @s s) file_format = (type = json)");
        assertThat(warehouse.rows(
                        "select id, city, price, tags, raw:location, f, r, length(k), m <= at from t order by id"))
                .containsExactly(
                        "1|Lexington|75.50|[1,\"a\"]|{\"city\":\"Lexington\",\"zip\":\"1\"}|f.json|1|32|true",
                        "12345678901234567890123456789012345678|null|null|null|null|f.json|2|32|true");
    }

    @Test
    void parquetElements() {
        warehouse.run("create table t (id number, amount number(10,2), day date, f varchar, r number)");
        warehouse.s3.put(
                "lake",
                "f.parquet",
                ParquetFiles.of("SELECT i id, {'amount': 1.10::DECIMAL(5,2)} deep, DATE '2020-01-01' \"Day\""
                        + " FROM range(1, 3) r(i)"));
        warehouse.run("copy into t from (select $1:id, $1:deep.amount, $1:Day::date, metadata$filename,"
                + " metadata$file_row_number from @s) file_format = (type = parquet)");
        assertThat(warehouse.rows("select * from t order by id"))
                .containsExactly("1|1.10|2020-01-01|f.parquet|1", "2|1.10|2020-01-01|f.parquet|2");
    }

    @Test
    void aRowThatAnExpressionFailsForIsNamedAndSkipped() {
        warehouse.run("create table t (id number not null, n number(5,1), s varchar(3))");
        warehouse.put(
                "f.json",
                "{\"id\":1,\"n\":1.5}\n{\"id\":2,\"n\":\"x\"}\n{\"n\":1}\n{\"id\":4,\"s\":\"long\"}\n{\"id\":5}\n");
        String copy = "copy into t from (select $1:id::number, $1:n::number(5,1), $1:s from @s)"
                + " file_format = (type = json) on_error = ";
        warehouse.refuses(copy + "abort_statement", "22000", "Row 2, column \"T\"[\"N\":2]");
        assertThat(warehouse.rows(copy + "continue"))
                .containsExactly("s3://lake/f.json|PARTIALLY_LOADED|5|2|5|3|Failed to cast variant value of"
                        + " $1:n::number(5,1) to FIXED|2|null|\"T\"[\"N\":2]");
        assertThat(warehouse.rows("select id, n from t order by id")).containsExactly("1|1.5", "5|null");
        warehouse.put("f.csv", "1,10\n2,\"\n3,0\n");
        assertThat(warehouse.rows(
                        "copy into t (id, n) from (select $1, $2::number * 2 from @s/f.csv) on_error = continue"))
                .containsExactly(
                        "s3://lake/f.csv|PARTIALLY_LOADED|3|2|3|1|The expression $2::number * 2 does not give a"
                                + " value of type FIXED|2|null|\"T\"[\"N\":2]");
        warehouse.put("f.csv", "1,10\n3,0\n");
        assertThat(warehouse.rows(
                        "copy into t (id, n) from (select $1, 10 / $2::number from @s/f.csv) on_error = continue"))
                .containsExactly("s3://lake/f.csv|PARTIALLY_LOADED|2|1|2|1|The expression 10 / $2::number does not give"
                        + " a value of type FIXED|2|null|\"T\"[\"N\":2]");
    }

    @Test
    void whatATransformationCannotBeIsRefused() {
        warehouse.run("create table t (a number, b number)");
        warehouse.put("f.csv", "1,2\n");
        warehouse.refuses("copy into t from (select $1 from @s)", "21S01", "expecting 2 but got 1");
        warehouse.refuses("copy into t (a) from (select $1, $2 from @s)", "21S01", "expecting 1 but got 2");
        warehouse.refuses("copy into t (a) from @s match_by_column_name = case_sensitive", "22023", "copy transform");
        warehouse.refuses("copy into t (a) from @s file_format = (type = json)", "0A000", "one and only one column");
        for (String select : new String[] {
            "select distinct $1, $2 from @s",
            "select $1, $2 from @s where $1 > 1",
            "select $1, $2 from @s (file_format => x)",
            "select $1, $2 from @s order by 1"
        }) {
            warehouse.refuses(
                    "copy into t from (" + select + ")", "0A000", "is not supported by the embedded warehouse");
        }
    }
}
