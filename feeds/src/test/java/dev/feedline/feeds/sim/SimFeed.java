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
/// @param container how its rows are packed
/// @param bytes as uploaded
/// @param rows in order; row n of the file is element n - 1
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record SimFeed(Container container, byte[] bytes, List<SimRow> rows) {
    private static final String[] AMOUNTS = {
        "9007199254740993", "12345678901234567.123456789012345678", "1.10", "1e400", "-0", "7", "0.1", "1e2", "-1.5"
    };

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
            return new SimFeed(Container.PICTURE, picture, List.of(new SimRow(Kind.BAD, Map.of())));
        }
        List<SimRow> rows = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int count = random.nextInt(10) == 0 ? 0 : random.nextInt(14);
        for (int i = 0; i < count; i++) {
            rows.add(row(random, i, text));
            boolean last = i == count - 1;
            text.writeBytes((last && random.nextBoolean() ? "" : random.nextBoolean() ? "\r\n" : "\n")
                    .getBytes(StandardCharsets.UTF_8));
            if (random.nextInt(8) == 0 && !last) {
                text.write('\n');
            }
        }
        return packed(random, pick, text.toByteArray(), rows);
    }

    private static SimFeed packed(Random random, int pick, byte[] text, List<SimRow> rows) {
        if (pick > 12) {
            return new SimFeed(Container.PLAIN, text, rows);
        }
        int half = random.nextInt(text.length + 1);
        byte[] two = join(gzip(Arrays.copyOf(text, half)), gzip(Arrays.copyOfRange(text, half, text.length)));
        return switch (pick) {
            case 1 -> new SimFeed(Container.CUT_GZIP, Arrays.copyOf(two, two.length - 1 - random.nextInt(6)), rows);
            case 2 -> {
                two[two.length - 6] ^= 1; // within the CRC of the last member
                yield new SimFeed(Container.DAMAGED_GZIP, two, rows);
            }
            default -> new SimFeed(Container.GZIP, two, rows);
        };
    }

    private static SimRow row(Random random, int number, ByteArrayOutputStream text) {
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
        boolean bad = random.nextInt(9) == 0;
        text.writeBytes(bad ? broken(random) : whole(random, cells));
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

    private static byte[] broken(Random random) {
        return switch (random.nextInt(5)) {
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
