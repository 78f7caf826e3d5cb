package dev.feedline.convert;

import dev.feedline.parquet.ParquetOptions;
import dev.feedline.parquet.ParquetWriter;
import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import dev.feedline.rows.WarehouseName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lake objects as Parquet: `_FILE_ID`, `_ROW`, the feed's columns under their warehouse names, `_RESCUED`.
public final class ParquetLake implements LakeFormat {
    private static final Column FILE_ID = new Column("_FILE_ID", new Type.Text());
    private static final Column ROW = new Column("_ROW", new Type.Int64());
    private static final Column RESCUED = new Column("_RESCUED", new Type.Text());

    private final ParquetOptions options;

    public ParquetLake(ParquetOptions options) {
        this.options = options;
    }

    @Override
    public Rows open(OutputStream out, Schema schema) throws IOException {
        ParquetWriter writer = new ParquetWriter(out, columnsOf(schema), options);
        @Nullable Object[] whole = new @Nullable Object[schema.columns().size() + 3];
        return new Rows() {
            @Override
            public void add(String fileId, long row, @Nullable Object[] values, @Nullable String rescued)
                    throws IOException {
                whole[0] = fileId;
                whole[1] = row;
                System.arraycopy(values, 0, whole, 2, values.length);
                whole[whole.length - 1] = rescued;
                writer.write(whole);
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        };
    }

    private static Schema columnsOf(Schema feed) {
        List<Column> columns = new ArrayList<>();
        columns.add(FILE_ID);
        columns.add(ROW);
        feed.columns().forEach(column -> columns.add(new Column(WarehouseName.of(column.name()), column.type())));
        columns.add(RESCUED);
        return new Schema(columns);
    }
}
