package dev.feedline.snowflake.session;

import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.SchemaName;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.copy.Loads;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.sql.ObjectName;
import dev.feedline.snowflake.sql.Quoting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a session remembers between statements.
public final class SessionState {
    /// Where the session's transaction stands.
    public enum Transaction {
        NONE,
        ACTIVE,
        /// An error rolled it back; only COMMIT (which reports it) and ROLLBACK are left.
        ABORTED
    }

    private final Duck duck;
    private Scope scope = new Scope(Optional.empty(), Optional.empty());
    private final String id;
    private final String user;
    private String role;
    private String warehouse;
    private boolean autocommit = true;
    private Transaction transaction = Transaction.NONE;
    private final SessionParameters parameters = new SessionParameters();
    private final Variables variables = new Variables();
    private Optional<String> lastQueryId = Optional.empty();
    /// The session's own tables and views, which hide others of their name.
    private volatile Set<Qualified> temporary = Set.of();
    /// What waits for the transaction's end.
    private final List<Runnable> ends = new ArrayList<>();

    public SessionState(String id, Duck duck, String user, String role, String warehouse) {
        this.id = id;
        this.duck = duck;
        this.user = user;
        this.role = role;
        this.warehouse = warehouse;
    }

    public Duck duck() {
        return duck;
    }

    /// What CURRENT_SESSION() and drivers call it.
    public String id() {
        return id;
    }

    public Scope scope() {
        return scope;
    }

    public String user() {
        return user;
    }

    public String role() {
        return role;
    }

    public void useRole(String name) {
        role = name;
    }

    public String warehouse() {
        return warehouse;
    }

    public void useWarehouse(String name) {
        warehouse = name;
    }

    public SessionParameters parameters() {
        return parameters;
    }

    public Variables variables() {
        return variables;
    }

    /// The id under which the session's last statement is known to drivers.
    public Optional<String> lastQueryId() {
        return lastQueryId;
    }

    public void lastQueryId(String id) {
        lastQueryId = Optional.of(id);
    }

    /// The table or view that a statement means by this name: the session's own, if it has one.
    public Qualified table(ObjectName written) {
        Qualified name = scope.resolve(written);
        return temporary.contains(name.ofSession()) ? name.ofSession() : name;
    }

    /// The session's own table or view that a statement means by this name.
    public Optional<Qualified> temporary(ObjectName written) {
        boolean resolves = !temporary.isEmpty() && scope.resolves(written);
        return resolves ? Optional.of(table(written)).filter(Qualified::temporary) : Optional.empty();
    }

    public Set<Qualified> temporary() {
        return temporary;
    }

    void temporary(Set<Qualified> now) {
        temporary = Set.copyOf(now);
    }

    public boolean autocommit() {
        return autocommit;
    }

    public Transaction transaction() {
        return transaction;
    }

    public boolean inTransaction() {
        return transaction != Transaction.NONE;
    }

    /// The open transaction as a load sees it.
    public Optional<Loads.OpenTransaction> openTransaction() {
        return transaction == Transaction.ACTIVE ? Optional.of(ends::add) : Optional.empty();
    }

    private void ended() {
        List<Runnable> waiting = List.copyOf(ends);
        ends.clear();
        waiting.forEach(Runnable::run);
    }

    /// Makes a schema (or a database without one) the place of unqualified names.
    public void use(Scope to) throws SQLException {
        String path = to.database()
                .map(database -> to.schema()
                        .map(schema -> new SchemaName(database, schema).duck())
                        .orElse(Quoting.identifier(database) + ".\"main\""))
                .orElse("\"memory\".\"main\"");
        duck.execute("SET search_path = " + Quoting.literal(path));
        scope = to;
    }

    public void setAutocommit(boolean on) throws SQLException {
        if (on) {
            commit();
        }
        autocommit = on;
    }

    public void begin() throws SQLException {
        if (transaction == Transaction.NONE) {
            duck.execute("BEGIN TRANSACTION");
            transaction = Transaction.ACTIVE;
        }
    }

    /// Before a statement that changes rows: with autocommit off it begins a transaction.
    public void beginChange() throws SQLException {
        if (!autocommit) {
            begin();
        }
    }

    public void commit() throws SQLException {
        if (transaction == Transaction.ABORTED) {
            transaction = Transaction.NONE;
            throw SnowflakeError.TRANSACTION_ABORTED.with(
                    "The transaction was rolled back by an earlier error; there is nothing to commit.");
        }
        if (transaction == Transaction.ACTIVE) {
            // A failed COMMIT leaves no transaction behind.
            transaction = Transaction.NONE;
            try {
                duck.execute("COMMIT");
            } finally {
                ended();
            }
        }
    }

    public void rollback() throws SQLException {
        if (transaction == Transaction.ACTIVE) {
            try {
                duck.execute("ROLLBACK");
            } finally {
                ended();
            }
        }
        transaction = Transaction.NONE;
    }

    /// After a statement failed inside DuckDB: it has given the whole transaction up, without
    /// savepoints, and would answer a later COMMIT as if it had worked.
    public void failed() throws SQLException {
        if (transaction == Transaction.ACTIVE) {
            transaction = Transaction.ABORTED;
            try {
                duck.execute("ROLLBACK");
            } finally {
                ended();
            }
        }
    }

    public void refuseAborted() {
        if (transaction == Transaction.ABORTED) {
            throw SnowflakeError.TRANSACTION_ABORTED.with(
                    "The transaction was rolled back by an earlier error; end it with ROLLBACK.");
        }
    }
}
