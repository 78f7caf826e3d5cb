package dev.feedline.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class SequenceNumberTest {
    @Test
    void itsDigitsAreLaidOutAsAtAws() {
        SequenceNumber number = new SequenceNumber(0x123456789L, 0x1122334455667788L, 0x0abcdef01L, 0x1b);
        assertThat(new BigInteger(number.toString()).toString(16))
                .isEqualTo("2" + "123456789" + "b" + "1122334455667788" + "00" + "0abcdef01" + "0000001b" + "2");
        assertThat(SequenceNumber.parse(number.toString())).isEqualTo(number);
    }

    @Test
    void whatIsNoneIsNotTakenForOne() {
        assertThat(SequenceNumber.tryParse("0")).isEmpty();
        assertThat(SequenceNumber.tryParse("12345")).isEmpty();
        assertThat(SequenceNumber.tryParse("-1")).isEmpty();
        assertThat(SequenceNumber.tryParse("one")).isEmpty();
        String good = new SequenceNumber(1, 1, 1, 1).toString();
        assertThat(SequenceNumber.tryParse(
                        new BigInteger(good).add(BigInteger.ONE).toString()))
                .isEmpty();
    }
}
