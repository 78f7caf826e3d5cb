package dev.feedline.app.audit;

import dev.feedline.rows.Type;
import java.util.Locale;
import java.util.regex.Pattern;

/// What the text of a cell says to a column of some type.
///
/// Blanks around anything but a text do not count, and nothing but blanks is null. What the type cannot make anything
/// of stays the text it is.
final class CellValue {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d++\\.?\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?");
    private static final Pattern BLANKS_AROUND = Pattern.compile("^[ \\t]++|(?<![ \\t])[ \\t]++\\z");

    private CellValue() {}

    static Json of(Type type, Json.Text cell) {
        return switch (type) {
            case Type.Text text -> cell;
            case Type.Struct struct -> cell;
            case Type.ListOf list -> cell;
            case Type.Int64 whole -> number(cell);
            case Type.Decimal decimal -> number(cell);
            case Type.Float64 real -> number(cell);
            case Type.Bool bool -> bool(cell);
            case Type.Date date -> trimmed(cell);
            case Type.Timestamp timestamp -> trimmed(cell);
        };
    }

    private static Json trimmed(Json.Text cell) {
        String text = BLANKS_AROUND.matcher(cell.value()).replaceAll("");
        return text.isEmpty() ? new Json.Null(cell.source()) : new Json.Text(text, cell.source());
    }

    private static Json number(Json.Text cell) {
        return trimmed(cell) instanceof Json.Text text
                        && NUMBER.matcher(text.value()).matches()
                ? new Json.Num(text.value())
                : trimmedOrCell(cell);
    }

    private static Json bool(Json.Text cell) {
        Json trimmed = trimmed(cell);
        String word = trimmed instanceof Json.Text text ? text.value().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "true", "t", "yes", "y", "on", "1" -> new Json.Bool(true, cell.source());
            case "false", "f", "no", "n", "off", "0" -> new Json.Bool(false, cell.source());
            default -> trimmedOrCell(cell);
        };
    }

    /// Null for nothing but blanks, else the cell as it is.
    private static Json trimmedOrCell(Json.Text cell) {
        return trimmed(cell) instanceof Json.Null none ? none : cell;
    }
}
