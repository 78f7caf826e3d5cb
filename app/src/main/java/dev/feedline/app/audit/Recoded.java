package dev.feedline.app.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// A text of another encoding as UTF-8, character by character.
///
/// What is no character becomes bytes that are no UTF-8: half a surrogate pair the three bytes that it would have, half
/// a unit of UTF-16 the byte `FF`.
final class Recoded extends InputStream {
    /// Those that can be read.
    static final Set<String> ENCODINGS = Set.of("UTF_8", "UTF_16LE", "UTF_16BE", "WINDOWS_1252", "ISO_8859_1");

    /// What windows-1252 has from 80 to 9F, as browsers read it: encoding.spec.whatwg.org, "index-windows-1252".
    private static final String WINDOWS_1252 =
            "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
                    + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    private static final int END = -1;
    private static final int HALF_UNIT = -2;
    private static final int NOT_READ = -3;

    private final InputStream in;
    private final String encoding;
    private final byte[] pending = new byte[4];
    private int given;
    private int made;
    private int unitAhead = NOT_READ;

    private Recoded(InputStream in, String encoding) {
        this.in = in;
        this.encoding = encoding;
    }

    static InputStream toUtf8(String encoding, InputStream in) {
        return encoding.equals("UTF_8") ? in : new Recoded(in, encoding);
    }

    @Override
    public int read() throws IOException {
        if (given == made) {
            given = 0;
            made = 0;
            encode(character());
        }
        return given < made ? pending[given++] & 0xff : -1;
    }

    /// Stops before the end of what the container has, so that a fault loses nothing of what is before it.
    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int read = 0;
        while (read < count && (read == 0 || given < made || in.available() >= 4)) {
            int b = read();
            if (b < 0) {
                return read == 0 ? -1 : read;
            }
            into[offset + read++] = (byte) b;
        }
        return read;
    }

    private int character() throws IOException {
        return switch (encoding) {
            case "UTF_16LE", "UTF_16BE" -> utf16();
            case "WINDOWS_1252" -> {
                int b = in.read();
                yield b >= 0x80 && b <= 0x9f ? WINDOWS_1252.charAt(b - 0x80) : b;
            }
            default -> in.read();
        };
    }

    private int utf16() throws IOException {
        int unit = takeUnit();
        if (unit < 0 || !Character.isHighSurrogate((char) unit)) {
            return unit;
        }
        unitAhead = takeUnit();
        return unitAhead >= 0 && Character.isLowSurrogate((char) unitAhead)
                ? Character.toCodePoint((char) unit, (char) takeUnit())
                : unit;
    }

    private int takeUnit() throws IOException {
        if (unitAhead != NOT_READ) {
            int unit = unitAhead;
            unitAhead = NOT_READ;
            return unit;
        }
        int first = in.read();
        int second = first < 0 ? END : in.read();
        if (second < 0) {
            return first < 0 ? END : HALF_UNIT;
        }
        return encoding.equals("UTF_16LE") ? first | second << 8 : first << 8 | second;
    }

    private void encode(int character) {
        if (character == HALF_UNIT) {
            put(0xff);
        } else if (character >= 0x10000) {
            put(0xf0 | character >> 18);
            put(0x80 | character >> 12 & 0x3f);
            put(0x80 | character >> 6 & 0x3f);
            put(0x80 | character & 0x3f);
        } else if (character >= 0x800) {
            put(0xe0 | character >> 12);
            put(0x80 | character >> 6 & 0x3f);
            put(0x80 | character & 0x3f);
        } else if (character >= 0x80) {
            put(0xc0 | character >> 6);
            put(0x80 | character & 0x3f);
        } else if (character >= 0) {
            put(character);
        }
    }

    private void put(int b) {
        pending[made++] = (byte) b;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
