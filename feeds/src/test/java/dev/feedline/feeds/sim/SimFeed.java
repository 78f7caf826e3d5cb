package dev.feedline.feeds.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// One generated feed file, and what must become of each of its rows.
///
/// @param shape how its rows are written
/// @param container how they are packed
/// @param bytes as uploaded
/// @param rows in order; row n of the file is element n - 1
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record SimFeed(Shape shape, Container container, byte[] bytes, List<SimRow> rows) {
    private static final String[] AMOUNTS = {
        "9007199254740993", "12345678901234567.123456789012345678", "1.10", "1e400", "-0", "7", "0.1", "1e2", "-1.5"
    };

    enum Shape {
        LINES(".jsonl"),
        ARRAY(".json"),
        CSV(".csv");

        private final String extension;

        Shape(String extension) {
            this.extension = extension;
        }

        String extension() {
            return extension;
        }
    }

    enum Container {
        PLAIN,
        GZIP,
        CUT_GZIP,
        DAMAGED_GZIP,
        PICTURE
    }

    /// What a row is.
    enum Kind {
        /// Loads under any schema.
        GOOD,
        /// Loads exactly or is in quarantine, as the schema of its time has it.
        EITHER,
        /// Never loads.
        BAD
    }

    /// @param cells the JSON text of each value by key; a good row of the table shows them
    record SimRow(Kind kind, Map<String, String> cells) {}

    static SimFeed generate(Random random) {
        int pick = random.nextInt(40);
        if (pick == 0) {
            byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
            return new SimFeed(Shape.LINES, Container.PICTURE, picture, List.of(new SimRow(Kind.BAD, Map.of())));
        }
        return switch (random.nextInt(4)) {
            case 0 -> array(random, pick);
            case 1 -> csv(random, pick);
            default -> lines(random, pick);
        };
    }

    /// The elements of one array; every fault is one that leaves it certain where its row ends.
    private static SimFeed array(Random random, int pick) {
        List<SimRow> rows = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes((random.nextBoolean() ? "[" : "\ufeff[\n").getBytes(StandardCharsets.UTF_8));
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            text.writeBytes((i == 0 ? "" : random.nextBoolean() ? "," : " ,\r\n").getBytes(StandardCharsets.UTF_8));
            // What the file is, is told by its first element.
            rows.add(row(random, i, text, i == 0 ? 0 : 1));
        }
        text.writeBytes((random.nextBoolean() ? "]" : "\n]\n").getBytes(StandardCharsets.UTF_8));
        return packed(random, pick, Shape.ARRAY, text.toByteArray(), rows);
    }

    private static SimFeed csv(Random random, int pick) {
        boolean extra = random.nextInt(3) == 0;
        String extraName = "extra" + random.nextInt(4);
        String delimiter = random.nextBoolean() ? "," : ";";
        String lineEnd = random.nextBoolean() ? "\r\n" : "\n";
        List<SimRow> rows = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        List<String> header = new ArrayList<>(List.of("id", "name", "amount"));
        if (extra) {
            header.add(extraName);
        }
        text.writeBytes((String.join(delimiter, header) + lineEnd).getBytes(StandardCharsets.UTF_8));
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(9) == 0) {
                String broken = random.nextBoolean() ? "1" : "1" + delimiter + "\"x\"y" + delimiter + delimiter;
                text.writeBytes((broken + lineEnd).getBytes(StandardCharsets.UTF_8));
                rows.add(new SimRow(Kind.BAD, Map.of()));
                continue;
            }
            Map<String, String> cells = new LinkedHashMap<>();
            String name = "n" + random.nextInt(5) + "é" + delimiter + " 007";
            String amount = random.nextInt(3) == 0 ? AMOUNTS[random.nextInt(AMOUNTS.length)] : "";
            cells.put("id", Integer.toString(i));
            cells.put("name", '"' + name + '"');
            String line = i + delimiter + '"' + name + '"' + delimiter + amount;
            if (!amount.isEmpty()) {
                cells.put("amount", amount);
            }
            if (extra) {
                cells.put(extraName, "\"x" + i + "\"");
                line += delimiter + "x" + i;
            }
            rows.add(new SimRow(amount.isEmpty() ? Kind.GOOD : Kind.EITHER, cells));
            text.writeBytes(
                    (line + lineEnd + (random.nextInt(8) == 0 ? lineEnd : "")).getBytes(StandardCharsets.UTF_8));
        }
        return packed(random, pick, Shape.CSV, text.toByteArray(), rows);
    }

    private static SimFeed lines(Random random, int pick) {
        List<SimRow> rows = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int count = random.nextInt(10) == 0 ? 0 : random.nextInt(14);
        for (int i = 0; i < count; i++) {
            rows.add(row(random, i, text, 5));
            boolean last = i == count - 1;
            text.writeBytes((last && random.nextBoolean() ? "" : random.nextBoolean() ? "\r\n" : "\n")
                    .getBytes(StandardCharsets.UTF_8));
            if (random.nextInt(8) == 0 && !last) {
                text.write('\n');
            }
        }
        return packed(random, pick, Shape.LINES, text.toByteArray(), rows);
    }

    private static SimFeed packed(Random random, int pick, Shape shape, byte[] text, List<SimRow> rows) {
        if (pick > 12) {
            return new SimFeed(shape, Container.PLAIN, text, rows);
        }
        int half = random.nextInt(text.length + 1);
        byte[] two = join(gzip(Arrays.copyOf(text, half)), gzip(Arrays.copyOfRange(text, half, text.length)));
        return switch (pick) {
            case 1 ->
                new SimFeed(shape, Container.CUT_GZIP, Arrays.copyOf(two, two.length - 1 - random.nextInt(6)), rows);
            case 2 -> {
                two[two.length - 6] ^= 1; // within the CRC of the last member
                yield new SimFeed(shape, Container.DAMAGED_GZIP, two, rows);
            }
            default -> new SimFeed(shape, Container.GZIP, two, rows);
        };
    }

    /// @param faults how many kinds of fault the row may have: with 1 only that its bytes are no UTF-8
    private static SimRow row(Random random, int number, ByteArrayOutputStream text, int faults) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("id", Integer.toString(number));
        cells.put("name", "\"n" + random.nextInt(5) + "\\u00e9 007\"");
        Kind kind = Kind.GOOD;
        if (random.nextInt(3) == 0) {
            cells.put("amount", AMOUNTS[random.nextInt(AMOUNTS.length)]);
            kind = Kind.EITHER;
        }
        if (random.nextInt(5) == 0) {
            cells.put("extra" + random.nextInt(4), "\"x" + number + "\"");
        }
        if (random.nextInt(12) == 0) {
            cells.put("id", "\"not a number\"");
            kind = Kind.EITHER;
        }
        boolean bad = faults > 0 && random.nextInt(9) == 0;
        text.writeBytes(bad ? broken(faults == 1 ? 1 : random.nextInt(faults)) : whole(random, cells));
        return bad ? new SimRow(Kind.BAD, Map.of()) : new SimRow(kind, cells);
    }

    private static byte[] whole(Random random, Map<String, String> cells) {
        String space = random.nextInt(4) == 0 ? " " : "";
        StringBuilder json = new StringBuilder(space + "{" + space);
        cells.forEach((key, value) -> json.append(json.indexOf("\"") < 0 ? "" : ",")
                .append('"')
                .append(key)
                .append("\":")
                .append(space)
                .append(value));
        return json.append(space).append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] broken(int fault) {
        return switch (fault) {
            case 0 -> "{\"id\":1,\"name\":\"cut".getBytes(StandardCharsets.UTF_8);
            case 1 -> new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xff, '"', '}'};
            case 2 -> "[1,2]".getBytes(StandardCharsets.UTF_8);
            case 3 -> "{\"id\":1,\"id\":2}".getBytes(StandardCharsets.UTF_8);
            default -> "{\"_FL\":\"000000000000000000000000:0:1\",\"id\":1}".getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] gzip(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
