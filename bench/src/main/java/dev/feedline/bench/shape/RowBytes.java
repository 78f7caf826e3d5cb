package dev.feedline.bench.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SplittableRandom;

/// The bytes of rows as they are made, with the words and numbers that make them.
final class RowBytes {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int ROOM_FOR_A_ROW = 1 << 14;
    private static final String HEX = "0123456789abcdef";

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int used;

    int used() {
        return used;
    }

    boolean isFull() {
        return buffer.length - used < ROOM_FOR_A_ROW;
    }

    void drain(OutputStream out) throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    /// ASCII only.
    RowBytes text(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            buffer[used++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    RowBytes bytes(byte[] utf8) {
        System.arraycopy(utf8, 0, buffer, used, utf8.length);
        used += utf8.length;
        return this;
    }

    RowBytes any(SplittableRandom random, List<byte[]> choices) {
        return bytes(choices.get(random.nextInt(choices.size())));
    }

    RowBytes number(long number) {
        if (number < 0) {
            buffer[used++] = '-';
            return number(-number);
        }
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits(number, digits);
    }

    /// The last digits of a number, with zeros before it.
    RowBytes digits(long number, int count) {
        long rest = number;
        for (int i = used + count - 1; i >= used; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        used += count;
        return this;
    }

    /// A number of so many places after the point.
    RowBytes decimal(long unscaled, int places) {
        long one = 1;
        for (int i = 0; i < places; i++) {
            one *= 10;
        }
        if (unscaled < 0) {
            buffer[used++] = '-';
        }
        return number(Math.abs(unscaled) / one).text(".").digits(Math.abs(unscaled) % one, places);
    }

    RowBytes hex(SplittableRandom random, int count) {
        for (int i = 0; i < count; i++) {
            buffer[used++] = (byte) HEX.charAt(random.nextInt(HEX.length()));
        }
        return this;
    }

    /// A moment of 2026, RFC 3339 in UTC.
    RowBytes moment(SplittableRandom random, boolean withMillis) {
        text("2026-").digits(1 + random.nextInt(12), 2).text("-").digits(1 + random.nextInt(28), 2);
        text("T").digits(random.nextInt(24), 2).text(":").digits(random.nextInt(60), 2);
        text(":").digits(random.nextInt(60), 2);
        if (withMillis) {
            text(".").digits(random.nextInt(1000), 3);
        }
        return text("Z");
    }

    static List<byte[]> utf8(String... texts) {
        return List.of(texts).stream().map(text -> text.getBytes(UTF_8)).toList();
    }
}
