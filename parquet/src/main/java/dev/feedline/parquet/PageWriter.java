package dev.feedline.parquet;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/// Makes pages: levels and values together, compressed, with a header and a checksum.
final class PageWriter {
    static final int DATA_PAGE = 0;
    static final int DICTIONARY_PAGE = 2;

    /// Room for levels in front of a page's values: what most pages need, so that the values stay where they are.
    static final int ROOM_FOR_LEVELS = 1 << 12;

    private final Codec codec;
    private final ByteBuilder body = new ByteBuilder(1 << 12);

    PageWriter(Codec codec) {
        this.codec = codec;
    }

    /// A data page (version 1) of the entries `from` up to `to`, whose values are encoded already, with
    /// [#ROOM_FOR_LEVELS] in front of them.
    Page dataPage(Leaf leaf, Levels levels, int from, int to, Encoding encoding, ByteBuilder values, Bounds bounds)
            throws IOException {
        body.clear();
        levels.encode(from, to, body);
        int start = values.front() - body.size();
        int size = body.size() + values.size() - values.front();
        boolean texts = encoding == Encoding.PLAIN && leaf.holdsTexts();
        byte[] compressed;
        if (start >= 0) {
            System.arraycopy(body.array(), 0, values.array(), start, body.size());
            compressed = codec.compress(values.array(), start, size, texts);
        } else {
            body.put(values.array(), values.front(), values.size() - values.front());
            compressed = codec.compress(body.array(), 0, size, texts);
        }
        int entries = to - from;
        byte[] header = header(
                DATA_PAGE,
                compressed,
                size,
                page -> page.struct(5, () -> {
                    page.i32(1, entries);
                    page.i32(2, encoding.code);
                    page.i32(3, Encoding.RLE.code);
                    page.i32(4, Encoding.RLE.code);
                }));
        long nulls = (long) entries - levels.values(from, to);
        return new Page(header, compressed, size, entries, levels.rows(from, to), nulls, encoding, bounds);
    }

    /// A dictionary page: the values in the order of their ids.
    Page dictionaryPage(Leaf leaf, Dictionary dictionary) throws IOException {
        int entries = dictionary.size();
        var values = new ByteBuilder(dictionary.plainSize());
        for (int id = 0; id < entries; id++) {
            dictionary.putPlain(id, values);
        }
        byte[] compressed = codec.compress(values.array(), 0, values.size(), leaf.holdsTexts());
        byte[] header = header(
                DICTIONARY_PAGE,
                compressed,
                values.size(),
                page -> page.struct(7, () -> {
                    page.i32(1, entries);
                    page.i32(2, Encoding.PLAIN.code);
                }));
        return new Page(header, compressed, values.size(), entries, 0, 0, Encoding.PLAIN, Bounds.NONE);
    }

    private byte[] header(int type, byte[] compressed, int plainSize, Consumer<CompactProtocol> rest) {
        var crc = new CRC32();
        crc.update(compressed);
        return CompactProtocol.struct(page -> {
            page.i32(1, type);
            page.i32(2, plainSize);
            page.i32(3, compressed.length);
            page.i32(4, (int) crc.getValue());
            rest.accept(page);
        });
    }
}
