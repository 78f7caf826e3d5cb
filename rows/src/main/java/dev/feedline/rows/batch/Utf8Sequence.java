package dev.feedline.rows.batch;

/// The bytes of one character beyond ASCII (RFC 3629: no overlong form, no surrogate, nothing
/// above U+10FFFF).
final class Utf8Sequence {
    private Utf8Sequence() {}

    /// The length of the sequence at `at`, or 0 when there is none.
    static int length(byte[] text, int at) {
        int first = text[at] & 0xFF;
        int second = text[at + 1];
        if (first < 0xC2 || first > 0xF4 || second >= -0x40) {
            return 0;
        }
        if (first < 0xE0) {
            return 2;
        }
        if (text[at + 2] >= -0x40) {
            return 0;
        }
        if (first < 0xF0) {
            int b = second & 0xFF;
            return (first == 0xE0 && b < 0xA0) || (first == 0xED && b > 0x9F) ? 0 : 3;
        }
        int b = second & 0xFF;
        boolean isOutside = (first == 0xF0 && b < 0x90) || (first == 0xF4 && b > 0x8F);
        return isOutside || text[at + 3] >= -0x40 ? 0 : 4;
    }
}
