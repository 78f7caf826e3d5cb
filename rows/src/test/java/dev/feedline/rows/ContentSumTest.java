package dev.feedline.rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentSumTest {
    private static final String FILE_ID = "0123456789abcdef01234567";

    @Test
    void theSumOfNothingIsZero() {
        assertThat(new ContentSum().hex()).isEqualTo("00000000000000000000000000000000");
    }

    @Test
    void theSumIsThatOfTheHashesModuloTwoToThe128() throws Exception {
        ContentSum sum = new ContentSum();
        BigInteger expected = BigInteger.ZERO;
        for (int row = 1; row <= 200; row++) {
            byte[] bytes = ("{\"row\":" + row + "}").getBytes(UTF_8);
            sum.add(row, bytes);
            ByteArrayOutputStream hashed = new ByteArrayOutputStream();
            hashed.write(
                    ByteBuffer.allocate(16).putLong(row).putLong(bytes.length).array());
            hashed.write(bytes);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(hashed.toByteArray());
            expected = expected.add(new BigInteger(1, Arrays.copyOf(hash, 16)));
        }
        assertThat(sum.hex()).isEqualTo(String.format("%032x", expected.mod(BigInteger.ONE.shiftLeft(128))));
    }

    @Test
    void theOrderOfTheRowsMakesNoDifferenceAndOnlyThat() {
        List<Integer> rows = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6));
        String inOrder = sum(rows);
        Collections.shuffle(rows, new Random(1));
        assertThat(sum(rows)).isEqualTo(inOrder);
        assertThat(sum(List.of(1, 2, 3, 4, 5, 5))).isNotEqualTo(inOrder);
        assertThat(sum(List.of(1, 2, 3, 4, 5))).isNotEqualTo(inOrder);
    }

    @Test
    void swappedRowNumbersChangeTheSum() {
        ContentSum straight = new ContentSum();
        straight.add(1, "{\"a\":1}".getBytes(UTF_8));
        straight.add(2, "{\"a\":2}".getBytes(UTF_8));
        ContentSum swapped = new ContentSum();
        swapped.add(1, "{\"a\":2}".getBytes(UTF_8));
        swapped.add(2, "{\"a\":1}".getBytes(UTF_8));
        assertThat(swapped.hex()).isNotEqualTo(straight.hex());
    }

    @Test
    void aMarkedRowCountsAsTheRowItWas() {
        byte[] row = "{\r\n\"a\":1}".getBytes(UTF_8);
        ContentSum sent = new ContentSum();
        sent.add(7, Mark.asSent(row));
        ContentSum arrived = new ContentSum();
        arrived.add(Mark.parse(Mark.splice(row, FILE_ID, 0, 7)).orElseThrow());
        assertThat(arrived.hex()).isEqualTo(sent.hex());
    }

    private static String sum(List<Integer> rows) {
        ContentSum sum = new ContentSum();
        rows.forEach(row -> sum.add(row, ("{\"a\":" + row + "}").getBytes(UTF_8)));
        return sum.hex();
    }
}
