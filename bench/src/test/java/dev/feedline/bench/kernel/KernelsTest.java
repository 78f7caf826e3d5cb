package dev.feedline.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.bench.shape.Shape;
import dev.feedline.rows.batch.RowBatch;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;

/// Every kernel does all of its work.
class KernelsTest {
    static Stream<Method> columnKernels() {
        return Stream.of(ReadingKernels.class, WritingKernels.class)
                .flatMap(kernels -> Arrays.stream(kernels.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Benchmark.class));
    }

    @ParameterizedTest
    @MethodSource("columnKernels")
    void everyRowPassesThrough(Method kernel) throws ReflectiveOperationException {
        Object kernels = kernel.getDeclaringClass().getConstructor().newInstance();
        Object column = kernel.getParameterTypes()[0].getConstructor().newInstance();
        int rows = switch (kernel.invoke(kernels, column)) {
            case RowBatch batch -> batch.rows();
            case List<?> batches ->
                batches.stream().mapToInt(batch -> ((RowBatch) batch).rows()).sum();
            case Object other -> throw new AssertionError(other);
        };
        boolean reads = kernel.getDeclaringClass() == ReadingKernels.class;
        assertThat(rows).isEqualTo(reads ? OneColumn.READ_ROWS : OneColumn.WRITTEN_ROWS);
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreScannedJudgedAndTheirColumnsFound(Shape shape) throws IOException {
        RowKernels.Rows rows = new RowKernels.Rows();
        rows.shape = shape;
        rows.make();
        RowKernels kernels = new RowKernels();
        assertThat(kernels.scan(rows)).isEqualTo(rows.lines.length - rows.rows.size());
        assertThat(kernels.judge(rows)).isEqualTo(rows.rows.size());
        assertThat(kernels.inference(rows).columns())
                .hasSameSizeAs(shape.schema().columns());
    }
}
