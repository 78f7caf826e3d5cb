package dev.feedline.glue.crawl;

import dev.feedline.rows.BrokenFeedException;
import dev.feedline.rows.FileSniff;
import dev.feedline.rows.Inference;
import dev.feedline.rows.KindSniff;
import dev.feedline.rows.Position;
import dev.feedline.rows.RawRow;
import dev.feedline.rows.Reading;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowSplitter;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Tells what a file holds by Glue's built-in classifiers for JSON, CSV and Parquet, and reads its columns.
///
/// Of a text at most [#MOST_BYTES] are looked at, as they are unpacked; of a Parquet file its footer.
public final class Classifier {
    static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final int LARGEST_FOOTER = 64 * 1024 * 1024;
    private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
    /// The magic at each end, and the footer's length.
    private static final int PARQUET_END_BYTES = 8;

    private Classifier() {}

    /// @throws IOException when the object cannot be read; one that is no file of any known format is `UNKNOWN`
    public static Found classify(Source source) throws IOException {
        byte[] start = head(source);
        if (startsWith(start, PARQUET)) {
            return parquet(source);
        }
        boolean isGzip = start.length > 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
        try {
            return text(source, isGzip);
        } catch (ZipException | java.io.EOFException e) {
            return unknown(source);
        }
    }

    static Found unknown(Source source) {
        return new Found(FileFormat.UNKNOWN, Map.of(), 0, source.bytes(), 1);
    }

    private static byte[] head(Source source) throws IOException {
        try (InputStream in = source.open(0, PARQUET_END_BYTES)) {
            return in.readNBytes(PARQUET_END_BYTES);
        }
    }

    private static Found parquet(Source source) throws IOException {
        long size = source.bytes();
        if (size < 2 * PARQUET_END_BYTES) {
            return unknown(source);
        }
        byte[] end = range(source, size - PARQUET_END_BYTES, PARQUET_END_BYTES);
        if (end.length < PARQUET_END_BYTES || !Arrays.equals(Arrays.copyOfRange(end, 4, 8), PARQUET)) {
            return unknown(source);
        }
        int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 1 || length > LARGEST_FOOTER || length > size - PARQUET_END_BYTES - PARQUET.length) {
            return unknown(source);
        }
        try {
            ParquetFooter footer = ParquetFooter.read(range(source, size - PARQUET_END_BYTES - length, length));
            return new Found(FileFormat.PARQUET, footer.columns(), footer.rows(), size, 1);
        } catch (DamagedFileException e) {
            return unknown(source);
        }
    }

    private static byte[] range(Source source, long from, int count) throws IOException {
        try (InputStream in = source.open(from, count)) {
            return in.readNBytes(count);
        }
    }

    private static Found text(Source source, boolean isGzip) throws IOException {
        byte[] text = beginning(source, isGzip);
        boolean isWhole = text.length < MOST_BYTES;
        byte[] head = Arrays.copyOf(text, Math.min(text.length, FileSniff.HEAD_BYTES));
        TextEncoding encoding = TextEncoding.ofMark(head).orElse(TextEncoding.UTF_8);
        if (encoding != TextEncoding.UTF_8) {
            return unknown(source); // as Glue's: "must be encoded as UTF-8"
        }
        String name = source.key().substring(source.key().lastIndexOf('/') + 1);
        boolean isHeadWhole = isWhole && head.length == text.length;
        Reading.Kind kind = KindSniff.of(head, isHeadWhole, name, false);
        if (FileSniff.notAFeed(head, head, kind).isPresent()) {
            return unknown(source);
        }
        return switch (kind) {
            case CSV -> new CsvLook(head, isHeadWhole, name).found(source, text, isWhole, isGzip);
            case JSON, JSON_LINES -> json(source, new Reading(kind, encoding, null), text, isWhole, isGzip);
        };
    }

    private static byte[] beginning(Source source, boolean isGzip) throws IOException {
        try (InputStream in = source.open(0, isGzip ? source.bytes() : MOST_BYTES);
                InputStream plain = isGzip ? new GZIPInputStream(in, 64 * 1024) : in) {
            return plain.readNBytes(MOST_BYTES);
        }
    }

    private static Found json(Source source, Reading reading, byte[] text, boolean isWhole, boolean isGzip)
            throws IOException {
        Inference inference = new Inference(RowLimits.DEFAULT);
        long rows = 0;
        long good = 0;
        try (RowSplitter split =
                reading.split(new ByteArrayInputStream(text), RowLimits.DEFAULT.maxSourceBytes(), Position.START)) {
            for (RawRow row = split.next(); row != null; row = split.next()) {
                boolean isCut = !isWhole && split.position().offset() >= text.length;
                if (!isCut) {
                    rows++;
                    good += isObject(row) ? 1 : 0;
                    inference.add(row.bytes());
                }
            }
        } catch (BrokenFeedException e) {
            return unknown(source);
        }
        // A text of other kinds is read as JSON lines, too, each of them bad.
        if (good == 0 || good * 2 < rows) {
            return unknown(source);
        }
        return new Found(
                FileFormat.json(isGzip),
                columns(inference),
                Estimate.of(rows, text.length, source, isWhole, isGzip),
                source.bytes(),
                1);
    }

    private static boolean isObject(RawRow row) {
        byte[] bytes = row.bytes();
        int at = 0;
        while (at < bytes.length && bytes[at] >= 0 && bytes[at] <= ' ') {
            at++;
        }
        return at < bytes.length && bytes[at] == '{' && row.flaw() == null;
    }

    /// Empty objects and nulls alone make no column yet.
    static Map<String, ColumnType> columns(Inference inference) {
        Schema schema = inference.merge(Schema.EMPTY, SchemaPolicy.OnNewColumn.ADD);
        Map<String, ColumnType> columns = new LinkedHashMap<>();
        schema.columns().forEach(column -> columns.put(column.name(), ColumnType.of(column.type())));
        return columns;
    }

    private static boolean startsWith(byte[] bytes, byte[] begin) {
        return bytes.length >= begin.length && Arrays.equals(bytes, 0, begin.length, begin, 0, begin.length);
    }
}
