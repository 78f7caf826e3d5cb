package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.copy.FileFailure.Span;
import dev.feedline.snowflake.sql.FileFormat.Compression;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds what stands in a text file where its rows were bad: a second reading, of files with errors only.
///
/// Lines and characters are counted as the readers of CSV and JSON count them. Only UTF-8 is read.
final class RejectedRecords {
    /// Bytes of one record that are kept; what is longer is cut.
    static final int LONGEST = 1 << 16;
    /// Bytes of all records of one file that are kept; one that is more than what is left has no text.
    static final int MOST = 8 << 20;

    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Path path;
    private final Compression compression;
    private final boolean skipsByteOrderMark;

    RejectedRecords(Path path, Compression compression, boolean skipsByteOrderMark) {
        this.path = path;
        this.compression = compression;
        this.skipsByteOrderMark = skipsByteOrderMark;
    }

    /// A place in the text, both from 1.
    record Position(long line, long character) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            return line == other.line ? Long.compare(character, other.character) : Long.compare(line, other.line);
        }
    }

    /// The same failures, with their byte offsets and records where they have a place.
    List<FileFailure> locate(List<FileFailure> failures) {
        TreeSet<Position> wanted = new TreeSet<>();
        for (FileFailure failure : failures) {
            FileFailure.Place place = failure.place();
            if (place.line() != null && place.character() != null) {
                wanted.add(new Position(place.line(), place.character()));
            }
            Span span = failure.text().span();
            if (span != null) {
                wanted.add(begin(span));
                wanted.add(end(span));
            }
        }
        if (wanted.isEmpty()) {
            return failures;
        }
        try {
            Map<Position, Long> offsets = offsets(wanted);
            Map<Position, String> records = records(failures, offsets);
            return failures.stream()
                    .map(failure -> located(failure, offsets, records))
                    .toList();
        } catch (IOException e) {
            throw StagedText.failure(e);
        }
    }

    private static FileFailure located(
            FileFailure failure, Map<Position, Long> offsets, Map<Position, String> records) {
        FileFailure.Place place = failure.place();
        Long offset = place.line() == null || place.character() == null
                ? null
                : offsets.get(new Position(place.line(), place.character()));
        Span span = failure.text().span();
        return failure.with(new FileFailure.RowText(span, offset, span == null ? null : records.get(begin(span))));
    }

    private static Position begin(Span span) {
        return new Position(span.line(), span.character());
    }

    private static Position end(Span span) {
        return new Position(span.endLine(), span.endCharacter());
    }

    /// At how many bytes from the beginning each position is; the file's end for what lies behind it.
    private Map<Position, Long> offsets(TreeSet<Position> wanted) throws IOException {
        try (InputStream in = open()) {
            long mark = skipMark(in);
            return new CharacterOffsets(wanted).in(in, mark);
        }
    }

    private Map<Position, String> records(List<FileFailure> failures, Map<Position, Long> offsets) throws IOException {
        Map<Position, Long> ends = new TreeMap<>();
        for (FileFailure failure : failures) {
            Span span = failure.text().span();
            if (span != null) {
                ends.merge(begin(span), offsets.getOrDefault(end(span), 0L), Math::max);
            }
        }
        Map<Position, String> records = new HashMap<>();
        long kept = 0;
        try (InputStream in = open()) {
            long at = 0;
            for (Map.Entry<Position, Long> record : ends.entrySet()) {
                long from = offsets.getOrDefault(record.getKey(), 0L);
                int length = (int) Math.min(Math.max(0, record.getValue() - from), LONGEST);
                if (from < at || kept + length > MOST) {
                    continue;
                }
                in.skipNBytes(from - at);
                byte[] bytes = in.readNBytes(length);
                at = from + bytes.length;
                kept += bytes.length;
                records.put(record.getKey(), text(bytes, length < record.getValue() - from));
            }
        }
        return records;
    }

    /// @param cut the last character may not be whole, and is left out then
    private static String text(byte[] bytes, boolean cut) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .decode(ByteBuffer.wrap(bytes), text, !cut);
        return text.flip().toString();
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(StagedText.open(path, compression), BUFFER);
    }

    /// @return how many bytes are left out
    private long skipMark(InputStream in) throws IOException {
        in.mark(BYTE_ORDER_MARK.length);
        if (skipsByteOrderMark && Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            return BYTE_ORDER_MARK.length;
        }
        in.reset();
        return 0;
    }
}
