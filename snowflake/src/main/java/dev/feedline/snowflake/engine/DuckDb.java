package dev.feedline.snowflake.engine;

import dev.feedline.kernel.NativePool;
import dev.feedline.snowflake.sql.Quoting;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;

/// The DuckDB instance: in memory itself, with one attached file per Snowflake database.
///
/// It may open files below its folder and nowhere else, so that no statement reads the machine's
/// files.
public final class DuckDb implements AutoCloseable {
    public static final String MEMORY_LIMIT = "512MB";
    public static final int THREADS = 2;

    /// Native calls at once: sessions and loads.
    static final int CALLS = 4;

    /// Native calls that may wait.
    static final int WAITING_CALLS = 256;

    private final NativePool pool;
    private final DuckDBConnection root;
    private final Consumer<? super SQLException> onFatal;
    private final DefinitionChanges changes = new DefinitionChanges();
    private final Set<Duck> open = ConcurrentHashMap.newKeySet();

    private DuckDb(NativePool pool, DuckDBConnection root, Consumer<? super SQLException> onFatal) {
        this.pool = pool;
        this.root = root;
        this.onFatal = onFatal;
    }

    /// @param folder what DuckDB may read and write; exists
    /// @param onFatal told when DuckDB has given itself up, which only a restart mends
    public static DuckDb open(Path folder, Consumer<? super SQLException> onFatal) throws SQLException {
        NativePool pool = new NativePool("duckdb", CALLS, WAITING_CALLS);
        try {
            return new DuckDb(pool, pool.call(() -> connect(folder)), onFatal);
        } catch (SQLException | RuntimeException e) {
            pool.close();
            throw e;
        } catch (Exception e) {
            pool.close();
            throw new SQLException("DuckDB does not start: " + e.getMessage(), e);
        }
    }

    private static DuckDBConnection connect(Path folder) throws SQLException {
        DuckDbLibrary.load();
        Properties settings = new Properties();
        settings.setProperty("memory_limit", MEMORY_LIMIT);
        settings.setProperty("threads", String.valueOf(THREADS));
        settings.setProperty("temp_directory", folder.resolve("tmp").toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("default_null_order", "nulls_last_on_asc_first_on_desc");
        DuckDBConnection root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
        try (var statement = root.createStatement()) {
            statement.execute("SET allowed_directories = [" + Quoting.literal(folder + "/") + "]");
            statement.execute("SET enable_external_access = false");
            statement.execute("SET GLOBAL TimeZone = 'UTC'");
            JsonFunctions.register(root);
            TextFunctions.register(root);
        } catch (SQLException | RuntimeException e) {
            root.close();
            throw e;
        }
        return root;
    }

    /// A connection of its own.
    public Duck connect() throws SQLException {
        try {
            Duck duck = new Duck(pool.call(root::duplicate), pool, changes, open::remove, onFatal);
            open.add(duck);
            return duck;
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupt Error: the waiting thread was told to stop", e);
        } catch (Exception e) {
            throw new SQLException("Internal Error: " + e.getMessage(), e);
        }
    }

    /// Ends it, with all open connections; the attached files are free for the next instance.
    @Override
    public void close() throws SQLException {
        try {
            for (Duck duck : open) {
                duck.cancel();
            }
            for (Duck duck : open) {
                duck.close();
            }
            pool.call(() -> {
                detachAll(root);
                root.close();
                return null;
            });
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new SQLException("DuckDB does not stop: " + e.getMessage(), e);
        } finally {
            pool.close();
        }
    }

    /// The instance itself may outlive its last connection for a while, and would keep the files.
    private static void detachAll(DuckDBConnection root) throws SQLException {
        List<String> attached = new ArrayList<>();
        try (var statement = root.createStatement();
                var rows = statement.executeQuery(
                        "SELECT database_name FROM duckdb_databases()" + " WHERE NOT internal AND path IS NOT NULL")) {
            while (rows.next()) {
                attached.add(rows.getString(1));
            }
        }
        try (var statement = root.createStatement()) {
            for (String name : attached) {
                statement.execute("DETACH " + Quoting.identifier(name));
            }
        }
    }
}
