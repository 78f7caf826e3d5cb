package dev.feedline.lambda;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tags of functions.
final class FunctionTags {
    /// https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
    private static final int MOST = 50;

    private final LambdaStore store;
    private final Account account;

    FunctionTags(LambdaStore store, Account account) {
        this.store = store;
        this.account = account;
    }

    Map<String, String> get(String resource) {
        FunctionName name = FunctionName.parse(resource, null, account);
        return store.read(tx -> {
            Function.existing(tx, name, account);
            return of(tx, name.name());
        });
    }

    void add(String resource, Map<String, String> tags) {
        FunctionName name = FunctionName.parse(resource, null, account);
        store.write(tx -> {
            Function.existing(tx, name, account);
            add(tx, name.name(), tags);
            return null;
        });
    }

    void remove(String resource, List<String> keys) {
        FunctionName name = FunctionName.parse(resource, null, account);
        store.write(tx -> {
            Function.existing(tx, name, account);
            for (String key : keys) {
                tx.update("DELETE FROM tag WHERE function = ? AND name = ?", name.name(), key);
            }
            return null;
        });
    }

    static void add(Transaction tx, String function, Map<String, String> tags) throws SQLException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            requireShort(tag);
            tx.update(
                    "INSERT OR REPLACE INTO tag (function, name, value) VALUES (?, ?, ?)",
                    function,
                    tag.getKey(),
                    tag.getValue());
        }
        if (of(tx, function).size() > MOST) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because("A function has at most " + MOST + " tags");
        }
    }

    static Map<String, String> of(Transaction tx, String function) throws SQLException {
        Map<String, String> tags = new TreeMap<>();
        tx.query(
                        "SELECT name, value FROM tag WHERE function = ?",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        function)
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }

    private static void requireShort(Map.Entry<String, String> tag) {
        if (tag.getKey().isEmpty()
                || tag.getKey().length() > 128
                || tag.getValue().length() > 256) {
            throw LambdaError.INVALID_PARAMETER_VALUE.because(
                    "A tag's key has 1 to 128 characters and its value at most 256: " + tag.getKey());
        }
    }
}
