package dev.feedline.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetOptionsTest {
    @Test
    void theDefaultsAreThese() {
        assertThat(ParquetOptions.DEFAULT)
                .isEqualTo(new ParquetOptions(
                        Compression.SNAPPY,
                        67_108_864,
                        1_048_576,
                        NumberEncoding.PLAIN,
                        Map.of(),
                        "feedline version 0.1.0"));
    }

    @Test
    void aCodecIsReadInAnyCase() {
        assertThat(Compression.named("snappy")).isEqualTo(Compression.SNAPPY);
        assertThat(Compression.named("Zstd")).isEqualTo(Compression.ZSTD);
        assertThat(Compression.named("none")).isEqualTo(Compression.UNCOMPRESSED);
        assertThat(Compression.named("UNCOMPRESSED")).isEqualTo(Compression.UNCOMPRESSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "lz4", "LZ4_RAW", "BROTLI", "LZO", ""})
    void anotherCodecIsRefusedByName(String codec) {
        assertThatThrownBy(() -> Compression.named(codec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Parquet compression " + codec + " is not written; choose UNCOMPRESSED, SNAPPY or ZSTD");
    }

    @Test
    void sizesHaveBounds() {
        assertThatThrownBy(() -> ParquetOptions.DEFAULT.pageBytes(0)).hasMessageStartingWith("pageBytes must be 1 to");
        assertThatThrownBy(() -> ParquetOptions.DEFAULT.pageBytes(Integer.MAX_VALUE))
                .hasMessageStartingWith("pageBytes must be 1 to");
        assertThatThrownBy(() -> ParquetOptions.DEFAULT.rowGroupBytes(0))
                .hasMessageStartingWith("rowGroupBytes must be 1 to");
        assertThatThrownBy(() -> ParquetOptions.DEFAULT.rowGroupBytes(1L << 40))
                .hasMessageStartingWith("rowGroupBytes must be 1 to");
    }
}
