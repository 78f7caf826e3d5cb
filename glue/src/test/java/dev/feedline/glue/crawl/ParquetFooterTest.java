package dev.feedline.glue.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Footers written by hand from parquet.thrift and Thrift's compact protocol, whose `i8` is one byte as it is.
class ParquetFooterTest {
    @Test
    void theLogicalTypesOfIntegers() throws Exception {
        assertThat(typeOf(8, true)).isEqualTo("tinyint");
        assertThat(typeOf(16, true)).isEqualTo("smallint");
        assertThat(typeOf(32, true)).isEqualTo("int");
        assertThat(typeOf(8, false)).isEqualTo("smallint");
        assertThat(typeOf(16, false)).isEqualTo("int");
        assertThat(typeOf(32, false)).isEqualTo("bigint");
    }

    @Test
    @Timeout(10)
    void aFooterThatNamesMoreThanItHasIsDamaged() {
        damaged("1b ffffffffffffffff7f 33 01 01 00"); // a map of 2^63 - 1 bytes
        damaged("1b ffffffff7f 33 01 01 00");
        damaged("1b 04 33 01 01"); // of four entries, one of which is there
        damaged("13"); // a byte
        damaged("17 00000000"); // a double
        damaged("19 f1 ffffffff0f 01"); // a list of truths
        damaged("19 31 01"); // of three, one of which is there
    }

    @Test
    void aSchemaOfTooManyElementsIsDamaged() {
        byte[] footer = new byte[200_000]; // an empty struct is a zero
        System.arraycopy(HexFormat.of().parseHex("29fca18d06"), 0, footer, 0, 5); // field 2: a list of 100,001 structs

        assertThatThrownBy(() -> ParquetFooter.read(footer))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("100001");
    }

    @Test
    void aSchemaInTwoListsIsBoundedAsOne() {
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        footer.writeBytes(HexFormat.of().parseHex("29fce0d403")); // field 2: a list of 60,000 structs
        footer.writeBytes(new byte[60_000]);
        footer.writeBytes(HexFormat.of().parseHex("0904fce0d403")); // field 2 once more
        footer.writeBytes(new byte[60_001]);

        assertThatThrownBy(() -> ParquetFooter.read(footer.toByteArray()))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("120000");
    }

    private static void damaged(String hex) {
        assertThatThrownBy(() -> ParquetFooter.read(HexFormat.of().parseHex(hex.replace(" ", ""))))
                .as(hex)
                .isInstanceOf(DamagedFileException.class)
                .message()
                .isNotEqualTo("the footer has no schema"); // it was not read to its end
    }

    /// Of a column INT32 with the logical type INT(bits, signed).
    private static String typeOf(int bits, boolean signed) throws Exception {
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        footer.writeBytes(HexFormat.of().parseHex("292c")); // schema: two structs
        footer.writeBytes(HexFormat.of().parseHex("4801"));
        footer.writeBytes("m".getBytes(StandardCharsets.US_ASCII));
        footer.writeBytes(HexFormat.of().parseHex("150200")); // one child
        footer.writeBytes(HexFormat.of().parseHex("15023801")); // INT32, name
        footer.writeBytes("a".getBytes(StandardCharsets.US_ASCII));
        footer.writeBytes(HexFormat.of().parseHex("6cac13")); // logicalType, INTEGER, bitWidth
        footer.write(bits);
        footer.write(signed ? 0x11 : 0x12);
        footer.writeBytes(HexFormat.of().parseHex("000000")); // IntType, LogicalType, SchemaElement
        footer.writeBytes(HexFormat.of().parseHex("160e00")); // seven rows
        ParquetFooter read = ParquetFooter.read(footer.toByteArray());
        assertThat(read.rows()).isEqualTo(7);
        return read.columns().get("a").glue();
    }
}
