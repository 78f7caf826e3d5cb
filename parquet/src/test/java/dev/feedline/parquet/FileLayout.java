package dev.feedline.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A file taken apart by the Parquet specification: field numbers are those of parquet.thrift.
record FileLayout(ByteBuffer file, ThriftStruct footer) {
    static FileLayout of(byte[] file) {
        var buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int footerLength = buffer.getInt(file.length - 8);
        return new FileLayout(buffer, ThriftStruct.read(buffer.duplicate().position(file.length - 8 - footerLength)));
    }

    List<ThriftStruct> rowGroups() {
        return footer.list(4);
    }

    List<ThriftStruct> chunks(int rowGroup) {
        return rowGroups().get(rowGroup).list(1);
    }

    /// Every page of a chunk, the dictionary's first, as a walk from header to header finds them.
    List<FoundPage> pages(ThriftStruct chunk) {
        var metadata = chunk.struct(3);
        long start = metadata.has(11) ? metadata.number(11) : metadata.number(9);
        long end = start + metadata.number(7);
        var pages = new ArrayList<FoundPage>();
        for (long at = start; at < end; ) {
            var in = file.duplicate().position((int) at);
            var header = ThriftStruct.read(in);
            var body = new byte[(int) header.number(3)];
            in.get(body);
            pages.add(new FoundPage(at, (int) (in.position() - at), header, body));
            at = in.position();
        }
        return pages;
    }

    ThriftStruct columnIndex(ThriftStruct chunk) {
        return ThriftStruct.read(file.duplicate().position((int) chunk.number(6)));
    }

    List<ThriftStruct> offsetIndex(ThriftStruct chunk) {
        return ThriftStruct.read(file.duplicate().position((int) chunk.number(4)))
                .list(1);
    }

    @SuppressWarnings("ArrayRecordComponent")
    record FoundPage(long offset, int size, ThriftStruct header, byte[] body) {
        boolean isDictionary() {
            return header.number(1) == 2;
        }

        long entries() {
            return header.struct(isDictionary() ? 7 : 5).number(1);
        }

        long encoding() {
            return header.struct(isDictionary() ? 7 : 5).number(2);
        }
    }
}
