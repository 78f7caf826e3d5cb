package dev.feedline.glue;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Arn;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tags of databases, tables, jobs and crawlers, kept under the resource part of their ARN, such as
/// `job/convert`.
final class Tags {
    /// https://docs.aws.amazon.com/glue/latest/dg/monitor-tags.html: at most 50 tags, 128 and 256
    /// characters.
    private static final int MOST = 50;

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final GlueStore store;
    private final Account account;

    Tags(GlueStore store, Account account) {
        this.store = store;
        this.account = account;
    }

    Map<String, String> get(@Nullable String arn) {
        String resource = resource(arn);
        return store.read(tx -> {
            requireExisting(tx, resource);
            return of(tx, resource);
        });
    }

    void add(@Nullable String arn, Map<String, String> tags) {
        String resource = resource(arn);
        store.write(tx -> {
            requireExisting(tx, resource);
            add(tx, resource, tags);
            return null;
        });
    }

    void remove(@Nullable String arn, List<String> names) {
        String resource = resource(arn);
        store.write(tx -> {
            requireExisting(tx, resource);
            for (String name : names) {
                tx.update("DELETE FROM tag WHERE resource = ? AND name = ?", resource, name);
            }
            return null;
        });
    }

    void add(Transaction tx, String resource, Map<String, String> tags) throws SQLException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            requireShort("A tag's key", tag.getKey(), 1, LONGEST_KEY);
            requireShort("A tag's value", tag.getValue(), 0, LONGEST_VALUE);
            tx.update(
                    "INSERT OR REPLACE INTO tag (resource, name, value) VALUES (?, ?, ?)",
                    resource,
                    tag.getKey(),
                    tag.getValue());
        }
        if (of(tx, resource).size() > MOST) {
            throw GlueError.INVALID_INPUT.because("A resource has at most " + MOST + " tags");
        }
    }

    void forget(Transaction tx, String resource) throws SQLException {
        tx.update("DELETE FROM tag WHERE resource = ?", resource);
    }

    void forgetUnder(Transaction tx, String prefix) throws SQLException {
        tx.update("DELETE FROM tag WHERE substr(resource, 1, length(?1)) = ?1", prefix);
    }

    Map<String, String> of(Transaction tx, String resource) throws SQLException {
        Map<String, String> tags = new TreeMap<>();
        tx.query(
                        "SELECT name, value FROM tag WHERE resource = ?",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        resource)
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }

    private static void requireShort(String what, String text, int shortest, int longest) {
        if (text.length() < shortest || text.length() > longest) {
            throw GlueError.INVALID_INPUT.because(what + " must have " + shortest + " to " + longest + " characters");
        }
    }

    private String resource(@Nullable String given) {
        String text = Names.required("ResourceArn", given);
        try {
            Arn arn = Arn.parse(text);
            if (arn.equals(account.arn("glue", arn.resource()))) {
                return arn.resource();
            }
        } catch (IllegalArgumentException e) {
            throw GlueError.INVALID_INPUT.because("ResourceArn is not an ARN: " + text, e);
        }
        throw GlueError.ENTITY_NOT_FOUND.because("Resource " + text + " not found.");
    }

    private static void requireExisting(Transaction tx, String resource) throws SQLException {
        String[] parts = resource.split("/", 3);
        boolean exists = switch (parts[0]) {
            case "job" -> parts.length == 2 && exists(tx, "SELECT 1 FROM job WHERE name = ?", parts[1]);
            case "crawler" -> parts.length == 2 && exists(tx, "SELECT 1 FROM crawler WHERE name = ?", parts[1]);
            case "database" -> parts.length == 2 && exists(tx, "SELECT 1 FROM glue_database WHERE name = ?", parts[1]);
            case "table" ->
                parts.length == 3
                        && exists(tx, "SELECT 1 FROM glue_table WHERE database = ? AND name = ?", parts[1], parts[2]);
            default -> false;
        };
        if (!exists) {
            throw GlueError.ENTITY_NOT_FOUND.because("Resource " + resource + " not found.");
        }
    }

    private static boolean exists(Transaction tx, String sql, Object... names) throws SQLException {
        return tx.first(sql, row -> true, names).isPresent();
    }
}
