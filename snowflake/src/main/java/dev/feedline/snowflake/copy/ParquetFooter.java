package dev.feedline.snowflake.copy;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.copy.ThriftReader.Unreadable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of a Parquet file, which says what it holds and where.
///
/// Source: github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
///
/// @param shape the same for files whose schema, writer and notes are the same: DuckDB reads the same columns from them
/// @param names of the columns, the nested ones' outermost
/// @param rows of all row groups
record ParquetFooter(String shape, List<String> names, long rows) {
    /// What [#MOST_CHUNKS] take.
    static final int MOST_BYTES = 64 << 20;

    /// Pieces of columns; more belong into more than one file.
    static final int MOST_CHUNKS = 400_000;

    /// Columns with the parts of nested ones: fifty times Snowflake's widest table.
    static final int MOST_ELEMENTS = 100_000;

    /// Columns within each other; DuckDB's stack grows with each.
    static final int DEEPEST = 100;

    /// Notes that a writer has left about a file, or a piece of it; writers leave a handful.
    static final int MOST_NOTES = 10_000;

    /// Elements of each list that a piece of a column has, e.g. its encodings.
    static final int MOST_OF_CHUNK = 1_000;

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    /// Behind the footer: its length, and the magic bytes.
    private static final int TAIL_BYTES = 8;

    /// Reads the footer and refuses what is no Parquet file, or names places that are not in it. A negative one would
    /// end DuckDB as a whole, not the statement alone: it takes it for its own mistake.
    ///
    /// @throws FileFailure with the words of the reader that Snowflake uses
    static ParquetFooter read(Path path) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long length = file.length();
            if (length == 0) {
                throw damaged("Invalid: Parquet file size is 0 bytes");
            }
            byte[] footer = bytes(file, length);
            return new Parser(footer, length).footer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(RandomAccessFile file, long length) throws IOException {
        byte[] tail = new byte[TAIL_BYTES];
        if (length >= MAGIC.length + TAIL_BYTES) {
            file.seek(length - TAIL_BYTES);
            file.readFully(tail);
        }
        if (!Arrays.equals(tail, 4, TAIL_BYTES, MAGIC, 0, MAGIC.length)) {
            throw damaged("Invalid: Parquet magic bytes not found in footer. Either the file is corrupted or this is"
                    + " not a parquet file.");
        }
        int size = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (size <= 0 || size > length - TAIL_BYTES) {
            throw damaged("Invalid: Parquet file size is " + length + " bytes, smaller than the size reported by"
                    + " footer's (" + Integer.toUnsignedString(size) + " bytes)");
        }
        if (size > MOST_BYTES) {
            throw damaged("the footer has " + size + " bytes, more than " + MOST_BYTES);
        }
        byte[] footer = new byte[size];
        file.seek(length - TAIL_BYTES - size);
        file.readFully(footer);
        return footer;
    }

    static FileFailure damaged(String what) {
        return new FileFailure(SnowflakeError.BAD_FILE, "Error parsing the parquet file: " + what);
    }

    /// Reads `FileMetaData`. Numbers in the switches are those of the fields in Parquet's own definition.
    private static final class Parser {
        private final ThriftReader in;
        private final MessageDigest shape;
        private final long fileBytes;
        private final List<String> elements = new ArrayList<>();
        private final List<Integer> children = new ArrayList<>();
        private int chunks;
        private long rows;

