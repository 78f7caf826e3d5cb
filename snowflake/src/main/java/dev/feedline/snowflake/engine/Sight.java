package dev.feedline.snowflake.engine;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one connection knows of the definitions, and whether that still holds.
///
/// It does while no definition has changed: neither since it was read nor, in a transaction, since that began, for a
/// transaction sees them as they were then. So nothing is remembered of a transaction that changes definitions itself
/// before it has ended.
///
/// Statements are noted on the threads that run them, which go on when those that wait for them are told to stop; so
/// what it holds is guarded.
final class Sight {
    /// Answers remembered; more than the pipes of a server ask for.
    private static final int MOST = 1024;

    /// What leaves definitions as they are. Whatever else is run counts as a change: at worst an answer is read again.
    private static final Set<String> OF_ROWS =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "SELECT", "FROM", "WITH", "SET");

    private final DefinitionChanges changes;
    private final Map<Object, Object> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > MOST;
        }
    };
    private long answersHoldAt;
    private boolean inTransaction;
    private OptionalLong beganAt = OptionalLong.empty();
    private boolean changing;

    Sight(DefinitionChanges changes) {
        this.changes = changes;
    }

    /// Runs a statement, and notes what it means for what is remembered. One that DuckDB is never given must not come
    /// here.
    ///
    /// @param definitions whether it changes them whatever it looks like
    <T extends @Nullable Object> T around(String sql, boolean definitions, Duck.Steps<T> statement)
            throws SQLException {
        return switch (firstWord(sql)) {
            case "BEGIN" -> {
                OptionalLong before = changes.settled();
                T result = statement.run();
                began(before);
                yield result;
            }
            case "COMMIT", "ROLLBACK" -> {
                try {
                    yield statement.run();
                } finally { // a failed COMMIT leaves no transaction behind
                    ended();
                }
            }
            case String word when !definitions && OF_ROWS.contains(word) -> statement.run();
            default -> {
                begin();
                try {
                    yield statement.run();
                } finally {
                    endedUnlessInTransaction();
                }
            }
        };
    }

    private synchronized void began(OptionalLong before) {
        inTransaction = true;
        beganAt = before;
    }

    private synchronized void begin() {
        if (!changing) {
            changes.begin();
            changing = true;
        }
    }

    private synchronized void endedUnlessInTransaction() {
        if (!inTransaction) {
            ended();
        }
    }

    /// The transaction has ended, if there was one.
    synchronized void ended() {
        inTransaction = false;
        if (changing) {
            changing = false;
            changes.end();
        }
    }

    /// The answer that `read` gives, or gave and would give again.
    ///
    /// @param key of the question
    @SuppressWarnings("unchecked") // one question has answers of one type
    <T> T known(Object key, Duck.Steps<T> read) throws SQLException {
        OptionalLong now = now();
        if (now.isEmpty()) {
            return read.run();
        }
        Object known = remembered(key, now.getAsLong());
        if (known != null) {
            return (T) known;
        }
        T answer = read.run();
        remember(key, answer, now);
        return answer;
    }

    private synchronized @Nullable Object remembered(Object key, long now) {
        if (answersHoldAt != now) {
            answers.clear();
            answersHoldAt = now;
        }
        return answers.get(key);
    }

    private synchronized void remember(Object key, Object answer, OptionalLong before) {
        if (now().equals(before) && answersHoldAt == before.getAsLong()) {
            answers.put(key, answer);
        }
    }

    /// After how many changes the definitions are those that the connection sees; empty when that cannot be said.
    private synchronized OptionalLong now() {
        OptionalLong settled = changes.settled();
        return !inTransaction || settled.equals(beganAt) ? settled : OptionalLong.empty();
    }

    private static String firstWord(String sql) {
        int end = 0;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return sql.substring(0, end).toUpperCase(Locale.ROOT);
    }
}
