package dev.feedline.bench.conversion;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;

/// A schema as parquet-java reads it (`MessageTypeParser`).
final class MessageTypeText {
    private static final int MOST_DIGITS_OF_INT32 = 9;

    private MessageTypeText() {}

    static String of(Schema schema) {
        StringBuilder text = new StringBuilder("message row {");
        schema.columns().forEach(column -> field(column.name(), column.type(), text));
        return text.append(" }").toString();
    }

    private static void field(String name, Type type, StringBuilder text) {
        text.append(" optional ");
        switch (type) {
            case Type.Bool b -> leaf("boolean", name, "", text);
            case Type.Int64 i -> leaf("int64", name, "", text);
            case Type.Float64 f -> leaf("double", name, "", text);
            case Type.Text t -> leaf("binary", name, " (STRING)", text);
            case Type.Date d -> leaf("int32", name, " (DATE)", text);
            case Type.Timestamp t -> leaf("int64", name, " (TIMESTAMP(MICROS,true))", text);
            case Type.Decimal decimal ->
                leaf(
                        decimal.precision() <= MOST_DIGITS_OF_INT32 ? "int32" : "int64",
                        name,
                        " (DECIMAL(" + decimal.precision() + "," + decimal.scale() + "))",
                        text);
            case Type.Struct struct -> {
                text.append("group ").append(name).append(" {");
                for (Column field : struct.fields()) {
                    field(field.name(), field.type(), text);
                }
                text.append(" }");
            }
            case Type.ListOf list -> {
                text.append("group ").append(name).append(" (LIST) { repeated group list {");
                field("element", list.element(), text);
                text.append(" } }");
            }
        }
    }

    private static void leaf(String physical, String name, String logical, StringBuilder text) {
        text.append(physical).append(' ').append(name).append(logical).append(';');
    }
}
