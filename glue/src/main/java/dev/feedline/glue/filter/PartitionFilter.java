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

    /// Of each key; none where partitions cannot be chosen by its type, which then no condition names.
    private final List<Optional<KeyType>> types;

    private final Condition condition;

    private PartitionFilter(List<Optional<KeyType>> types, Condition condition) {
        this.types = types;
        this.condition = condition;
    }

    /// Reads the expression.
    ///
    /// @throws FilterException when it cannot be read, with the reason
    public static PartitionFilter parse(String expression, List<Key> keys) {
        List<Optional<KeyType>> types =
                keys.stream().map(key -> KeyType.of(key.type())).toList();
        return new PartitionFilter(types, new Grammar(expression, keys).read());
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
        return types.get(key).orElse(KeyType.TEXT).find(text);
    }
}
