package dev.feedline.parquet;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.util.ArrayList;
import java.util.List;

/// A schema as the file has it: its elements from the root down, its leaf columns, and a shredder for each column.
final class ColumnTree {
    private final ColumnFactory factory;
    private final List<SchemaElement> elements = new ArrayList<>();
    private final List<ColumnWriter> leaves = new ArrayList<>();
    private final List<Shredder> columns;

    ColumnTree(Schema schema, ColumnFactory factory) {
        this.factory = factory;
        if (schema.columns().isEmpty()) {
            throw new IllegalArgumentException("a Parquet file needs at least one column");
        }
        elements.add(SchemaElement.root(schema.columns().size()));
        columns = schema.columns().stream()
                .map(column -> shredder(column.name(), column.type(), new Place(List.of(), 0, 0)))
                .toList();
    }

    /// The footer's list: each group is followed by its children.
    List<SchemaElement> elements() {
        return elements;
    }

    /// The leaf columns, in the order of their chunks.
    List<ColumnWriter> leaves() {
        return leaves;
    }

    List<Shredder> columns() {
        return columns;
    }

    private Shredder shredder(String name, Type type, Place parent) {
        if (type instanceof Type.Struct struct) {
            return struct(name, struct, parent);
        } else if (type instanceof Type.ListOf list) {
            return list(name, list, parent);
        }
        var leaf = parent.optional(name).leaf(LeafType.of(type));
        elements.add(SchemaElement.leaf(name, leaf.type()));
        return leaf(leaf, type);
    }

    private Shredder struct(String name, Type.Struct struct, Place parent) {
        var place = parent.optional(name);
        long names = struct.fields().stream().map(Column::name).distinct().count();
        if (names != struct.fields().size()) {
            throw new IllegalArgumentException("column " + place.dottedPath() + " has two fields of one name");
        }
        elements.add(SchemaElement.group(
                name, SchemaElement.Repetition.OPTIONAL, struct.fields().size(), Annotation.NONE));
        var fields = struct.fields().stream()
                .map(field -> shredder(field.name(), field.type(), place))
                .toList();
        return new StructShredder(place.dottedPath(), fields);
    }

    private Shredder list(String name, Type.ListOf list, Place parent) {
        var place = parent.optional(name);
        var repeated = place.repeated("list");
        elements.add(SchemaElement.group(name, SchemaElement.Repetition.OPTIONAL, 1, Annotation.LIST));
        elements.add(SchemaElement.group("list", SchemaElement.Repetition.REPEATED, 1, Annotation.NONE));
        var element = shredder("element", list.element(), repeated);
        return new ListShredder(place.dottedPath(), repeated.repetition(), element);
    }

    private Shredder leaf(Leaf leaf, Type type) {
        return switch (leaf.type().physical()) {
            case BOOLEAN -> new BooleanShredder(added(factory.booleans(leaf)), type);
            case INT32, INT64, DOUBLE -> new NumberShredder(added(factory.numbers(leaf)), type);
            case BYTE_ARRAY -> new TextShredder(added(factory.texts(leaf)), type);
            case FIXED_LEN_BYTE_ARRAY ->
                new WideDecimalShredder(added(factory.wideDecimals(leaf)), (Type.Decimal) type);
        };
    }

    private <C extends ColumnWriter> C added(C column) {
        leaves.add(column);
        return column;
    }

    /// A node's path and the highest levels reached there.
    private record Place(List<String> path, int repetition, int definition) {
        Place optional(String name) {
            return new Place(below(name), repetition, definition + 1);
        }

        Place repeated(String name) {
            return new Place(below(name), repetition + 1, definition + 1);
        }

        Leaf leaf(LeafType type) {
            return new Leaf(path, type, repetition, definition);
        }

        String dottedPath() {
            return String.join(".", path);
        }

        private List<String> below(String name) {
            var longer = new ArrayList<>(path);
            longer.add(name);
            return longer;
        }
    }
}
