package dev.feedline.app.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the services said they have: it must be there after anything that happens to the machine.
///
/// Contents follow from names, so that only names are kept.
final class Acknowledged {
    static final String BUCKET = "customers";
    static final String STREAM = "customers";
    static final String QUEUE = "customers";
    static final String FEED = "cuts";

    final Set<String> objects = ConcurrentHashMap.newKeySet();
    final Set<String> records = ConcurrentHashMap.newKeySet();
    final Set<String> messages = ConcurrentHashMap.newKeySet();
    final Set<Long> rows = ConcurrentHashMap.newKeySet();
    /// Version ids by key.
    final Map<String, String> files = new ConcurrentHashMap<>();
    /// What was asked for but not acknowledged: it may be there or not, but whole.
    final AtomicLong refused = new AtomicLong();

    private final AtomicLong numbers = new AtomicLong();

    long next() {
        return numbers.incrementAndGet();
    }

    long total() {
        return (long) objects.size() + records.size() + messages.size() + rows.size() + files.size();
    }

    /// How much of what, for a report.
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("objects acknowledged", objects.size());
        counts.put("records acknowledged", records.size());
        counts.put("messages acknowledged", messages.size());
        counts.put("SQL rows acknowledged", rows.size());
        counts.put("feed files acknowledged", files.size());
        return counts;
    }

    @Override
    public String toString() {
        return "acknowledged: " + objects.size() + " objects, " + records.size() + " records, " + messages.size()
                + " messages, " + rows.size() + " SQL rows, " + files.size() + " feed files; cut off: " + refused;
    }

    /// The bytes of the object of a key; the last part of the key is its size.
    static byte[] body(String key) {
        byte[] bytes = new byte[Integer.parseInt(key.substring(key.lastIndexOf('-') + 1))];
        new Random(key.hashCode()).nextBytes(bytes);
        return bytes;
    }

    /// The good rows of the feed file of a key, as their `N`, `TEXT` and `AMOUNT` should be in the table.
    static List<Map<String, Object>> feedRows(String key) {
        Random random = new Random(key.hashCode());
        String padding = ".".repeat(250); // so that the file is a file on the disk, too, and no small object in a row
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row = 1, count = 150 + random.nextInt(50); row <= count; row++) {
            rows.add(Map.of(
                    "N",
                    Integer.toString(random.nextInt(1_000_000)),
                    "TEXT",
                    "row " + row + " of " + key + padding,
                    "AMOUNT",
                    (1 + random.nextInt(900)) + "." + (10 + random.nextInt(90))));
        }
        return rows;
    }

    /// The feed file itself; its last row is bad.
    static String feedFile(String key) {
        StringBuilder file = new StringBuilder();
        for (Map<String, Object> row : feedRows(key)) {
            file.append("{\"n\":").append(row.get("N"));
            file.append(",\"text\":\"").append(row.get("TEXT"));
            file.append("\",\"amount\":").append(row.get("AMOUNT")).append("}\n");
        }
        return file.append("not a row\n").toString();
    }
}
