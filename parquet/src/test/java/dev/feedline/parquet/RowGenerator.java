package dev.feedline.parquet;

import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Rows of a schema from a seed.
///
/// `nullShare` is how often a value, a struct or a list is null, from 0 to 1. `distinct` bounds how many values a leaf
/// takes: each value is made from a number below it.
final class RowGenerator {
    private static final long EDGE_EVERY = 7;

    private final Random random;
    private final double nullShare;
    private final int distinct;

    RowGenerator(long seed, double nullShare, int distinct) {
        this.random = new Random(seed);
        this.nullShare = nullShare;
        this.distinct = distinct;
    }

    List<Object[]> rows(Schema schema, int count) {
        var rows = new ArrayList<Object[]>();
        for (int i = 0; i < count; i++) {
            rows.add(schema.columns().stream()
                    .map(column -> value(column.type()))
                    .toArray());
        }
        return rows;
    }

    private Object value(Type type) {
        if (random.nextDouble() < nullShare) {
            return null;
        }
        return switch (type) {
            case Type.Struct struct ->
                struct.fields().stream().map(field -> value(field.type())).toArray();
            case Type.ListOf list -> list(list.element());
            default -> leaf(type, new Random(random.nextInt(distinct)));
        };
    }

    private Object list(Type element) {
        int size = random.nextInt(5);
        var list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(value(element));
        }
        return list;
    }

    // The same source gives the same value.
    private static Object leaf(Type type, Random source) {
        boolean edge = source.nextLong(EDGE_EVERY) == 0;
        boolean high = source.nextBoolean();
        return switch (type) {
            case Type.Bool _ -> high;
            case Type.Int64 _ -> edge ? (high ? Long.MAX_VALUE : Long.MIN_VALUE) : source.nextLong();
            case Type.Float64 _ -> edge ? (high ? -0.0 : Double.NEGATIVE_INFINITY) : source.nextGaussian();
            case Type.Decimal decimal -> decimal(decimal, source, edge, high);
            case Type.Text _ -> text(source, edge ? 0 : source.nextInt(high ? 12 : 100));
            case Type.Date _ -> LocalDate.of(1900, 1, 1).plusDays(source.nextInt(100_000));
            case Type.Timestamp _ ->
                Instant.parse("1900-01-01T00:00:00.000001Z").plus(source.nextLong(1L << 53), ChronoUnit.MICROS);
            case Type.Struct _, Type.ListOf _ -> throw new IllegalArgumentException(type.glue());
        };
    }

    private static BigDecimal decimal(Type.Decimal type, Random source, boolean edge, boolean high) {
        var limit = BigInteger.TEN.pow(type.precision());
        var unscaled = edge ? limit.subtract(BigInteger.ONE) : new BigInteger(130, source).mod(limit);
        return new BigDecimal(high ? unscaled : unscaled.negate(), type.scale());
    }

    private static String text(Random source, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (source.nextInt(8)) {
                        case 0 -> 0xE4;
                        case 1 -> 0x20AC;
                        case 2 -> 0x1F600 + source.nextInt(64);
                        default -> 'a' + source.nextInt(26);
                    });
        }
        return text.toString();
    }
}
