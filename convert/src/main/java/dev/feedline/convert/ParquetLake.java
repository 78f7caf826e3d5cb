package dev.feedline.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.parquet.ParquetOptions;
import dev.feedline.parquet.ParquetWriter;
import dev.feedline.rows.Column;
import dev.feedline.rows.Marked;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import dev.feedline.rows.Verdict;
import dev.feedline.rows.WarehouseName;
import dev.feedline.rows.batch.BatchReader;
import dev.feedline.rows.batch.LeafValues;
import dev.feedline.rows.batch.RowBatch;
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
    private static final int COLUMNS_BEFORE = 2;

    /// A chunk's file has several row groups, so that a warehouse reads it on several threads. See
    /// `docs/decisions/0006-row-groups-of-16-mib.md`.
    private static final ParquetOptions LAKE = ParquetOptions.DEFAULT.rowGroupBytes(16L << 20);

    private final ParquetOptions options;

    /// As the pipeline writes them, with every engine.
    public ParquetLake() {
        this(LAKE);
    }

    public ParquetLake(ParquetOptions options) {
        this.options = options;
    }

    @Override
    public Rows open(OutputStream out, ChunkRecord verdict, RowLimits limits) throws IOException {
        return new LakeObject(out, verdict, limits, options);
    }

    private static Schema columnsOf(Schema feed) {
        List<Column> columns = new ArrayList<>();
        columns.add(FILE_ID);
        columns.add(ROW);
        feed.columns().forEach(column -> columns.add(new Column(WarehouseName.of(column.name()), column.type())));
        columns.add(RESCUED);
        return new Schema(columns);
    }

    private static final class LakeObject implements Rows {
        private final RowBatch batch;
        private final BatchReader reader;
        private final LeafValues fileIds;
        private final LeafValues rows;
        private final LeafValues rescued;
        private final ParquetWriter writer;
        private final byte[] fileId;
        private int fileIdAt = -1; // the place of the file's id in the batch

        LakeObject(OutputStream out, ChunkRecord verdict, RowLimits limits, ParquetOptions options) throws IOException {
            Schema columns = columnsOf(verdict.schema());
            batch = new RowBatch(columns);
            reader = new BatchReader(verdict.schema(), verdict.policy(), limits, verdict.form(), batch, COLUMNS_BEFORE);
            fileIds = batch.leaf(0);
            rows = batch.leaf(1);
            rescued = batch.leaf(batch.leafCount() - 1);
            writer = new ParquetWriter(out, columns, options);
            fileId = verdict.name().fileId().getBytes(UTF_8);
        }

        @Override
        public Verdict.@Nullable Bad add(Marked row) throws IOException {
            if (batch.isFull()) {
                flush();
            }
            Verdict.Bad bad = reader.addMarked(row);
            if (bad == null) {
                addOwn(row.row(), reader.rescued());
            }
            return bad;
        }

        private void addOwn(long row, @Nullable String json) {
            fileIds.add(0, LeafValues.slice(placeOfFileId(), fileId.length));
            rows.add(0, row);
            batch.addText(rescued, json);
        }

        private int placeOfFileId() {
            if (fileIdAt < 0) {
                fileIdAt = batch.put(fileId, 0, fileId.length);
            }
            return fileIdAt;
        }

        private void flush() throws IOException {
            writer.write(batch);
            batch.clear();
            fileIdAt = -1;
        }

        @Override
        public void close() throws IOException {
            try (writer) {
                flush();
            }
        }
    }
}
