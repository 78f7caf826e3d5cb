package dev.feedline.parquet;

import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// Reads Parquet files with the reference implementation, checksums verified.
final class ParquetJava {
    private ParquetJava() {}

    static List<Object> read(Path file, Schema schema) throws IOException {
        return read(file, schema, FilterCompat.NOOP);
    }

    /// Reads the pages that the filter leaves, chosen by statistics, dictionaries and page index; rows are not
    /// filtered one by one.
    static List<Object> read(Path file, Schema schema, FilterCompat.Filter filter) throws IOException {
        var rows = new ArrayList<>();
        try (var reader = new Groups(file)
                .usePageChecksumVerification()
                .withCodecFactory(new ParquetJavaCodecs())
                .withFilter(filter)
                .useRecordFilter(false)
                .build()) {
            for (var group = reader.read(); group != null; group = reader.read()) {
                var values = new Object[schema.columns().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(group, i, schema.columns().get(i).type());
                }
                rows.add(Seen.value(values));
            }
        }
        return rows;
    }

    private static Object value(Group group, int field, Type type) {
        if (group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        return switch (type) {
            case Type.Bool _ -> group.getBoolean(field, 0);
            case Type.Int64 _ -> group.getLong(field, 0);
            case Type.Float64 _ -> group.getDouble(field, 0);
            case Type.Decimal decimal -> new BigDecimal(unscaled(group, field), decimal.scale());
            case Type.Text _ -> group.getBinary(field, 0).toStringUsingUTF8();
            case Type.Date _ -> LocalDate.ofEpochDay(group.getInteger(field, 0));
            case Type.Timestamp _ -> Instant.EPOCH.plus(group.getLong(field, 0), ChronoUnit.MICROS);
            case Type.Struct struct -> struct(group.getGroup(field, 0), struct);
            case Type.ListOf list -> list(group.getGroup(field, 0), list);
        };
    }

    private static BigInteger unscaled(Group group, int field) {
        PrimitiveTypeName physical =
                group.getType().getType(field).asPrimitiveType().getPrimitiveTypeName();
        return switch (physical) {
            case INT32 -> BigInteger.valueOf(group.getInteger(field, 0));
            case INT64 -> BigInteger.valueOf(group.getLong(field, 0));
            default -> new BigInteger(group.getBinary(field, 0).getBytes());
        };
    }

    private static Object struct(Group group, Type.Struct type) {
        var values = new Object[type.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(group, i, type.fields().get(i).type());
        }
        return values;
    }

    private static Object list(Group group, Type.ListOf type) {
        var values = new ArrayList<>();
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            values.add(value(group.getGroup(0, i), 0, type.element()));
        }
        return values;
    }

    private static final class Groups extends ParquetReader.Builder<Group> {
        Groups(Path file) {
            super(new LocalInputFile(file), new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
