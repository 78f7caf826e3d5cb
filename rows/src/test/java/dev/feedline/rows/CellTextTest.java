package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            bigint         | 7                           | 7
            bigint         | 007                         | 7
            bigint         | +7                          | 7
            bigint         | ' -7 '                      | -7
            bigint         | 1.0                         | 1
            bigint         | 1e3                         | 1000
            bigint         | 9007199254740993            | 9007199254740993
            bigint         | 9223372036854775808         | NUMBER_RANGE
            bigint         | 1.5                         | TYPE_MISMATCH
            bigint         | 7x                          | TYPE_MISMATCH
            bigint         | '1 000'                     | TYPE_MISMATCH
            bigint         | 0x10                        | TYPE_MISMATCH
            bigint         | ''                          | null
            bigint         | '  '                        | null
            bigint         | -                           | TYPE_MISMATCH
            bigint         | .                           | TYPE_MISMATCH
            bigint         | 1e                          | TYPE_MISMATCH
            bigint         | NaN                         | TYPE_MISMATCH
            decimal(12,2)  | 1.1                         | 1.10
            decimal(12,2)  | .5                          | 0.50
            decimal(12,2)  | 5.                          | 5.00
            decimal(12,2)  | 1.105                       | TYPE_MISMATCH
            decimal(12,2)  | '1,10'                      | TYPE_MISMATCH
            decimal(12,2)  | 12345678901                 | NUMBER_RANGE
            decimal(38,18) | 12345678901234567.123456789012345678 | 12345678901234567.123456789012345678
            double         | 1.5                         | 1.5
            double         | +.5e-1                      | 0.05
            double         | 1e400                       | NUMBER_RANGE
            boolean        | true                        | true
            boolean        | Yes                         | true
            boolean        | 0                           | false
            boolean        | OFF                         | false
            boolean        | maybe                       | TYPE_MISMATCH
            boolean        | ''                          | null
            date           | 2024-02-29                  | 2024-02-29
            date           | 2023-02-29                  | TYPE_MISMATCH
            date           | 22.11.2026                  | TYPE_MISMATCH
            date           | ''                          | null
            timestamp      | 2026-11-22T10:00:00Z        | 2026-11-22T10:00:00Z
            timestamp      | 2026-11-22 10:00:00         | 2026-11-22T10:00:00Z
            timestamp      | 2026-11-22                  | TYPE_MISMATCH
            string         | 007                         | 007
            string         | ' x '                       | ' x '
            string         | ''                          | ''
            array<bigint>  | '[1]'                       | TYPE_MISMATCH
            """)
    void aColumnReadsTheTextOfACellExactlyOrTheRowIsBad(String type, String cell, String expected) {
        Schema schema = new Schema(List.of(new Column("v", Type.parse(type))));
        RowReader reader = new RowReader(schema, SchemaPolicy.DEFAULT, RowLimits.DEFAULT, CellForm.TEXT);
        Verdict verdict = reader.read(("{\"v\":\"" + cell + "\"}").getBytes(UTF_8));
        if (verdict instanceof Verdict.Good good) {
            assertThat(String.valueOf(good.values()[0])).isEqualTo(expected);
        } else {
            assertThat(((Verdict.Bad) verdict).code()).isEqualTo(BadRowCode.valueOf(expected));
        }
    }
}
