package dev.feedline.snowflake;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.LocalBodies;
import dev.feedline.kernel.Store;
import dev.feedline.snowflake.catalog.AccountStore;
import dev.feedline.snowflake.catalog.Databases;
import dev.feedline.snowflake.catalog.Integrations;
import dev.feedline.snowflake.catalog.Objects;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.catalog.Users;
import dev.feedline.snowflake.catalog.Warehouses;
import dev.feedline.snowflake.copy.CopyCommand;
import dev.feedline.snowflake.copy.CopySpecs;
import dev.feedline.snowflake.copy.Fetcher;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.copy.Loads;
import dev.feedline.snowflake.copy.StageFiles;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.engine.DuckDb;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.engine.DuckDbLibrary;
import dev.feedline.snowflake.pipe.NotificationQueue;
import dev.feedline.snowflake.pipe.PipeDirectory;
import dev.feedline.snowflake.pipe.Pipes;
import dev.feedline.snowflake.pipe.WaitingFiles;
import dev.feedline.snowflake.session.SessionState;
import dev.feedline.snowflake.session.Statements;
import dev.feedline.snowflake.session.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The warehouse on this machine: Snowflake's statements, stages, pipes and loads over DuckDB.
public final class EmbeddedSnowflake implements AutoCloseable {
    private final Store store;
    private final DuckDb duckDb;
    private final Warehouse warehouse;
    /// Numbers of sessions; those of an earlier process are smaller.
    private final AtomicLong sessions;
    private boolean closed;

    private EmbeddedSnowflake(Store store, DuckDb duckDb, Warehouse warehouse) {
        this.store = store;
        this.duckDb = duckDb;
        this.warehouse = warehouse;
        this.sessions = new AtomicLong(warehouse.ground().clock().millis() * 1000);
    }

    /// Begins to load DuckDB, so that [#open] has less to wait for; returns at once.
    public static void prepare() {
        Thread.ofPlatform().name("duckdb-library").daemon().start(() -> {
            DuckDbLibrary.load();
            DuckDbLibrary.sweepTemporary();
        });
    }

    /// Opens or creates the warehouse of a folder; nothing listens yet.
    ///
    /// @param s3 where external stages lie
    /// @param sqs where the queue is that tells pipes of new objects
    public static EmbeddedSnowflake open(Path folder, Ground ground, S3Client s3, SqsClient sqs, LocalBodies bodies)
            throws IOException {
        return open(folder, ground, s3, PipeQueue.embedded(sqs, ground.account()), bodies);
    }

    /// The same with a queue that may be of another account.
    public static EmbeddedSnowflake open(
            Path folder, Ground ground, S3Client s3, PipeQueue pipeQueue, LocalBodies bodies) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        ground.disk().createDirectories(root);
        Store store = AccountStore.open(root, ground);
        DuckDb duckDb = null;
        try {
            duckDb = DuckDb.open(root, ground.onFailure());
            Databases databases = new Databases(root, ground, store);
            try (Duck duck = duckDb.connect()) {
                databases.attachAll(duck);
            }
            Tables tables = new Tables(ground);
            Objects objects = new Objects(ground);
            CopySpecs specs = new CopySpecs(databases, objects);
            StageFiles files = new StageFiles(s3);
            Fetcher fetcher = new Fetcher(root, ground, s3, bodies);
            LoadHistory history = new LoadHistory(ground, tables);
            Loads loads = new Loads(ground, tables, fetcher, history);
            Pipes pipes = new Pipes(
                    ground,
                    duckDb,
                    new NotificationQueue(pipeQueue),
                    new PipeDirectory(databases, objects, specs, tables),
                    new WaitingFiles(store),
                    files,
                    history,
                    loads);
            Warehouse warehouse = new Warehouse(
                    ground,
                    duckDb,
                    databases,
                    tables,
                    objects,
                    new Integrations(ground, store),
                    new Warehouses(ground, store),
                    new Users(store, List.of(SessionOptions.NONE.user())),
                    new CopyCommand(specs, files, loads),
                    pipes,
                    new ReentrantLock());
            EmbeddedSnowflake opened = new EmbeddedSnowflake(store, duckDb, warehouse);
            store = null;
            duckDb = null;
            return opened;
        } catch (SQLException e) {
            throw new IOException(
                    "The warehouse in " + root + " does not open: " + e.getMessage()
                            + ". If the files are damaged, check the disk, restore the folder from a copy, or move it away"
                            + " and run `feedline rebuild`, which loads the feeds' tables anew.",
                    e);
        } finally {
            close(duckDb, store);
        }
    }

    /// The pipes begin to listen.
    public void start() {
        try {
            warehouse.pipes().start();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    public Session openSession(SessionOptions options) {
        try {
            SessionState state = new SessionState(
                    Long.toString(sessions.incrementAndGet()),
                    duckDb.connect(),
                    options.user(),
                    options.role(),
                    options.warehouse());
            Statements statements = new Statements(warehouse, state);
            statements.useIfThere(options.database(), options.schema());
            return new Session(statements, like -> openLike(like, options.user()));
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /// The public keys that a user's key-pair login may be signed for; none for a user who does not exist.
    public List<PublicKey> publicKeys(String user) {
        return warehouse.users().publicKeys(user);
    }

    /// A session beside another, with its place and parameters.
    private Session openLike(SessionState like, String user) {
        Session session = openSession(new SessionOptions(
                user,
                like.role(),
                like.warehouse(),
                like.scope().database(),
                like.scope().schema()));
        session.takeParameters(like.parameters());
        return session;
    }

    public Session openSession() {
        return openSession(SessionOptions.NONE);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            warehouse.pipes().close();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        } finally {
            close(duckDb, store);
        }
    }

    private static void close(
            @org.jspecify.annotations.Nullable DuckDb duckDb, @org.jspecify.annotations.Nullable Store store) {
        try {
            if (duckDb != null) {
                duckDb.close();
            }
        } catch (SQLException e) {
            throw SnowflakeError.INTERNAL.with("The warehouse does not close: " + e.getMessage(), e);
        } finally {
            if (store != null) {
                store.close();
            }
        }
    }
}
