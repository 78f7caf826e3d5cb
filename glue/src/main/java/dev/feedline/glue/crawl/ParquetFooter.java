package dev.feedline.glue.crawl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The columns and the number of rows that a Parquet file's footer names, read from its bytes alone.
///
/// https://github.com/apache/parquet-format: `FileMetaData` in Thrift's compact protocol.
record ParquetFooter(Map<String, ColumnType> columns, long rows) {
    /// Deeper schemas are taken for damage.
    private static final int DEEPEST = 100;
    /// The most nodes of a schema; each is kept until the columns are made.
    private static final int MOST_ELEMENTS = 100_000;

    /// One node of the schema as it stands in the footer; absent numbers are -1.
    private record Element(
            int type,
            int repetition,
            String name,
            int children,
            int converted,
            int scale,
            int precision,
            Logical logical) {
        private static final int REPEATED = 2;

        boolean isRepeated() {
            return repetition == REPEATED;
        }

        boolean isGroup() {
            return children > 0;
        }
    }

    /// A logical type: its number in the union, and what is asked of it here.
    private record Logical(int kind, int scale, int precision, int bits, boolean signed) {
        static final Logical NONE = new Logical(-1, -1, -1, -1, true);
    }

    /// @throws DamagedFileException when the bytes are no footer
    static ParquetFooter read(byte[] footer) throws DamagedFileException {
        try {
            CompactReader in = new CompactReader(footer);
            List<Element> elements = new ArrayList<>();
            long rows = 0;
            for (int field = in.beginStruct(); field > 0; field = in.nextField()) {
                switch (field) {
                    case 2 -> {
                        int size = in.beginList();
                        if (elements.size() + size > MOST_ELEMENTS) {
                            throw new DamagedFileException("the schema has " + (elements.size() + size)
                                    + " elements, and at most " + MOST_ELEMENTS + " are read");
                        }
                        for (int i = 0; i < size; i++) {
                            elements.add(element(in));
                        }
                    }
                    case 3 -> rows = in.number();
                    default -> in.skip();
                }
            }
            if (elements.isEmpty() || rows < 0) {
                throw new DamagedFileException("the footer has no schema");
            }
            Schema schema = new Schema(elements);
            Map<String, ColumnType> columns = schema.fields(elements.getFirst().children(), 0);
            return new ParquetFooter(columns, rows);
        } catch (IndexOutOfBoundsException e) {
            throw new DamagedFileException("the footer ends too early", e);
        }
    }

    private static Element element(CompactReader in) throws DamagedFileException {
        int type = -1;
        int repetition = 0;
        String name = "";
        int children = 0;
        int converted = -1;
        int scale = 0;
        int precision = 0;
        Logical logical = Logical.NONE;
        for (int field = in.beginStruct(); field > 0; field = in.nextField()) {
            switch (field) {
                case 1 -> type = in.smallNumber();
                case 3 -> repetition = in.smallNumber();
                case 4 -> name = new String(in.bytes(), StandardCharsets.UTF_8);
                case 5 -> children = in.smallNumber();
                case 6 -> converted = in.smallNumber();
                case 7 -> scale = in.smallNumber();
                case 8 -> precision = in.smallNumber();
                case 10 -> logical = logical(in);
                default -> in.skip();
            }
        }
        return new Element(type, repetition, name, children, converted, scale, precision, logical);
    }

    private static Logical logical(CompactReader in) throws DamagedFileException {
        Logical logical = Logical.NONE;
        for (int kind = in.beginStruct(); kind > 0; kind = in.nextField()) {
            int scale = 0;
            int precision = 0;
            int bits = -1;
            boolean signed = true;
            for (int field = in.beginStruct(); field > 0; field = in.nextField()) {
                if (kind == Schema.DECIMAL && field == 1) {
                    scale = in.smallNumber();
                } else if (kind == Schema.DECIMAL && field == 2) {
                    precision = in.smallNumber();
                } else if (kind == Schema.INTEGER && field == 1) {
                    bits = in.oneByte();
                } else if (kind == Schema.INTEGER && field == 2) {
                    signed = in.truth();
                } else {
                    in.skip();
                }
            }
            logical = new Logical(kind, scale, precision, bits, signed);
        }
        return logical;
    }

    /// Goes through the elements, which stand depth first.
    private static final class Schema {
        // `LogicalType` in parquet.thrift.
        private static final int STRING = 1;
        private static final int MAP = 2;
        private static final int LIST = 3;
        private static final int ENUM = 4;
        private static final int DECIMAL = 5;
        private static final int DATE = 6;
        private static final int TIMESTAMP = 8;
        private static final int INTEGER = 10;
        private static final int JSON = 12;

        private final List<Element> elements;
        private int at = 1;

        Schema(List<Element> elements) {
            this.elements = elements;
        }

