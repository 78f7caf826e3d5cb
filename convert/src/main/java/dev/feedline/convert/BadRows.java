package dev.feedline.convert;

import java.io.InputStream;
import java.util.BitSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Which rows of a chunk are bad: a bit for each, so that a chunk of nothing but bad rows stays small.
final class BadRows {
    /// How a line of the chunk record names its row; a column of FEEDLINE.OPS.QUARANTINE.
    private static final String ROW_NUMBER = "ROW_NUMBER";

    private final ChunkRecord record;
    private final BitSet bad = new BitSet();

    /// @param lines the record's object behind its header
    BadRows(ChunkRecord record, InputStream lines) {
        this.record = record;
        try (JsonParser parser = JsonTree.parser(lines)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals(ROW_NUMBER)) {
                    parser.nextToken();
                    bad.set(Math.toIntExact(parser.getLongValue() - record.firstRow()));
                }
            }
        }
        if (bad.cardinality() != record.bad()) {
            throw new IllegalArgumentException("the record of chunk " + record.name() + " counts " + record.bad()
                    + " bad rows and lists " + bad.cardinality());
        }
    }

    boolean isGood(long row) {
        return row >= record.firstRow()
                && row <= record.lastRow()
                && !bad.get(Math.toIntExact(row - record.firstRow()));
    }
}
