/// What a row is: reading, types, schema, judging, bad-row codes, the `_FL` mark, chunks.
@org.jspecify.annotations.NullMarked
module dev.feedline.rows {
    requires static org.jspecify;

    exports dev.feedline.rows;
    exports dev.feedline.rows.batch;
}
