package dev.feedline.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the type language of the Glue Data Catalog (Hive's), by recursive descent.
///
/// A field name that is not a plain identifier stands in backticks, a backtick in it is doubled (Hive's
/// quoting).
final class GlueTypeParser {
    private final String text;
    private int at;

    GlueTypeParser(String text) {
        this.text = text;
    }

    static String quote(String name) {
        return name.matches("[A-Za-z0-9_]+") ? name : "`" + name.replace("`", "``") + "`";
    }

    Type parse() {
        Type type = type();
        if (at != text.length()) {
            throw expected("the end");
        }
        return type;
    }

    private Type type() {
        String word = word().toLowerCase(Locale.ROOT);
        switch (word) {
            case "boolean":
                return new Type.Bool();
            case "bigint":
            case "long":
            case "int":
            case "integer":
            case "smallint":
            case "tinyint":
                return new Type.Int64();
            case "double":
            case "float":
                return new Type.Float64();
            case "string":
            case "varchar":
                return new Type.Text();
            case "date":
                return new Type.Date();
            case "timestamp":
                return new Type.Timestamp();
            case "decimal":
                return decimal();
            case "array":
                return list();
            case "struct":
                return struct();
            default:
                throw new IllegalArgumentException(
                        "unknown type '" + word + "' in \"" + text
                                + "\": use boolean, bigint, double, decimal(p,s), string, date, timestamp, struct<…> or array<…>");
        }
    }

    private Type decimal() {
        if (at == text.length() || text.charAt(at) != '(') {
            return new Type.Decimal(10, 0); // Hive's default
        }
        take('(');
        int precision = number();
        int scale = 0;
        if (at < text.length() && text.charAt(at) == ',') {
            take(',');
            scale = number();
        }
        take(')');
        return new Type.Decimal(precision, scale);
    }

    private Type list() {
        take('<');
        Type element = type();
        take('>');
        return new Type.ListOf(element);
    }

    private Type struct() {
        take('<');
        List<Column> fields = new ArrayList<>();
        do {
            if (!fields.isEmpty()) {
                take(',');
            }
            String name = name();
            take(':');
            fields.add(new Column(name, type()));
        } while (at < text.length() && text.charAt(at) == ',');
        take('>');
        return new Type.Struct(fields);
    }

    private String name() {
        if (at < text.length() && text.charAt(at) == '`') {
            StringBuilder name = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '`') {
                    name.append(text.charAt(at));
                } else if (at + 1 < text.length() && text.charAt(at + 1) == '`') {
                    name.append('`');
                    at++;
                } else {
                    at++;
                    return name.toString();
                }
            }
            throw expected("'`'");
        }
        return word();
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (start == at) {
            throw expected("a name");
        }
        return text.substring(start, at);
    }

    private int number() {
        skipSpaces();
        String digits = word();
        skipSpaces();
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw expected("a number");
        }
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private void take(char wanted) {
        skipSpaces();
        if (at == text.length() || text.charAt(at) != wanted) {
            throw expected("'" + wanted + "'");
        }
        at++;
        skipSpaces();
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException(
                "expected " + what + " at character " + (at + 1) + " of type \"" + text + "\"");
    }
}
