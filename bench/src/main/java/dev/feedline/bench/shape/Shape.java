package dev.feedline.bench.shape;

import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.Type;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// A kind of JSON lines, of any size; the same seed and size give the same bytes.
public enum Shape {
    /// Flat: 12 fields, about 250 bytes a row.
    ORDERS(OrderRows.COLUMNS, new OrderRows()),
    /// Nested like GitHub's public events: structs, and a list of structs; about 1 KB a row.
    EVENTS(EventRows.COLUMNS, new EventRows()),
    /// 100 fields, about four in ten missing.
    WIDE(WideRows.columns(), new WideRows());

    private static final long SEED = 20261127;

    private final Schema schema;
    private final RowMaker maker;

    Shape(List<String> columns, RowMaker maker) {
        this.schema = new Schema(columns.stream().map(Shape::column).toList());
        this.maker = maker;
    }

    /// Its name in options and figures.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The columns, declared.
    public Schema schema() {
        return schema;
    }

    /// Writes rows until there are at least so many bytes; leaves the stream open.
    public void write(long atLeastBytes, OutputStream out) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        RowBytes rows = new RowBytes();
        long written = 0;
        for (long number = 0; written + rows.used() < atLeastBytes; number++) {
            maker.row(number, random, rows);
            if (rows.isFull()) {
                written += rows.used();
                rows.drain(out);
            }
        }
        rows.drain(out);
    }

    /// A file of so many megabytes in the folder, which is made when it is not there.
    public Path file(Path folder, long megabytes) throws IOException {
        Path file = Files.createDirectories(folder).resolve(word() + "-" + megabytes + ".jsonl");
        if (!Files.exists(file)) {
            Path part = folder.resolve(file.getFileName() + ".part");
            try (OutputStream out = Files.newOutputStream(part)) {
                write(megabytes * 1_000_000, out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private static Column column(String nameAndType) {
        int colon = nameAndType.indexOf(':');
        return new Column(nameAndType.substring(0, colon), Type.parse(nameAndType.substring(colon + 1)));
    }
}
