package dev.feedline.rows;

/// Finds where strings and numbers end in JSON text that is UTF-8, holding them to the grammar.
final class JsonScan {
    private static final String CUT_OFF = "the row ends in the middle";

    private final byte[] buffer;
    private final int from;
    private final int to;

    JsonScan(byte[] buffer, int from, int to) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// Behind the closing quote of the string that begins at `start`.
    int stringEnd(int start) {
        int at = start + 1;
        while (at < to) {
            byte b = buffer[at];
            if (b == '"') {
                return at + 1;
            } else if (b == '\\') {
                at = escapeEnd(at);
            } else if (b >= 0 && b < ' ') {
                throw new RowFault(
                        BadRowCode.JSON_SYNTAX, at - from, "a control character (code " + b + ") stands in a string");
            } else {
                at++;
            }
        }
        throw cutOff();
    }

    /// Behind the number that begins at `start`.
    int numberEnd(int start) {
        int at = start < to && buffer[start] == '-' ? start + 1 : start;
        int digits = digitsEnd(at, start == at ? "a value" : "a digit");
        if (buffer[at] == '0' && digits > at + 1) {
            throw unexpected(at + 1, "no digit behind a leading zero");
        }
        at = digits;
        if (at < to && buffer[at] == '.') {
            at = digitsEnd(at + 1, "a digit");
        }
        if (at < to && (buffer[at] == 'e' || buffer[at] == 'E')) {
            boolean signed = at + 1 < to && (buffer[at + 1] == '+' || buffer[at + 1] == '-');
            at = digitsEnd(at + (signed ? 2 : 1), "a digit");
        }
        return at;
    }

    /// Whether the number has neither a point nor an exponent.
    boolean isWhole(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '.' || buffer[i] == 'e' || buffer[i] == 'E') {
                return false;
            }
        }
        return true;
    }

    RowFault unexpected(int at, String wanted) {
        if (at >= to) {
            return cutOff();
        }
        // No column: where a row stops being JSON, it is not sure which value is meant.
        return new RowFault(BadRowCode.JSON_SYNTAX, at - from, "unexpected " + shown(at) + ", expected " + wanted);
    }

    private int escapeEnd(int at) {
        if (at + 1 >= to) {
            throw cutOff();
        }
        if (buffer[at + 1] == 'u') {
            for (int i = at + 2; i < at + 6; i++) {
                if (i >= to || Character.digit(buffer[i], 16) < 0) {
                    throw unexpected(i, "a hexadecimal digit");
                }
            }
            return at + 6;
        }
        if ("\"\\/bfnrt".indexOf(buffer[at + 1]) < 0) {
            throw unexpected(at + 1, "an escape that JSON has");
        }
        return at + 2;
    }

    private int digitsEnd(int first, String wanted) {
        int at = first;
        while (at < to && buffer[at] >= '0' && buffer[at] <= '9') {
            at++;
        }
        if (at == first) {
            throw unexpected(at, wanted);
        }
        return at;
    }

    private String shown(int at) {
        int b = buffer[at] & 0xFF;
        return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : "byte " + Integer.toHexString(b);
    }

    private RowFault cutOff() {
        return new RowFault(BadRowCode.JSON_SYNTAX, to - from, CUT_OFF);
    }
}
