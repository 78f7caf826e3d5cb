package dev.feedline.glue;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The length of a text in bytes of UTF-8, the unit of the limits in Glue's developer guide: "UTF-8 string, not less
/// than 1 or more than 255 bytes long".
final class Utf8 {
    private Utf8() {}

    /// Refuses a text with half a surrogate pair: UTF-8 has no form for it, and the store would keep a `?` instead.
    static int bytes(String what, String text) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw GlueError.INVALID_INPUT.because(
                    what + " is no Unicode text: it has a surrogate without its other half", e);
        }
    }
}