        Map<String, ColumnType> fields(int count, int depth) throws DamagedFileException {
            if (depth > DEEPEST) {
                throw new DamagedFileException("the schema is nested more than " + DEEPEST + " levels deep");
            }
            Map<String, ColumnType> fields = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                Element element = elements.get(at++);
                ColumnType type = typeOf(element, depth);
                fields.put(element.name(), element.isRepeated() ? new ColumnType.ListOf(type) : type);
            }
            return fields;
        }

        private ColumnType typeOf(Element element, int depth) throws DamagedFileException {
            if (!element.isGroup()) {
                return leaf(element);
            }
            Map<String, ColumnType> fields;
            Element first = elements.get(at);
            int second = first.children();
            fields = fields(element.children(), depth + 1);
            ColumnType only = fields.size() == 1 ? fields.values().iterator().next() : null;
            if (isList(element) && only instanceof ColumnType.ListOf list) {
                return new ColumnType.ListOf(elementOf(list.element(), first.name(), second, element.name()));
            }
            if (isMap(element) && only instanceof ColumnType.ListOf entries) {
                ColumnType.MapOf map = mapOf(entries.element());
                return map == null ? new ColumnType.Struct(fields) : map;
            }
            return new ColumnType.Struct(fields);
        }

        /// "Backward-compatibility rules" of LogicalTypes.md: the repeated group is the element itself, unless it is a
        /// mere shell around one field.
        private static ColumnType elementOf(ColumnType repeated, String name, int children, String list) {
            boolean isShell = repeated instanceof ColumnType.Struct
                    && children == 1
                    && !name.equals("array")
                    && !name.equals(list + "_tuple");
            return isShell && repeated instanceof ColumnType.Struct struct
                    ? struct.fields().values().iterator().next()
                    : repeated;
        }

        private static ColumnType.@Nullable MapOf mapOf(ColumnType entry) {
            if (entry instanceof ColumnType.Struct struct && struct.fields().size() == 2) {
                List<ColumnType> both = List.copyOf(struct.fields().values());
                return new ColumnType.MapOf(both.get(0), both.get(1));
            }
            return null;
        }

        private static boolean isList(Element element) {
            return element.logical().kind() == LIST || element.converted() == 3;
        }

        private static boolean isMap(Element element) {
            return element.logical().kind() == MAP || element.converted() == 1 || element.converted() == 2;
        }

        private static ColumnType leaf(Element element) throws DamagedFileException {
            if (element.logical().kind() == DECIMAL || element.converted() == 5) {
                boolean isLogical = element.logical().kind() == DECIMAL;
                return decimal(
                        isLogical ? element.logical().precision() : element.precision(),
                        isLogical ? element.logical().scale() : element.scale());
            }
            return new ColumnType.Plain(
                    switch (element.type()) {
                        case 0 -> "boolean";
                        case 1 -> int32(element);
                        case 2 -> isTimestamp(element) ? "timestamp" : "bigint";
                        case 3 -> "timestamp";
                        case 4 -> "float";
                        case 5 -> "double";
                        case 6 -> isText(element) ? "string" : "binary";
                        case 7 -> "binary";
                        default -> throw new DamagedFileException("there is no physical type " + element.type());
                    });
        }

        private static String int32(Element element) {
            if (element.logical().kind() == DATE || element.converted() == 6) {
                return "date";
            }
            int bits = element.logical().kind() == INTEGER ? element.logical().bits() : convertedBits(element);
            boolean signed = element.logical().kind() == INTEGER
                    ? element.logical().signed()
                    : element.converted() < 11 || element.converted() > 14;
            return switch (bits) {
                case 8 -> signed ? "tinyint" : "smallint";
                case 16 -> signed ? "smallint" : "int";
                default -> signed ? "int" : "bigint";
            };
        }

        /// UINT_8, 16, 32, 64 are 11 to 14, INT_8 to INT_64 are 15 to 18.
        private static int convertedBits(Element element) {
            return switch (element.converted()) {
                case 11, 15 -> 8;
                case 12, 16 -> 16;
                default -> 32;
            };
        }

        private static boolean isTimestamp(Element element) {
            return element.logical().kind() == TIMESTAMP || element.converted() == 9 || element.converted() == 10;
        }

        private static boolean isText(Element element) {
            int logical = element.logical().kind();
            int converted = element.converted();
            return logical == STRING
                    || logical == ENUM
                    || logical == JSON
                    || converted == 0
                    || converted == 4
                    || converted == 19;
        }

        private static ColumnType decimal(int precision, int scale) throws DamagedFileException {
            if (precision < 1 || scale < 0 || scale > precision) {
                throw new DamagedFileException("there is no decimal(" + precision + "," + scale + ")");
            }
            return new ColumnType.Decimal(precision, scale);
        }
    }
}
