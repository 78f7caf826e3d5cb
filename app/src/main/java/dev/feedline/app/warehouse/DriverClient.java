package dev.feedline.app.warehouse;

import dev.feedline.app.fetch.RemoteFile;
import dev.feedline.feeds.definition.WarehouseChoice.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session of a Snowflake account, by Snowflake's own JDBC driver.
///
/// It logs in with the first statement, and again when the account has ended the session; one statement at a time.
public final class DriverClient implements SnowflakeClient {
    /// The session or its token is no more, so the statement did not run: 390111 gone, 390112 and 390114 expired,
    /// 390195 an invalid token.
    private static final Set<Integer> SESSION_IS_GONE = Set.of(390111, 390112, 390114, 390195);

    private final Account account;
    private final Map<String, String> environment;
    private final Consumer<String> telling;
    private final ReentrantLock one = new ReentrantLock();
    private @Nullable Driver driver;
    private @Nullable Connection connection;

    private DriverClient(Account account, Map<String, String> environment, Consumer<String> telling) {
        this.account = account;
        this.environment = environment;
        this.telling = telling;
    }

    /// @param environment where the definition's `${env:…}` are found
    /// @param telling told what takes time, e.g. fetching the driver
    public static DriverClient of(Account account, Map<String, String> environment, Consumer<String> telling) {
        return new DriverClient(account, environment, telling);
    }

    @Override
    public void query(String sql, RowSink sink) throws IOException {
        one.lock();
        try {
            try {
                run(sql, sink);
            } catch (SQLException e) {
                if (!SESSION_IS_GONE.contains(e.getErrorCode())) {
                    throw e;
                }
                disconnect();
                run(sql, sink);
            }
        } catch (SQLException e) {
            SqlFailure failure = new SqlFailure(String.format(Locale.ROOT, "%06d", e.getErrorCode()), message(e));
            if (String.valueOf(e.getSQLState()).startsWith("08")) {
                disconnect(); // lost on the way; the next statement connects again
            }
            throw failure;
        } finally {
            one.unlock();
        }
    }

    private void run(String sql, RowSink sink) throws SQLException, IOException {
        try (Statement statement = connected().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<SqlColumn> columns = columns(rows.getMetaData());
            sink.columns(columns);
            while (rows.next()) {
                List<@Nullable String> cells = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    String text = rows.getString(i + 1);
                    cells.add(text == null ? null : Cells.wire(columns.get(i), text));
                }
                sink.row(cells);
            }
        }
    }

    private static List<SqlColumn> columns(ResultSetMetaData meta) throws SQLException {
        List<SqlColumn> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new SqlColumn(meta.getColumnName(i), wireType(meta.getColumnTypeName(i)), meta.getScale(i)));
        }
        return columns;
    }

    /// The protocol's name of a type that the driver calls by another.
    private static String wireType(String name) {
        String type = name.toLowerCase(Locale.ROOT);
        return switch (type) {
            case "number", "decimal", "numeric", "integer", "bigint", "int" -> "fixed";
            case "double", "float" -> "real";
            case "varchar", "string", "char" -> "text";
            case "timestampntz" -> "timestamp_ntz";
            case "timestampltz" -> "timestamp_ltz";
            case "timestamptz" -> "timestamp_tz";
            default -> type;
        };
    }

    private Connection connected() throws SQLException, IOException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = driver().connect(AccountLogin.url(account), AccountLogin.of(account, environment));
            if (open == null) {
                throw new IOException("Snowflake's driver does not take " + AccountLogin.url(account));
            }
            connection = open;
        }
        return open;
    }

    private Driver driver() throws IOException {
        Driver known = driver;
        if (known == null) {
            known = SnowflakeDriver.of(
                    account.driver().isPresent()
                            ? named(account.driver().get())
                            : DriverJar.genuine(Path.of(System.getProperty("feedline.home", ".")))
                                    .in(RemoteFile.cacheFolder(), telling));
            driver = known;
        }
        return known;
    }

    private static Path named(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IOException("The definition's warehouse.driver " + jar + " is no file. Name the driver's jar, or"
                    + " leave it out: Feedline then fetches " + DriverJar.GENUINE + ".");
        }
        return jar;
    }

    /// What the driver says; of a log-in also where, and the likeliest reason of what it does not say.
    private String message(SQLException e) {
        String said = String.valueOf(e.getMessage());
        if (connection != null) {
            return said;
        }
        String advice = account.ssl() && !account.isOfSnowflake()
                ? " If that is another Feedline, it answers without TLS: ssl: off."
                : "";
        return "The warehouse at " + account.place() + " did not let " + account.user() + " in: " + said + advice;
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // The account ends an idle session by itself; there is nobody to tell.
                System.getLogger(DriverClient.class.getName()).log(System.Logger.Level.DEBUG, "logging out", e);
            }
        }
    }

    @Override
    public void close() {
        one.lock();
        try {
            disconnect();
        } finally {
            one.unlock();
        }
    }
}
