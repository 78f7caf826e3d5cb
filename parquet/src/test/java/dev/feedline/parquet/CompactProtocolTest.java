package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Expected bytes are worked out by hand from thrift-compact-protocol.md.
class CompactProtocolTest {
    @Test
    void numbersAreZigzagVarintsBehindTheStepFromTheFieldBefore() {
        assertThat(hex(out -> {
                    out.i32(1, 1);
                    out.i32(3, -1);
                    out.i64(4, 150);
                }))
                .isEqualTo("1502" + "2501" + "16ac02" + "00");
        assertThat(hex(out -> out.i64(1, Long.MIN_VALUE))).isEqualTo("16" + "ffffffffffffffffff01" + "00");
    }

    @Test
    void aBooleanLiesInItsHeader() {
        assertThat(hex(out -> {
                    out.bool(1, true);
                    out.bool(2, false);
                }))
                .isEqualTo("11" + "12" + "00");
    }

    @Test
    void textIsItsLengthAndItsUtf8() {
        assertThat(hex(out -> out.string(2, "é"))).isEqualTo("28" + "02c3a9" + "00");
    }

    @Test
    void aStructCountsItsFieldsAnew() {
        assertThat(hex(out -> {
                    out.struct(5, () -> out.i32(1, 0));
                    out.emptyStruct(6);
                }))
                .isEqualTo("5c" + "150000" + "1c00" + "00");
    }

    @Test
    void aListOfFifteenHasALongHeader() {
        assertThat(hex(out -> out.i32s(1, List.of(1, 2)))).isEqualTo("19" + "25" + "0204" + "00");
        assertThat(hex(out -> out.i64s(1, Collections.nCopies(15, 0L))))
                .isEqualTo("19" + "f60f" + "00".repeat(15) + "00");
        assertThat(hex(out -> out.bools(1, List.of(true, false)))).isEqualTo("19" + "21" + "0102" + "00");
        assertThat(hex(out -> out.strings(1, List.of()))).isEqualTo("19" + "08" + "00");
    }

    @Test
    void fieldsOutOfOrderAreAMistake() {
        assertThatThrownBy(() -> hex(out -> {
                    out.i32(2, 0);
                    out.i32(1, 0);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Thrift field 1 after 2");
    }

    private static String hex(Consumer<CompactProtocol> members) {
        return HexFormat.of().formatHex(CompactProtocol.struct(members));
    }
}
