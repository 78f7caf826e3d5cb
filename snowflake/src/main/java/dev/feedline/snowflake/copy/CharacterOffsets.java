package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.copy.RejectedRecords.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts the bytes of UTF-8 up to places that are told in lines and characters.
///
/// Characters are those that [StagedText] gives: above U+FFFF two, and one for bytes that are none, of which the same
/// decoder says how many belong together.
final class CharacterOffsets {
    private static final int BUFFER = 1 << 16;

    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    private final List<Position> wanted;
    private final Map<Position, Long> offsets = new HashMap<>();
    private long offset;
    private long line = 1;
    private long character = 1;
    private char last;

    /// @param wanted in their order
    CharacterOffsets(Collection<Position> wanted) {
        this.wanted = new ArrayList<>(wanted);
    }

    /// @param begin how many bytes have been read
    /// @return where each is; the end of the file for what lies behind it
    Map<Position, Long> in(InputStream in, long begin) throws IOException {
        offset = begin;
        byte[] array = new byte[BUFFER];
        ByteBuffer bytes = ByteBuffer.wrap(array).limit(0);
        CharBuffer characters = CharBuffer.allocate(BUFFER);
        boolean ended = false;
        while (!ended && isWanting()) {
            bytes.compact();
            int read = in.read(array, bytes.position(), bytes.remaining());
            ended = read < 0;
            bytes.position(bytes.position() + Math.max(0, read)).flip();
            count(bytes, characters, ended);
        }
        for (int i = offsets.size(); i < wanted.size(); i++) {
            offsets.put(wanted.get(i), offset);
        }
        return offsets;
    }

    private void count(ByteBuffer bytes, CharBuffer characters, boolean atEnd) {
        CoderResult result;
        do {
            result = decoder.decode(bytes, characters.clear(), atEnd);
            characters.flip();
            while (characters.hasRemaining()) {
                char c = characters.get();
                take(c, bytes(c));
            }
            if (result.isMalformed()) {
                take('\uFFFD', result.length());
                bytes.position(bytes.position() + result.length());
            }
        } while (!result.isUnderflow());
    }

    /// What UTF-8 takes for it; the second of a pair goes with the first.
    private static int bytes(char c) {
        if (Character.isSurrogate(c)) {
            return Character.isHighSurrogate(c) ? 4 : 0;
        }
        return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }

    private void take(char c, int bytes) {
        if (last == '\n' || (last == '\r' && c != '\n')) {
            line++;
            character = 1;
        }
        Position here = new Position(line, character);
        while (isWanting() && wanted.get(offsets.size()).compareTo(here) <= 0) {
            offsets.put(wanted.get(offsets.size()), offset);
        }
        character++;
        offset += bytes;
        last = c;
    }

    private boolean isWanting() {
        return offsets.size() < wanted.size();
    }
}
