package dev.feedline.parquet;

import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqStruct;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads Parquet files with Hardwood.
final class Hardwood {
    private Hardwood() {}

    static List<Object> read(Path file, Schema schema) throws Exception {
        var rows = new ArrayList<>();
        try (var reader = ParquetFileReader.open(InputFile.of(file));
                var found = reader.rowReader()) {
            while (found.hasNext()) {
                found.next();
                var values = new Object[schema.columns().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = value(found.getValue(i), schema.columns().get(i).type());
                }
                rows.add(Seen.value(values));
            }
        }
        return rows;
    }

    private static Object value(Object found, Type type) {
        return switch (type) {
            case Type _ when found == null -> null;
            case Type.Struct struct -> struct((PqStruct) found, struct);
            case Type.ListOf list -> list((PqList) found, list);
            default -> found;
        };
    }

    private static Object struct(PqStruct found, Type.Struct type) {
        var values = new Object[type.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(found.getValue(i), type.fields().get(i).type());
        }
        return values;
    }

    private static Object list(PqList found, Type.ListOf type) {
        var values = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            values.add(value(found.get(i), type.element()));
        }
        return values;
    }
}
