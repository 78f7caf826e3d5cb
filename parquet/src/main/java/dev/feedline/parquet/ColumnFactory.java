package dev.feedline.parquet;

/// Makes the columns of one writer, which share its codec and count into one footprint.
record ColumnFactory(PageWriter pageWriter, Footprint footprint, int pageBytes, NumberEncoding numbers) {
    BooleanColumn booleans(Leaf leaf) {
        return new BooleanColumn(leaf, pageWriter, footprint, pageBytes);
    }

    NumberColumn numbers(Leaf leaf) {
        return new NumberColumn(leaf, pageWriter, footprint, pageBytes, numbers);
    }

    WideDecimalColumn wideDecimals(Leaf leaf) {
        return new WideDecimalColumn(leaf, pageWriter, footprint, pageBytes);
    }

    TextColumn texts(Leaf leaf) {
        return new TextColumn(leaf, pageWriter, footprint, pageBytes);
    }
}
