package dev.feedline.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding as SigV4 writes it: `A-Z a-z 0-9 - _ . ~` stay, everything else becomes `%XX`.
public final class Percent {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    public static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /// Encodes a path: `/` stays.
    public static String encodePath(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8), true);
    }

    static String encode(byte[] bytes, boolean keepSlash) {
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            if (isUnreserved(b) || (keepSlash && b == '/')) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.toHighHexDigit(b)).append(HEX.toLowHexDigit(b));
            }
        }
        return out.toString();
    }

    /// The bytes behind a path as it was sent.
    static byte[] decode(String raw) {
        return decode(raw, false);
    }

    /// The text behind a path or a part of it; what is not UTF-8 is refused, as S3 does.
    public static String decodeText(String raw) {
        return utf8(decode(raw, false));
    }

    /// The text behind a query parameter, where `+` is a space.
    static String decodeParameter(String raw) {
        return utf8(decode(raw, true));
    }

    private static byte[] decode(String raw, boolean plusIsSpace) {
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                out.write(hexPair(in, i + 1));
                i += 2;
            } else {
                out.write(plusIsSpace && in[i] == '+' ? ' ' : in[i]);
            }
        }
        return out.toByteArray();
    }

    private static int hexPair(byte[] in, int at) {
        int high = at + 1 < in.length ? Character.digit(in[at], 16) : -1;
        int low = at + 1 < in.length ? Character.digit(in[at + 1], 16) : -1;
        if (high < 0 || low < 0) {
            throw WireError.INVALID_URI.because("Couldn't parse the specified URI.");
        }
        return high << 4 | low;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw WireError.INVALID_URI.because("The specified URI is not UTF-8 once its percent-encoding is undone.");
        }
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '_'
                || b == '.'
                || b == '~';
    }
}
