package dev.feedline.rows;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads objects whose fields have places: a struct, and the row itself.
final class StructReader implements ValueReader {
    private final Map<String, Integer> places = new HashMap<>();
    private final ValueReader[] readers;

    StructReader(List<Column> fields, Predicate<Column> inferred, CellForm form) {
        readers = new ValueReader[fields.size()];
        for (int i = 0; i < readers.length; i++) {
            Column field = fields.get(i);
            places.put(field.name(), i);
            readers[i] = ValueReader.of(field.type(), inferred.test(field), form);
        }
    }

    @Override
    public @Nullable Object read(RowReading row, Token token) {
        if (token != Token.START_OBJECT) {
            return row.mismatch("struct", token);
        }
        row.enter();
        @Nullable Object[] values = members(row, row.tokens().nextName());
        row.leave();
        return values;
    }

    /// Reads the members from `first` to the closing brace.
    @Nullable
    Object[] members(RowReading row, @Nullable String first) {
        @Nullable Object[] values = new @Nullable Object[readers.length];
        boolean[] seen = new boolean[readers.length];
        Set<String> unknown = Set.of();
        for (String name = first; name != null; name = row.tokens().nextName()) {
            row.path().at(name);
            Integer place = places.get(name);
            if (place == null) {
                unknown = unknown.isEmpty() ? new HashSet<>() : unknown;
            }
            boolean repeated = place == null ? !unknown.add(name) : seen[place];
            if (repeated) {
                throw row.tokens().duplicate(name);
            }
            Token token = row.tokens().next();
            if (place == null) {
                row.unknown(name, token);
            } else {
                seen[place] = true;
                values[place] = token == Token.NULL ? null : readers[place].read(row, token);
            }
        }
        return values;
    }
}
