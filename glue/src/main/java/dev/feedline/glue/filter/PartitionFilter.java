package dev.feedline.glue.filter;

import java.util.List;
import java.util.Optional;

/// Which partitions a caller asks for: an expression as in SQL's WHERE, over the table's partition keys.
///
/// It has `=`, `<>`, `<`, `<=`, `>`, `>=`, `BETWEEN`, `IN`, `LIKE`, `IS NULL`, `AND`, `OR`, `NOT` and parentheses,
/// and compares by the key's type. A value that is none of its key's type, and Hive's name for NULL, is NULL.
public final class PartitionFilter {
    /// How Hive writes NULL in a partition's path.
    private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

    private final List<Key> keys;
    private final Condition condition;

    private PartitionFilter(List<Key> keys, Condition condition) {
        this.keys = keys;
        this.condition = condition;
    }

    /// Reads the expression.
    ///
    /// @throws FilterException when it cannot be read, with the reason
    public static PartitionFilter parse(String expression, List<Key> keys) {
        return new PartitionFilter(List.copyOf(keys), new Grammar(expression, keys).read());
    }

    public boolean accepts(List<String> values) {
        return condition.of(key -> value(key, values)) == Truth.TRUE;
    }

    private Optional<KeyValue> value(int key, List<String> values) {
        // The keys of a table may have become more since the partition was made.
        String text = key < values.size() ? values.get(key) : HIVE_NULL;
        if (text.equals(HIVE_NULL)) {
            return Optional.empty();
        }
        return KeyType.of(keys.get(key).type()).orElse(KeyType.TEXT).find(text);
    }
}
