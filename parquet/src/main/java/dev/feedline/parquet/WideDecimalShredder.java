package dev.feedline.parquet;

import dev.feedline.rows.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/// Puts a decimal of 19 digits and more into its column: two's complement of a fixed length, highest byte first.
final class WideDecimalShredder extends LeafShredder {
    private final BinaryColumn column;
    private final Type.Decimal type;
    private final byte[] bytes;

    WideDecimalShredder(BinaryColumn column, Type.Decimal type) {
        super(column, type);
        this.column = column;
        this.type = type;
        this.bytes = new byte[column.leaf.type().length()];
    }

    @Override
    void put(Object value, int repetition) throws IOException {
        var decimal = (BigDecimal) value;
        DecimalFit.check(decimal, type);
        byte[] shortest = decimal.unscaledValue().toByteArray();
        int fill = bytes.length - shortest.length;
        Arrays.fill(bytes, 0, fill, (byte) (decimal.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, fill, shortest.length);
        column.add(repetition, bytes, 0, bytes.length);
    }
}
