package dev.feedline.bench.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Rows of 100 fields in ten kinds, each present in three to nine of ten rows; of those that are
/// missing, one in eight is a null.
final class WideRows implements RowMaker {
    private static final int FIELDS = 100;
    private static final int KINDS = 10;
    private static final List<byte[]> WORDS =
            RowBytes.utf8("red", "green", "blue", "black", "white", "Weiß", "none", "small", "large", "unknown");

    private final List<byte[]> keys;

    WideRows() {
        keys = RowBytes.utf8(columns().stream()
                .map(column -> "\"" + column.substring(0, column.indexOf(':')) + "\":")
                .toArray(String[]::new));
    }

    static List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (int field = 0; field < FIELDS; field++) {
            String type = switch (field % KINDS) {
                case 0, 1, 2, 3 -> "count:bigint";
                case 4, 5 -> "ratio:double";
                case 6 -> "flag:boolean";
                case 7 -> "code:string";
                case 8 -> "text:string";
                default -> "moment:timestamp";
            };
            columns.add("f" + field / 10 + field % 10 + "_" + type);
        }
        return columns;
    }

    @Override
    public void row(long number, SplittableRandom random, RowBytes out) {
        String before = "{";
        for (int field = 0; field < FIELDS; field++) {
            boolean isPresent = field == 0 || random.nextInt(10) < 3 + field % 7;
            if (isPresent) {
                value(field, number, random, out.text(before).bytes(keys.get(field)));
            } else if (random.nextInt(8) == 0) {
                out.text(before).bytes(keys.get(field)).text("null");
            } else {
                continue;
            }
            before = ",";
        }
        out.text("}\n");
    }

    private static void value(int field, long number, SplittableRandom random, RowBytes out) {
        switch (field % KINDS) {
            case 0 -> out.number(1_000_000 + number);
            case 1 -> out.number(random.nextInt(1000));
            case 2 -> out.number(random.nextInt(2_000_000) - 1_000_000);
            case 3 -> out.number(random.nextLong(1L << 50));
            case 4 -> out.decimal(random.nextInt(10_000), 4);
            case 5 -> out.decimal(random.nextLong(2_000_000_000_000L) - 1_000_000_000_000L, 6);
            case 6 -> out.text(random.nextBoolean() ? "true" : "false");
            case 7 -> out.text("\"").any(random, WORDS).text("\"");
            case 8 ->
                out.text("\"item ")
                        .hex(random, 8)
                        .text(" of ")
                        .any(random, WORDS)
                        .text("\"");
            default -> out.text("\"").moment(random, true).text("\"");
        }
    }
}
