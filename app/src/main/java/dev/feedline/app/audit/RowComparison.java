package dev.feedline.app.audit;

import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compares rows of the file with rows of the table, under the schema that their chunk was judged by.
final class RowComparison {
    private final List<Place> places;
    private final RowForm form;
    private final Set<String> keys = new HashSet<>();
    private final Set<String> columns = new HashSet<>();

    private record Place(String key, String column, Type type) {}

    RowComparison(Schema schema, RowForm form) {
        this.form = form;
        places = schema.columns().stream()
                .map(column -> new Place(column.name(), columnOf(column.name()), column.type()))
                .toList();
        places.forEach(place -> {
            keys.add(place.key());
            columns.add(place.column());
        });
    }

    void compare(Json.Obj source, TableRow table, Consumer<Difference> differences) {
        for (Place place : places) {
            Json given = source.members().get(place.key());
            Json held = table.cells().get(place.column());
            Json rescued = table.rescued().get(place.key());
            // What was rescued stands there as it was written, whatever its column would make of it.
            Json meant = given == null || rescued != null ? given : form.as(place.type(), given);
            if (!ValueComparison.same(place.type(), meant, held, rescued)) {
                differences.accept(different(table.number(), place.column(), given, held, rescued));
            }
        }
        source.members().forEach((key, value) -> {
            if (!keys.contains(key)
                    && !ValueComparison.sameOutside(value, null, table.rescued().get(key))) {
                differences.accept(different(
                        table.number(), "_RESCUED", value, null, table.rescued().get(key)));
            }
        });
        table.rescued().forEach((key, value) -> {
            if (!keys.contains(key) && !source.members().containsKey(key)) {
                differences.accept(different(table.number(), "_RESCUED", null, null, value));
            }
        });
        for (String column : table.columnsBeside(columns)) {
            differences.accept(
                    different(table.number(), column, null, table.cells().get(column), null));
        }
    }

    private static Difference different(
            long row, String column, @Nullable Json source, @Nullable Json table, @Nullable Json rescued) {
        Json held = table == null ? rescued : table;
        return new Difference(
                row, column, "differs", source == null ? null : source.source(), held == null ? null : held.source());
    }

    /// Warehouses write names that are plain identifiers in capitals; others as they are.
    private static String columnOf(String key) {
        return key.matches("[A-Za-z_][A-Za-z0-9_]*") ? key.toUpperCase(Locale.ROOT) : key;
    }
}
