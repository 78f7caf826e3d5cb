package dev.feedline.parquet;

import java.util.List;
import java.util.stream.Stream;

/// What the parts of a row group share: a dictionary for each column.
record SharedDictionaries(List<SharedDictionary> ofColumns) {
    static SharedDictionaries of(int columns) {
        return new SharedDictionaries(
                Stream.generate(SharedDictionary::new).limit(columns).toList());
    }

    /// What they hold in memory, about.
    long bytes() {
        return ofColumns.stream().mapToLong(SharedDictionary::bytes).sum();
    }
}
