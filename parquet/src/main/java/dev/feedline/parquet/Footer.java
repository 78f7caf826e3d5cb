package dev.feedline.parquet;

import java.util.List;
import java.util.stream.IntStream;

/// `FileMetaData` of the format: the schema, the row groups and where everything lies.
record Footer(List<SchemaElement> schema, List<RowGroup> rowGroups, PageIndex index, ParquetOptions options) {
    /// Version 1 is what every writer of V1 pages states; readers look at the encodings themselves.
    private static final int VERSION = 1;

    byte[] bytes() {
        long rows = rowGroups.stream().mapToLong(RowGroup::rows).sum();
        var metadata = List.copyOf(options.keyValueMetadata().entrySet());
        return CompactProtocol.struct(out -> {
            out.i32(1, VERSION);
            out.structs(2, schema, element -> element.write(out));
            out.i64(3, rows);
            out.structs(4, IntStream.range(0, rowGroups.size()).boxed().toList(), group -> writeRowGroup(out, group));
            if (!metadata.isEmpty()) {
                out.structs(5, metadata, entry -> {
                    out.string(1, entry.getKey());
                    out.string(2, entry.getValue());
                });
            }
            out.string(6, options.createdBy());
            out.structs(7, leaves(), leaf -> out.emptyStruct(1));
        });
    }

    private void writeRowGroup(CompactProtocol out, int number) {
        var group = rowGroups.get(number);
        int columns = group.columns().size();
        out.structs(
                1,
                IntStream.range(0, columns).boxed().toList(),
                column -> writeColumn(out, group.columns().get(column), number * columns + column));
        out.i64(2, group.uncompressedSize());
        out.i64(3, group.rows());
        out.i64(5, group.start());
        out.i64(6, group.size());
    }

    private void writeColumn(CompactProtocol out, ColumnChunk chunk, int number) {
        // The offset of metadata outside the footer; there is none.
        out.i64(2, 0);
        out.struct(3, () -> chunk.write(out, options.compression()));
        out.i64(4, index.offsetIndex(number).offset());
        out.i32(5, index.offsetIndex(number).length());
        index.columnIndex(number).ifPresent(place -> {
            out.i64(6, place.offset());
            out.i32(7, place.length());
        });
    }

    // Every leaf states the order its statistics are in: the one its type defines.
    private List<SchemaElement> leaves() {
        return schema.stream().filter(element -> element.type() != null).toList();
    }
}
