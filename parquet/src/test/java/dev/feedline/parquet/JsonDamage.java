package dev.feedline.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Damages rows of JSON, from a seed: by its grammar (tokens left out, doubled, exchanged, values of
/// other kinds, keys that come twice, depth, length) and byte by byte.
final class JsonDamage {
    private static final String SPICE = "{}[]\",:\\u0e+-.1tfn \t\r\n\u0001\u007f";
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-0",
            "1.5",
            "1e400",
            "99999999999999999999",
            "123456789012345678901234567890123456789.5",
            "\"2026-02-30\"",
            "\"text\"",
            "\"\\ud834\"",
            "\"\\udd1e\\ud834\"",
            "[]",
            "{}",
            "[1,[2,{\"x\":null}],\"y\"]",
            "{\"v\":{\"w\":[]},\"new\":[0]}",
            "{\"twice\":1,\"tw\\u0069ce\":2}");
    private static final List<String> NO_TOKENS = List.of(
            "01", "+1", "1.", ".5", "1e", "NaN", "'a'", "\"\\x\"", "\"\\u12g4\"", "tru", "nul", "\"\t\"", "//", "\"");

    private final Random random;
    private final Schema schema;
    private final int maxRowBytes;

    JsonDamage(Random random, Schema schema, int maxRowBytes) {
        this.random = random;
        this.schema = schema;
        this.maxRowBytes = maxRowBytes;
    }

    byte[] damaged(String row) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> row.getBytes(UTF_8);
            case 3, 4, 5 -> inItsTokens(row).getBytes(UTF_8);
            case 6, 7 -> withAnotherMember(row).getBytes(UTF_8);
            case 8 -> asAnotherWhole(row).getBytes(UTF_8);
            default -> inItsBytes(row.getBytes(UTF_8));
        };
    }

    private String inItsTokens(String row) {
        var tokens = tokens(row);
        for (int wounds = 1 + random.nextInt(2); wounds > 0 && !tokens.isEmpty(); wounds--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(6)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(at));
                case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
                case 3 -> tokens.set(at, of(NO_TOKENS));
                // Behind a colon it is a value for certain.
                default -> {
                    int colon = tokens.subList(at, tokens.size()).indexOf(":");
                    tokens.set(colon < 0 || at + colon + 1 >= tokens.size() ? at : at + colon + 1, of(VALUES));
                }
            }
        }
        return String.join("", tokens);
    }

    private String withAnotherMember(String row) {
        String name = switch (random.nextInt(8)) {
            case 0 -> "_FL";
            case 1, 2, 3 -> any(schema.columns()).name();
            default -> "new " + random.nextInt(5);
        };
        String member = "\"" + name + "\":" + (random.nextInt(4) == 0 ? deep() : of(VALUES));
        var tokens = tokens(row);
        int braces = (int) tokens.stream().filter("{"::equals).count();
        int brace = random.nextBoolean() ? 0 : random.nextInt(braces);
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).equals("{") && brace-- == 0) {
                tokens.add(i + 1, member + (tokens.get(i + 1).equals("}") ? "" : ","));
                break;
            }
        }
        return String.join("", tokens);
    }

    private String deep() {
        int depth = 1 + random.nextInt(14);
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"d\":".repeat(depth) + "null" + "}".repeat(depth);
    }

    private String asAnotherWhole(String row) {
        return switch (random.nextInt(8)) {
            case 0 -> "[" + row + "]";
            case 1 -> of(VALUES);
            case 2 -> row + random.nextInt(3) + row;
            case 3 -> "\uFEFF" + row;
            case 4 -> row.substring(0, random.nextInt(row.length() + 1));
            case 5 -> "";
            // About as long as it may be.
            default -> {
                int room = maxRowBytes - row.getBytes(UTF_8).length + random.nextInt(5) - 2;
                yield random.nextBoolean()
                        ? row + " ".repeat(Math.max(0, room))
                        : "{\"pad\":\"" + "x".repeat(Math.max(0, maxRowBytes - 10 + random.nextInt(5) - 2)) + "\"}";
            }
        };
    }

    private byte[] inItsBytes(byte[] whole) {
        byte[] row = whole;
        for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
            int at = random.nextInt(row.length);
            switch (random.nextInt(4)) {
                case 0 -> row[at] = (byte) random.nextInt(256);
                case 1 -> row[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
                case 2 -> row[at] = (byte) (row[at] >= '0' && row[at] <= '9' ? '0' + random.nextInt(10) : row[at] ^ 1);
                default -> {
                    byte[] longer = Arrays.copyOf(row, row.length + 1);
                    System.arraycopy(row, at, longer, at + 1, row.length - at);
                    longer[at] = (byte) SPICE.charAt(random.nextInt(SPICE.length()));
                    row = longer;
                }
            }
        }
        return row;
    }

    /// The tokens of a text that is JSON, and the blanks between them.
    private static List<String> tokens(String json) {
        var tokens = new ArrayList<String>();
        int at = 0;
        while (at < json.length()) {
            int start = at++;
            if (json.charAt(start) == '"') {
                while (json.charAt(at) != '"') {
                    at += json.charAt(at) == '\\' ? 2 : 1;
                }
                at++;
            } else if (!isAlone(json.charAt(start))) {
                while (at < json.length() && !isAlone(json.charAt(at)) && json.charAt(at) != '"') {
                    at++;
                }
            }
            tokens.add(json.substring(start, at));
        }
        return tokens;
    }

    private static boolean isAlone(char c) {
        return "{}[]:, \t\r\n".indexOf(c) >= 0;
    }

    private Column any(List<Column> columns) {
        return columns.get(random.nextInt(columns.size()));
    }

    private String of(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
