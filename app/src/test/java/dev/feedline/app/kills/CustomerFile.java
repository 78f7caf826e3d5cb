package dev.feedline.app.kills;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// A feed file of some hundred rows, made from a seed, with a column that no file before it had.
///
/// @param plain what it says as JSON lines without compression, for the independent reader: a CSV cell is a string
record CustomerFile(Kind kind, String key, byte[] bytes, byte[] plain) {
    /// What customers send.
    enum Kind {
        JSON_LINES("orders", ".jsonl"),
        GZIP("events", ".jsonl.gz"),
        /// One row in ten cannot be loaded.
        DIRTY("orders", ".dirty.jsonl"),
        CSV("tables", ".csv");

        private final String feed;
        private final String ending;

        Kind(String feed, String ending) {
            this.feed = feed;
            this.ending = ending;
        }
    }

    /// What `feedline.yaml` must say for these files.
    static final String DEFINITION = """
            feeds:
              orders: { schema: { columns: { id: bigint, amount: "decimal(12,2)" } } }
              events: {}
              tables: { format: csv }
            """;

    private static final int MOST_ROWS = 400;
    private static final String[] NAMES = {"Ada", "李 \\\"Bo\\\"", "Zoë", "O'Neil", "name, with comma"};

    String feed() {
        return kind.feed;
    }

    /// @param number no other file of the same server may have it; it is in the key and names the new column
    static CustomerFile make(Random random, int number) throws IOException {
        Kind kind = Kind.values()[number % Kind.values().length];
        int rows = 1 + random.nextInt(MOST_ROWS);
        StringBuilder file = new StringBuilder(kind == Kind.CSV ? "id,name,amount,new_" + number + "\n" : "");
        StringBuilder plain = new StringBuilder();
        for (int row = 1; row <= rows; row++) {
            if (kind == Kind.CSV) {
                addCells(random, number, row, file, plain);
            } else {
                String line =
                        kind == Kind.DIRTY && random.nextInt(10) == 0 ? bad(random, row) : json(random, number, row);
                file.append(line).append('\n');
                plain.append(line).append('\n');
            }
        }
        byte[] bytes = file.toString().getBytes(UTF_8);
        return new CustomerFile(
                kind,
                kind.feed + "/" + number + kind.ending,
                kind == Kind.GZIP ? gzip(bytes) : bytes,
                plain.toString().getBytes(UTF_8));
    }

    private static String json(Random random, int number, int row) {
        return "{\"id\":%d,\"name\":\"%s\",\"amount\":%d.%02d,\"nested\":{\"n\":[%d,%d],\"t\":\"x\"},\"new_%d\":%d}"
                .formatted(
                        row,
                        NAMES[random.nextInt(NAMES.length)],
                        random.nextInt(1_000_000),
                        random.nextInt(100),
                        random.nextInt(10),
                        random.nextInt(10),
                        number,
                        random.nextLong());
    }

    private static String bad(Random random, int row) {
        return switch (random.nextInt(4)) {
            case 0 -> "{\"id\":" + row;
            case 1 -> "{\"id\":\"no number\",\"amount\":1}";
            case 2 -> "{\"id\":" + row + ",\"amount\":1.234}";
            default -> "not JSON at all";
        };
    }

    private static void addCells(Random random, int number, int row, StringBuilder csv, StringBuilder plain) {
        String amount = random.nextInt(1000) + ".50";
        String word = Long.toString(random.nextLong(), Character.MAX_RADIX);
        csv.append("%d,\"name, \"\"%d\"\"\nsecond line\",%s,%s\n".formatted(row, row, amount, word));
        plain.append("{\"id\":\"%d\",\"name\":\"name, \\\"%d\\\"\\nsecond line\",\"amount\":\"%s\",\"new_%d\":\"%s\"}\n"
                .formatted(row, row, amount, number, word));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
