package dev.feedline.snowflake.session;

import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.sql.Quoting;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A session's variables: `SET x = 5`, then `$x`.
///
/// Source: docs.snowflake.com/en/sql-reference/session-variables.
public final class Variables {
    /// Snowflake's limit of a value, in bytes.
    static final int LONGEST = 256;

    static final int MOST = 1_000;

    private final Map<String, String> literals = new TreeMap<>();

    /// The value as SQL, if there is a variable of that name.
    Optional<String> literal(String name) {
        return Optional.ofNullable(literals.get(name));
    }

    void set(String name, @Nullable Object value) {
        String literal = literal(name, value);
        if (!literals.containsKey(name) && literals.size() >= MOST) {
            throw SnowflakeError.RESOURCE.with("A session has at most " + MOST + " variables; UNSET some.");
        }
        literals.put(name, literal);
    }

    void unset(String name) {
        literals.remove(name);
    }

    Result show(Optional<String> like) {
        ShowRows rows = new ShowRows("name", "value", "type");
        Like names = new Like(like);
        literals.forEach((name, literal) -> {
            if (names.matches(name)) {
                boolean text = literal.startsWith("'");
                rows.add(
                        name,
                        text ? literal.substring(1, literal.length() - 1).replace("''", "'") : literal,
                        text ? "text" : literal.matches("TRUE|FALSE") ? "boolean" : "fixed");
            }
        });
        return rows.result(StatementType.SHOW, Integer.MAX_VALUE);
    }

    private static String literal(String name, @Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Boolean bool -> bool ? "TRUE" : "FALSE";
            case BigDecimal number -> number.toPlainString();
            case Double number -> "CAST(" + number + " AS DOUBLE)";
            case byte[] bytes -> throw SnowflakeError.unsupported("A variable of the type BINARY");
            default -> Quoting.literal(limited(name, value.toString()));
        };
    }

    private static String limited(String name, String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > LONGEST) {
            throw SnowflakeError.INVALID_VALUE.with("Assignment to '" + name
                    + "' not done because value exceeds size limit for variables. Its size is " + size
                    + "; the limit is " + LONGEST + " (internal storage size in bytes).");
        }
        return text;
    }

    /// The one value of a query that SET runs.
    static @Nullable Object single(Result result) {
        try (result) {
            List<List<@Nullable Object>> rows = result.all();
            if (rows.size() != 1 || rows.getFirst().size() != 1) {
                throw SnowflakeError.INVALID_VALUE.with("SET takes one value, not " + rows.size() + " rows.");
            }
            return rows.getFirst().getFirst();
        }
    }
}