        private Parser(byte[] footer, long fileBytes) {
            this.in = new ThriftReader(footer);
            this.fileBytes = fileBytes;
            try {
                this.shape = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private ParquetFooter footer() {
            try {
                in.struct(ThriftReader.STRUCT, this::metadata);
            } catch (Unreadable e) {
                throw damaged("Couldn't deserialize thrift: " + e.getMessage());
            }
            return new ParquetFooter(HexFormat.of().formatHex(shape.digest()), names(), rows);
        }

        private void metadata(int id, int type) throws Unreadable {
            int begin = in.position();
            switch (id) {
                case 2 -> in.list(type, ThriftReader.STRUCT, MOST_ELEMENTS, () -> in.struct(new SchemaElement()));
                case 4 -> in.list(type, ThriftReader.STRUCT, MOST_CHUNKS, this::rowGroup);
                case 5 -> in.skipList(type, ThriftReader.STRUCT, MOST_NOTES);
                case 7 -> in.skipList(type, ThriftReader.STRUCT, MOST_ELEMENTS);
                case 8 -> throw encrypted();
                default -> in.skip(type);
            }
            if (id == 2 || id == 5 || id == 6) {
                shape.update((byte) id);
                in.addTo(shape, begin);
            }
        }

        private static FileFailure encrypted() {
            return damaged("it is encrypted");
        }

        private final class SchemaElement implements ThriftReader.Field {
            private SchemaElement() {
                elements.add("");
                children.add(0);
            }

            @Override
            public void read(int id, int type) throws Unreadable {
                switch (id) {
                    case 4 -> elements.set(elements.size() - 1, in.text(type));
                    case 5 -> children.set(children.size() - 1, in.i32(type));
                    default -> in.skip(type);
                }
            }
        }

        /// The children of the first element, which is the schema itself.
        private List<String> names() {
            List<String> names = new ArrayList<>();
            Deque<Integer> open = new ArrayDeque<>(); // of each group around: how many children are to come
            for (int at = 1; at < elements.size(); at++) {
                if (open.isEmpty()) {
                    names.add(elements.get(at));
                } else {
                    open.push(open.pop() - 1);
                }
                if (children.get(at) > 0) {
                    open.push(children.get(at));
                }
                if (open.size() > DEEPEST) {
                    throw damaged("columns are more than " + DEEPEST + " deep");
                }
                while (!open.isEmpty() && open.peek() == 0) {
                    open.pop();
                }
            }
            return names;
        }

        private void rowGroup() throws Unreadable {
            in.struct((id, type) -> {
                switch (id) {
                    case 1 -> in.list(type, ThriftReader.STRUCT, MOST_CHUNKS - chunks, this::chunk);
                    case 3 -> addRows(in.i64(type));
                    case 4 -> in.skipList(type, ThriftReader.STRUCT, MOST_ELEMENTS);
                    default -> in.skip(type);
                }
            });
        }

        private void addRows(long ofGroup) {
            if (ofGroup < 0) {
                throw damaged("Invalid: a row group has " + ofGroup + " rows");
            }
            rows += ofGroup;
        }

        private void chunk() throws Unreadable {
            Chunk chunk = new Chunk();
            in.struct(chunk);
            chunk.check();
            chunks++;
        }

        /// A column's piece of a row group.
        private final class Chunk implements ThriftReader.Field {
            private @Nullable String path;
            private long values;
            private long bytes;
            private long data;
            private long dictionary;

            @Override
            public void read(int id, int type) throws Unreadable {
                switch (id) {
                    case 3 -> in.struct(type, this::metadata);
                    case 8 -> throw encrypted();
                    default -> in.skip(type);
                }
            }

            private void metadata(int id, int type) throws Unreadable {
                switch (id) {
                    case 2 -> in.skipList(type, ThriftReader.I32, MOST_OF_CHUNK);
                    case 3 -> path(type);
                    case 5 -> values = in.i64(type);
                    case 7 -> bytes = in.i64(type);
                    case 8 -> in.skipList(type, ThriftReader.STRUCT, MOST_NOTES);
                    case 9 -> data = in.i64(type);
                    case 11 -> dictionary = in.i64(type);
                    case 13 -> in.skipList(type, ThriftReader.STRUCT, MOST_OF_CHUNK);
                    case 16 -> in.struct(type, this::sizeStatistics);
                    case 17 -> in.struct(type, this::geospatialStatistics);
                    default -> in.skip(type);
                }
            }

            private void path(int type) throws Unreadable {
                List<String> parts = new ArrayList<>();
                in.list(type, ThriftReader.BINARY, MOST_OF_CHUNK, () -> parts.add(in.text()));
                path = String.join(", ", parts);
            }

            private void sizeStatistics(int id, int type) throws Unreadable {
                if (id == 2 || id == 3) {
                    in.skipList(type, ThriftReader.I64, MOST_OF_CHUNK);
                } else {
                    in.skip(type);
                }
            }

            private void geospatialStatistics(int id, int type) throws Unreadable {
                if (id == 2) {
                    in.skipList(type, ThriftReader.I32, MOST_OF_CHUNK);
                } else {
                    in.skip(type);
                }
            }

            private void check() {
                long begin = dictionary > 0 ? Math.min(dictionary, data) : data;
                boolean negative = values < 0 || bytes < 0 || data < 0 || dictionary < 0;
                if (negative || begin > fileBytes - bytes) {
                    throw damaged("Invalid: the footer places column " + path + " outside of the file");
                }
            }
        }
    }
}
