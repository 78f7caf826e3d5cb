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
import java.util.ArrayList;
import java.util.Arrays;
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
    /// What 400,000 pieces of columns take; more belong into more than one file.
    static final int MOST_BYTES = 64 << 20;

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
        private final List<Long> children = new ArrayList<>();
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
                case 2 -> in.list(type, one -> in.struct(one, new SchemaElement()));
                case 4 -> in.list(type, this::rowGroup);
                default -> in.skip(type);
            }
            if (id == 2 || id == 5 || id == 6) {
                shape.update((byte) id);
                shape.update(in.between(begin, in.position()));
            }
        }

        private final class SchemaElement implements ThriftReader.Field {
            private SchemaElement() {
                elements.add("");
                children.add(0L);
            }

            @Override
            public void read(int id, int type) throws Unreadable {
                switch (id) {
                    case 4 -> elements.set(elements.size() - 1, in.text());
                    case 5 -> children.set(children.size() - 1, in.integer());
                    default -> in.skip(type);
                }
            }
        }

        /// The children of the first element, which is the schema itself.
        private List<String> names() {
            List<String> names = new ArrayList<>();
            int at = 1;
            while (at < elements.size()) {
                names.add(elements.get(at));
                long open = 1;
                while (open > 0 && at < elements.size()) {
                    open += children.get(at++) - 1;
                }
            }
            return names;
        }

        private void rowGroup(int type) throws Unreadable {
            List<Chunk> chunks = new ArrayList<>();
            long[] own = new long[1];
            in.struct(type, (id, field) -> {
                switch (id) {
                    case 1 ->
                        in.list(field, one -> {
                            Chunk chunk = new Chunk();
                            in.struct(one, chunk);
                            chunks.add(chunk);
                        });
                    case 3 -> own[0] = in.integer();
                    default -> in.skip(field);
                }
            });
            for (Chunk chunk : chunks) {
                chunk.check(own[0]);
            }
            rows += own[0];
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
                if (id == 3) {
                    in.struct(type, this::metadata);
                } else {
                    in.skip(type);
                }
            }

            private void metadata(int id, int type) throws Unreadable {
                switch (id) {
                    case 3 -> path(type);
                    case 5 -> values = in.integer();
                    case 7 -> bytes = in.integer();
                    case 9 -> data = in.integer();
                    case 11 -> dictionary = in.integer();
                    default -> in.skip(type);
                }
            }

            private void path(int type) throws Unreadable {
                List<String> parts = new ArrayList<>();
                in.list(type, one -> parts.add(in.text()));
                path = String.join(", ", parts);
            }

            private void check(long rowsOfGroup) {
                long begin = dictionary > 0 ? Math.min(dictionary, data) : data;
                boolean negative = values < 0 || rowsOfGroup < 0 || bytes < 0 || data < 0 || dictionary < 0;
                if (negative || begin > fileBytes - bytes) {
                    throw damaged("Invalid: the footer places column " + path + " outside of the file");
                }
            }
        }
    }
}
