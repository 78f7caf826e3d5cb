package dev.feedline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SplittableRandom;

/// Feed files of orders, of any size, written as a stream from a seed; what is written is added up beside it.
///
/// The rows have the shape of `examples/feeds/orders.jsonl`: about 340 bytes, nested objects and lists, text beyond
/// ASCII and escapes. Every row is good.
public final class OrdersFile {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int ROOM_FOR_A_ROW = 4096;
    private static final List<byte[]> FIRST_NAMES = utf8("Mónica", "Nguyễn", "Priya", "Jürgen", "Aoife", "Олена", "悠真");
    private static final List<byte[]> LAST_NAMES = utf8("Okafor", "Østergård", "García", "Müller", "Tanaka", "O'Neill");
    private static final List<byte[]> CITIES = utf8("東京", "Kraków", "São Paulo", "Zürich", "Lagos", "Reykjavík");
    private static final List<byte[]> CURRENCIES = utf8("USD", "EUR", "DKK", "JPY", "PLN");
    private static final List<byte[]> NOTES =
            utf8("tab\\there", "said \\\"call first\\\"", "line\\nbreak", "caf\\u00e9", "leave at the door", "", "—");

    private final SplittableRandom random;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;
    private long bytes;
    private long rows;
    private long ids;
    private long cents;

    /// What a file holds.
    ///
    /// @param ids the sum of column `id`
    /// @param cents the sum of column `amount`, in hundredths
    public record Sum(long bytes, long rows, long ids, long cents) {
        public Sum plus(Sum other) {
            return new Sum(bytes + other.bytes, rows + other.rows, ids + other.ids, cents + other.cents);
        }
    }

    private OrdersFile(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// Writes rows until there are at least so many bytes; leaves the stream open.
    public static Sum write(long seed, long atLeastBytes, OutputStream out) throws IOException {
        OrdersFile file = new OrdersFile(seed);
        while (file.bytes + file.used < atLeastBytes) {
            file.row();
            if (file.buffer.length - file.used < ROOM_FOR_A_ROW) {
                file.drain(out);
            }
        }
        file.drain(out);
        return new Sum(file.bytes, file.rows, file.ids, file.cents);
    }

    private void drain(OutputStream out) throws IOException {
        out.write(buffer, 0, used);
        bytes += used;
        used = 0;
    }

    private void row() {
        long id = 100_000 + rows;
        long amount = 100 + random.nextInt(200_000);
        rows++;
        ids += id;
        cents += amount;
        text("{\"id\":").number(id).text(",\"ordered_at\":\"2026-11-").two(1 + random.nextInt(28));
        text("T")
                .two(random.nextInt(24))
                .text(":")
                .two(random.nextInt(60))
                .text(":")
                .two(random.nextInt(60));
        text(".")
                .number(100 + random.nextInt(900))
                .text("Z\",\"customer\":{\"id\":")
                .number(random.nextInt(90_000));
        text(",\"name\":\"").any(FIRST_NAMES).text(" ").any(LAST_NAMES).text("\",\"address\":{\"city\":\"");
        any(CITIES)
                .text("\",\"zip\":\"")
                .number(10_000 + random.nextInt(90_000))
                .text("\"}},\"amount\":");
        money(amount).text(",\"currency\":\"").any(CURRENCIES).text("\",\"items\":[");
        items(1 + random.nextInt(3));
        text("],\"coupon\":\"0").two(random.nextInt(100)).text("\",\"paid\":");
        text(random.nextBoolean() ? "true" : "false")
                .text(",\"note\":\"")
                .any(NOTES)
                .text("\"}\n");
    }

    private void items(int count) {
        for (int i = 0; i < count; i++) {
            text(i == 0 ? "{\"sku\":\"MU-" : ",{\"sku\":\"TS-").number(1000 + random.nextInt(9000));
            text("\",\"qty\":").number(1 + random.nextInt(9)).text(",\"price\":");
            money(100 + random.nextInt(20_000)).text("}");
        }
    }

    private OrdersFile money(long hundredths) {
        return number(hundredths / 100).text(".").two((int) (hundredths % 100));
    }

    private OrdersFile any(List<byte[]> choices) {
        byte[] chosen = choices.get(random.nextInt(choices.size()));
        System.arraycopy(chosen, 0, buffer, used, chosen.length);
        used += chosen.length;
        return this;
    }

    /// ASCII only.
    private OrdersFile text(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            buffer[used++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    private OrdersFile two(int number) {
        buffer[used++] = (byte) ('0' + number / 10);
        buffer[used++] = (byte) ('0' + number % 10);
        return this;
    }

    private OrdersFile number(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = used + digits - 1; i >= used; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        used += digits;
        return this;
    }

    private static List<byte[]> utf8(String... texts) {
        return java.util.Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toList();
    }
}
