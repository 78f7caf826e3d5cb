package dev.feedline.bench.shape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.rows.RowLimits;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.batch.RowJudge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What conversions are measured on.
class ShapeTest {
    private static final int BYTES = 200_000;

    @ParameterizedTest
    @EnumSource
    void everyRowIsGoodByTheDeclaredColumns(Shape shape) throws IOException {
        RowJudge judge = new RowJudge(
                shape.schema(),
                new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.QUARANTINE),
                RowLimits.DEFAULT);
        assertThat(lines(shape))
                .hasSizeGreaterThan(100)
                .allSatisfy(line ->
                        assertThat(judge.isPlain(line.getBytes(UTF_8))).as(line).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void theSameSizeGivesTheSameRows(Shape shape) throws IOException {
        assertThat(lines(shape)).isEqualTo(lines(shape));
    }

    @ParameterizedTest
    @EnumSource
    void aFileEndsWithTheRowThatReachesItsSize(Shape shape) throws IOException {
        List<String> lines = lines(shape);
        long bytes = lines.stream()
                .mapToLong(line -> line.getBytes(UTF_8).length + 1)
                .sum();
        assertThat(bytes).isBetween((long) BYTES, BYTES + lines.getLast().length() + 100L);
    }

    private static List<String> lines(Shape shape) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        shape.write(BYTES, out);
        return out.toString(UTF_8).lines().toList();
    }
}
