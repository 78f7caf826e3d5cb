package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Divisions of many NUMBERs beside BigDecimal's: six more decimals than the dividend has, up to twelve, halves away
/// from zero. Source: docs.snowflake.com/en/sql-reference/operators-arithmetic.
class DivisionTest {
    private static final int ROWS = 2_000;

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

    /// Scales of dividend and divisor.
    @ParameterizedTest
    @CsvSource({"0,0", "2,0", "2,2", "0,9", "4,1", "9,9", "10,10", "12,0", "6,12", "0,20", "12,30"})
    void everyQuotientHasAllItsDigits(int dividendScale, int divisorScale) {
        Random random = new Random(31L * dividendScale + divisorScale);
        List<String> rows = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            BigDecimal a = number(random, dividendScale, 38 - 13);
            BigDecimal b = number(random, divisorScale, 20);
            if (row % 10 == 1) {
                a = BigDecimal.ZERO.setScale(dividendScale);
            }
            // Every third is a tie of its last decimal.
            if (row % 3 == 0) {
                b = new BigDecimal(BigInteger.TWO.pow(1 + random.nextInt(9)), 0).setScale(divisorScale);
            }
            int scale = Math.max(dividendScale, Math.min(dividendScale + 6, 12));
            BigDecimal quotient = a.divide(b, scale, RoundingMode.HALF_UP);
            if (quotient.precision() > 38) {
                continue; // no NUMBER
            }
            rows.add("(" + row + "," + a.toPlainString() + "," + b.toPlainString() + ")");
            expected.add(row + "|" + quotient.toPlainString());
        }
        warehouse.run("create or replace table n (i int, a number(38," + dividendScale + "), b number(38,"
                + divisorScale + "))");
        warehouse.run("insert into n values " + String.join(", ", rows));
        assertThat(warehouse.rows("select i, a / b from n order by i")).containsExactlyElementsOf(expected);
    }

    @Test
    void nullsAndZerosStayWhatTheyAre() {
        warehouse.run("create or replace table n (a number(12,2), b number(38,4))");
        warehouse.run("insert into n values (1.5, null), (null, 2), (0, 2), (-0.5, 2)");
        assertThat(warehouse.rows("select a / b from n")).containsExactly("null", "null", "0.00000000", "-0.25000000");
        warehouse.run("insert into n values (1, 0)");
        warehouse.refuses("select a / b from n", "22012", "Division by zero");
    }

    /// Of any length up to so many digits, so that small and large ones meet.
    private static BigDecimal number(Random random, int scale, int mostDigits) {
        BigInteger bound = BigInteger.TEN.pow(1 + random.nextInt(mostDigits));
        BigInteger unscaled =
                new BigInteger(bound.bitLength() + 8, random).mod(bound).add(BigInteger.ONE);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
    }
}
