package dev.feedline.snowflake.copy;

import java.util.ArrayList;
import java.util.List;

/// A DuckDB type taken apart, e.g. `STRUCT(a DECIMAL(10,2), b INTEGER[])`.
sealed interface NestedType {
    record Plain(String name) implements NestedType {}

    record ListOf(NestedType element) implements NestedType {}

    record MapOf(NestedType value) implements NestedType {}

    record Struct(List<Field> fields) implements NestedType {}

    record Field(String name, NestedType type) {}

    static NestedType parse(String type) {
        return new Parser(type).type();
    }

    /// Reads DuckDB's own spelling.
    final class Parser {
        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private NestedType type() {
            NestedType type = element();
            while (text.startsWith("[", at)) {
                at = text.indexOf(']', at) + 1;
                type = new ListOf(type);
            }
            return type;
        }

        private NestedType element() {
            if (text.startsWith("STRUCT(", at)) {
                at += 7;
                List<Field> fields = new ArrayList<>();
                while (text.charAt(at) != ')') {
                    String name = name();
                    at++;
                    fields.add(new Field(name, type()));
                    skipComma();
                }
                at++;
                return new Struct(List.copyOf(fields));
            }
            if (text.startsWith("MAP(", at)) {
                at += 4;
                type();
                skipComma();
                NestedType value = type();
                at++;
                return new MapOf(value);
            }
            return plain();
        }

        private NestedType plain() {
            int start = at;
            int depth = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (depth == 0 && (c == ',' || c == ')' || c == '[')) {
                    break;
                }
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            }
            return new Plain(text.substring(start, at));
        }

        private String name() {
            StringBuilder name = new StringBuilder();
            if (text.charAt(at) != '"') {
                while (text.charAt(at) != ' ') {
                    name.append(text.charAt(at++));
                }
                return name.toString();
            }
            at++;
            while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
                at += text.charAt(at) == '"' ? 1 : 0;
                name.append(text.charAt(at++));
            }
            at++;
            return name.toString();
        }

        private void skipComma() {
            if (text.startsWith(", ", at)) {
                at += 2;
            }
        }
    }
}
