package dev.feedline.glue.crawl;

import dev.feedline.rows.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The type of a column as the Data Catalog spells it, and what two of them have in common.
public sealed interface ColumnType {
    ColumnType STRING = new Plain("string");

    /// One word: `int`, `string`, `date`.
    record Plain(String name) implements ColumnType {
        @Override
        public String glue() {
            return name;
        }
    }

    record Decimal(int precision, int scale) implements ColumnType {
        @Override
        public String glue() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    record ListOf(ColumnType element) implements ColumnType {
        @Override
        public String glue() {
            return "array<" + element.glue() + ">";
        }
    }

    record MapOf(ColumnType key, ColumnType value) implements ColumnType {
        @Override
        public String glue() {
            return "map<" + key.glue() + "," + value.glue() + ">";
        }
    }

    record Struct(Map<String, ColumnType> fields) implements ColumnType {
        @Override
        public String glue() {
            return fields.entrySet().stream()
                    .map(field ->
                            quoted(field.getKey()) + ":" + field.getValue().glue())
                    .collect(Collectors.joining(",", "struct<", ">"));
        }

        private static String quoted(String name) {
            return name.matches("[A-Za-z0-9_]+") ? name : "`" + name.replace("`", "``") + "`";
        }
    }

    String glue();

    /// What `rows` has read off values.
    static ColumnType of(Type type) {
        return switch (type) {
            case Type.Decimal decimal -> new Decimal(decimal.precision(), decimal.scale());
            case Type.ListOf list -> new ListOf(of(list.element()));
            case Type.Struct struct -> {
                Map<String, ColumnType> fields = new LinkedHashMap<>();
                struct.fields().forEach(field -> fields.put(field.name(), of(field.type())));
                yield new Struct(fields);
            }
            case Type.Bool _, Type.Int64 _, Type.Float64 _, Type.Text _, Type.Date _, Type.Timestamp _ ->
                new Plain(type.glue());
        };
    }

    /// The narrowest type that holds the values of both: a wider number, a struct with the fields of both, or a text.
    static ColumnType common(ColumnType one, ColumnType other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof Struct a && other instanceof Struct b) {
            return new Struct(commonColumns(a.fields, b.fields));
        }
        if (one instanceof ListOf a && other instanceof ListOf b) {
            return new ListOf(common(a.element, b.element));
        }
        if (one instanceof MapOf a && other instanceof MapOf b) {
            return new MapOf(common(a.key, b.key), common(a.value, b.value));
        }
        return commonNumber(one, other);
    }

    /// The columns of both, those of the first in front; names are the same whatever their case.
    static Map<String, ColumnType> commonColumns(Map<String, ColumnType> ones, Map<String, ColumnType> others) {
        Map<String, String> names = new LinkedHashMap<>();
        ones.keySet().forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        Map<String, ColumnType> all = new LinkedHashMap<>(ones);
        others.forEach((name, type) -> {
            String known = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            String as = known == null ? name : known;
            all.merge(as, type, ColumnType::common);
        });
        return all;
    }

    private static ColumnType commonNumber(ColumnType one, ColumnType other) {
        int a = rank(one);
        int b = rank(other);
        if (a < 0 || b < 0) {
            return STRING;
        }
        if (one instanceof Decimal x && other instanceof Decimal y) {
            return decimal(Math.max(x.precision - x.scale, y.precision - y.scale), Math.max(x.scale, y.scale));
        }
        if (one instanceof Decimal x && b <= LONG) {
            return decimal(Math.max(x.precision - x.scale, LONG_DIGITS), x.scale);
        }
        if (other instanceof Decimal && a <= LONG) {
            return commonNumber(other, one);
        }
        return new Plain(NUMBERS.get(Math.max(a, b)));
    }

    /// Narrow to wide; a decimal stands beside `bigint`, and with a `float` or a `double` it becomes one.
    List<String> NUMBERS = List.of("tinyint", "smallint", "int", "bigint", "float", "double");

    int LONG = 3;
    int LONG_DIGITS = 19;

    private static int rank(ColumnType type) {
        return switch (type) {
            case Plain plain -> NUMBERS.indexOf(plain.name);
            case Decimal _ -> LONG;
            case ListOf _, MapOf _, Struct _ -> -1;
        };
    }

    /// Those that are read off values have all 38 digits already.
    private static ColumnType decimal(int whole, int scale) {
        return new Decimal(Math.min(Type.Decimal.MAX_PRECISION, whole + scale), scale);
    }
}
