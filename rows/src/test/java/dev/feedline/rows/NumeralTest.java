package dev.feedline.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    0, 0
                    -0, 0
                    0.000, 0
                    0e999999999999999999999, 0
                    7, 7
                    1.0, 1
                    1e3, 1000
                    1.5e1, 15
                    1200e-2, 12
                    9007199254740993, 9007199254740993
                    9223372036854775807, 9223372036854775807
                    -9223372036854775808, -9223372036854775808
                    9.223372036854775807E+18, 9223372036854775807
                    """)
    void wholeNumbersInRangeAreLongsHoweverWritten(String text, long value) {
        assertThat(Numeral.of(text).toLong()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "0.1",
                "1e-1",
                "9223372036854775808",
                "-9223372036854775809",
                "1e19",
                "1e400",
                "1e999999999"
            })
    void whatIsNoLongIsNone(String text) {
        assertThat(Numeral.of(text).toLong()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1.10, 12, 2, 1.10",
        "1.1, 12, 2, 1.10",
        "1, 12, 2, 1.00",
        "1.1000, 12, 2, 1.10",
        "-0, 12, 2, 0.00",
        "1e3, 12, 2, 1000.00",
        "9999999999.99, 12, 2, 9999999999.99",
        "0.99, 2, 2, 0.99",
        "12345678901234567.123456789012345678, 38, 18, 12345678901234567.123456789012345678",
        "99999999999999999999999999999999999999, 38, 0, 99999999999999999999999999999999999999",
    })
    void aDecimalTakesWhatFitsExactlyAtItsScale(String text, int precision, int scale, String value) {
        assertThat(Numeral.of(text).toDecimal(precision, scale)).isEqualTo(new BigDecimal(value));
    }

    @ParameterizedTest
    @CsvSource({"1.105, 12, 2", "10000000000, 12, 2", "1, 2, 2", "1e38, 38, 0", "1e-39, 38, 38", "1e999999999, 38, 0"})
    void aDecimalTakesNothingThatItWouldRoundOrCut(String text, int precision, int scale) {
        assertThat(Numeral.of(text).toDecimal(precision, scale)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, true",
        "0.1, false",
        "-0, true",
        "1e22, true",
        "1e23, false",
        "9007199254740992, true",
        "9007199254740993, false",
        "4.9e-324, false",
        "1e400, false",
        "1e-400, false",
        "1e999999999, false",
        "1e-999999999, false",
    })
    void aDoubleHoldsOnlySomeNumbersExactly(String text, boolean exact) {
        assertThat(Numeral.of(text).isExactDouble()).isEqualTo(exact);
    }

    @Test
    void theShortcutForLongsAgreesOnWhatADoubleHolds() {
        for (long edge : new long[] {0, 1, -1, 1L << 53, (1L << 53) + 1, -(1L << 53) - 1, 1L << 60, (1L << 60) + 1}) {
            assertThat(Numeral.isExactDouble(edge))
                    .as("%d", edge)
                    .isEqualTo(Numeral.of(Long.toString(edge)).isExactDouble());
        }
    }

    @Test
    void aMillionDigitsAreTakenApartAndFitNothing() {
        for (String text :
                new String[] {"9".repeat(1_000_000), "0." + "1".repeat(1_000_000), "1" + "0".repeat(1_000_000)}) {
            Numeral numeral = Numeral.of(text);
            assertThat(numeral.toLong()).isNull();
            assertThat(numeral.toDecimal(38, 18)).isNull();
            assertThat(numeral.isExactDouble()).isFalse();
        }
    }

    @Test
    void agreesWithBigDecimalOnRandomNumbers() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = number(random);
            BigDecimal value = new BigDecimal(text);
            Numeral numeral = Numeral.of(text);
            assertThat(numeral.toLong()).as("%s, seed %d", text, seed).isEqualTo(longOrNull(value));
            int precision = 1 + random.nextInt(38);
            int scale = random.nextInt(precision + 1);
            assertThat(numeral.toDecimal(precision, scale))
                    .as("%s as decimal(%d,%d), seed %d", text, precision, scale, seed)
                    .isEqualTo(decimalOrNull(value, precision, scale));
            double nearest = value.doubleValue();
            assertThat(numeral.isExactDouble())
                    .as("%s, seed %d", text, seed)
                    .isEqualTo(Double.isFinite(nearest) && new BigDecimal(nearest).compareTo(value) == 0);
        }
    }

    private static String number(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        text.append(random.nextInt(3) == 0 ? "0" : digits(random, 1 + random.nextInt(22)));
        if (random.nextBoolean()) {
            text.append('.').append(digits(random, 1)).append("0".repeat(random.nextInt(5)));
            text.append(random.nextBoolean() ? "" : digits(random, 1 + random.nextInt(20)));
        }
        if (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E').append(new String[] {"", "+", "-"}[random.nextInt(3)]);
            text.append(random.nextInt(random.nextBoolean() ? 8 : 330));
        }
        return text.toString();
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder().append((char) ('1' + random.nextInt(9)));
        while (digits.length() < count) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private static Long longOrNull(BigDecimal value) {
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static BigDecimal decimalOrNull(BigDecimal value, int precision, int scale) {
        try {
            BigDecimal scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
            return scaled.precision() <= precision || scaled.signum() == 0 ? scaled : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
