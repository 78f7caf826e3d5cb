package dev.feedline.feeds.sim;

import dev.feedline.convert.ChunkRecord;
import dev.feedline.convert.LakeFormat;
import dev.feedline.rows.Column;
import dev.feedline.rows.Marked;
import dev.feedline.rows.RowLimits;
import dev.feedline.rows.RowReader;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Verdict;
import dev.feedline.rows.WarehouseName;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A lake format that a simulation can read back: every value as its text.
final class SimLake implements LakeFormat {
    /// A row of the table.
    record Loaded(String fileId, long row, Map<String, String> cells) {}

    @Override
    public Rows open(OutputStream out, ChunkRecord verdict, RowLimits limits) {
        DataOutputStream data = new DataOutputStream(out);
        Schema schema = verdict.schema();
        RowReader reader = new RowReader(schema, verdict.policy(), limits, verdict.form());
        return new Rows() {
            @Override
            public Verdict.@Nullable Bad add(Marked row) throws IOException {
                Verdict read = reader.readMarked(row.buffer(), row.from(), row.to());
                if (read instanceof Verdict.Good good) {
                    write(row.fileId(), row.row(), good.values(), good.rescued());
                    return null;
                }
                return (Verdict.Bad) read;
            }

            private void write(String fileId, long row, @Nullable Object[] values, @Nullable String rescued)
                    throws IOException {
                Map<String, String> cells = new LinkedHashMap<>();
                for (int i = 0; i < values.length; i++) {
                    Column column = schema.columns().get(i);
                    if (values[i] != null) {
                        cells.put(WarehouseName.of(column.name()), text(values[i]));
                    }
                }
                if (rescued != null) {
                    cells.put("_RESCUED", rescued);
                }
                data.writeUTF(fileId);
                data.writeLong(row);
                data.writeInt(cells.size());
                for (Map.Entry<String, String> cell : cells.entrySet()) {
                    data.writeUTF(cell.getKey());
                    data.writeUTF(cell.getValue());
                }
            }

            @Override
            public void close() {}
        };
    }

    static List<Loaded> read(byte[] bytes) {
        List<Loaded> rows = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                String fileId = in.readUTF();
                long row = in.readLong();
                Map<String, String> cells = new LinkedHashMap<>();
                for (int left = in.readInt(); left > 0; left--) {
                    cells.put(in.readUTF(), in.readUTF());
                }
                rows.add(new Loaded(fileId, row, cells));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static String text(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
}
