package dev.feedline.snowflake.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.snowflake.ParquetFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read of footers, beside DuckDB's own reading of them.
class ParquetFooterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 id",
                "SELECT i id, 'x' || i AS \"Na me\", {'b': [1, 2], 'c': {'d': i}} a FROM range(300000) r(i)",
                "SELECT MAP {'k': [i]} m, [{'z': 1::DECIMAL(38,3)}] l, 1.5::FLOAT f FROM range(10) r(i)",
                "SELECT 1 id FROM range(0)",
            })
    void namesAndRowsAreThoseThatDuckDbReads(String select) throws Exception {
        Path file = put(ParquetFiles.of(select));
        ParquetFooter footer = ParquetFooter.read(file);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (var rows = statement.executeQuery("DESCRIBE SELECT * FROM read_parquet('" + file + "')")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            assertThat(footer.names()).isEqualTo(names);
            try (var rows = statement.executeQuery("SELECT count(*) FROM read_parquet('" + file + "')")) {
                rows.next();
                assertThat(footer.rows()).isEqualTo(rows.getLong(1));
            }
        }
    }

    @Test
    void filesOfOneSchemaHaveOneShape() throws IOException {
        String shape = shape("SELECT i::BIGINT id, ['x'] l FROM range(3) r(i)");
        assertThat(shape("SELECT -i::BIGINT id, ['y'] l FROM range(200000) r(i)"))
                .isEqualTo(shape);
        assertThat(shape("SELECT i::INTEGER id, ['x'] l FROM range(3) r(i)")).isNotEqualTo(shape);
        assertThat(shape("SELECT i::BIGINT ID, ['x'] l FROM range(3) r(i)")).isNotEqualTo(shape);
        assertThat(shape("SELECT ['x'] l, i::BIGINT id FROM range(3) r(i)")).isNotEqualTo(shape);
    }

    /// Whatever byte of a footer is wrong, and wherever it ends: it is refused, or read, and nothing else happens.
    @Test
    void noDamageIsMoreThanABadFile() throws IOException {
        byte[] good = ParquetFiles.of("SELECT i id, {'a': [i], 'b': 'x'} s FROM range(7, 9) r(i)");
        int footer = good.length - 8 - length(good);
        int refused = 0;
        for (int at = footer; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << bit);
                refused += isRefused(bad) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(length(good));
        for (int end = 0; end < good.length; end++) {
            assertThat(isRefused(Arrays.copyOf(good, end)))
                    .as("the first " + end + " bytes")
                    .isTrue();
        }
        assertThat(isRefused(good)).isFalse();
    }

    @Test
    void aFooterLongerThanItsFileIsRefused() throws IOException {
        Path file = put("PAR1....\377\377\000\000PAR1".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ParquetFooter.read(file))
                .isInstanceOf(FileFailure.class)
                .hasMessageContaining("smaller than the size reported by footer's (65535 bytes)");
    }

    /// Lists within lists take two bytes each, and would else end the thread.
    @Test
    void aFooterThatIsDeepIsRefused() throws IOException {
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0x19);
        assertThat(isRefused(MadeFooter.file(deep))).isTrue();
    }

    private boolean isRefused(byte[] bytes) throws IOException {
        try {
            ParquetFooter.read(put(bytes));
            return false;
        } catch (FileFailure e) {
            return true;
        }
    }

    private static int length(byte[] file) {
        return file[file.length - 8] & 0xff | (file[file.length - 7] & 0xff) << 8;
    }

    private String shape(String select) throws IOException {
        return ParquetFooter.read(put(ParquetFiles.of(select))).shape();
    }

    private Path put(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("f"), bytes);
    }
}
