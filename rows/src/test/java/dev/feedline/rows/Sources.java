package dev.feedline.rows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Sources for splitters that come in awkward pieces, and what a splitter makes of them as lines of text.
final class Sources {
    private Sources() {}

    /// Gives the bytes in pieces of one to seven.
    static InputStream dripping(byte[] bytes, Random random) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(1 + random.nextInt(7), length));
            }
        };
    }

    /// So many times the same bytes, without holding them.
    static InputStream repeated(String text, long times) {
        byte[] unit = text.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long left = times * unit.length;

            @Override
            public int read() {
                return left == 0 ? -1 : unit[(int) ((times * unit.length - left--) % unit.length)];
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int count = (int) Math.min(length, left);
                if (unit.length == 1) {
                    Arrays.fill(target, offset, offset + count, unit[0]);
                    left -= count;
                    return count == 0 && length > 0 ? -1 : count;
                }
                for (int i = 0; i < count; i++) {
                    target[offset + i] = (byte) read();
                }
                return count == 0 && length > 0 ? -1 : count;
            }
        };
    }

    /// `number line offset text`, with `…` where it is too long and the flaw's code behind it.
    static String show(RawRow row) {
        Flaw flaw = row.flaw();
        return row.number() + " " + row.line() + " " + row.offset() + " "
                + new String(row.bytes(), StandardCharsets.UTF_8)
                        .replace("\n", "⏎")
                        .replace("\r", "↵")
                + (row.tooLong() ? "…" : "")
                + (flaw == null ? "" : " " + flaw.code().text());
    }

    static List<String> show(RowSplitter splitter) throws IOException {
        List<String> rows = new ArrayList<>();
        for (@Nullable RawRow row = splitter.next(); row != null; row = splitter.next()) {
            rows.add(show(row));
        }
        return rows;
    }

    /// What a splitter makes of the file when it is stopped behind each row and another goes on there.
    static List<String> showInRelay(byte[] file, BiFunction<InputStream, Position, RowSplitter> splitters)
            throws IOException {
        List<String> rows = new ArrayList<>();
        Position position = Position.START;
        while (true) {
            InputStream rest = new ByteArrayInputStream(file);
            rest.skipNBytes(position.offset());
            RowSplitter splitter = splitters.apply(rest, position);
            RawRow row = splitter.next();
            if (row == null) {
                return rows;
            }
            rows.add(show(row));
            position = splitter.position();
        }
    }
}
