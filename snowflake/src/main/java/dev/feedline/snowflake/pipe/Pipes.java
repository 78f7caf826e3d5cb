package dev.feedline.snowflake.pipe;

import dev.feedline.kernel.Ground;
import dev.feedline.snowflake.Result;
import dev.feedline.snowflake.ResultColumn;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.StatementType;
import dev.feedline.snowflake.catalog.Scope;
import dev.feedline.snowflake.catalog.StoredObject;
import dev.feedline.snowflake.copy.LoadHistory;
import dev.feedline.snowflake.copy.Loads;
import dev.feedline.snowflake.copy.StageFiles;
import dev.feedline.snowflake.copy.StageUrl;
import dev.feedline.snowflake.copy.StagedFile;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.engine.DuckDb;
import dev.feedline.snowflake.sql.Command;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Snowpipe: hears of new objects, remembers them, loads them.
public final class Pipes implements AutoCloseable {
    /// REFRESH takes up files that were staged within this time.
    static final Duration REFRESH_REACH = Duration.ofDays(7);

    private final Ground ground;
    private final DuckDb duckDb;
    private final NotificationQueue queue;
    private final PipeDirectory directory;
    private final WaitingFiles waiting;
    private final StageFiles files;
    private final LoadHistory history;
    private final PipeActivity activity = new PipeActivity();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final PipeLoader loader;
    private @Nullable Thread listener;
    private @Nullable Duck listening;

    public Pipes(
            Ground ground,
            DuckDb duckDb,
            NotificationQueue queue,
            PipeDirectory directory,
            WaitingFiles waiting,
            StageFiles files,
            LoadHistory history,
            Loads loads) {
        this.ground = ground;
        this.duckDb = duckDb;
        this.queue = queue;
        this.directory = directory;
        this.waiting = waiting;
        this.files = files;
        this.history = history;
        this.loader = new PipeLoader(ground, duckDb, directory, waiting, loads, activity, stopped);
    }

    public String notificationChannel() {
        return queue.arn();
    }

    /// Makes sure of the channel; a pipe with AUTO_INGEST is created only with it.
    public void ensureNotificationChannel() {
        queue.ensure();
    }

    /// Begins to listen and to load.
    public void start() throws SQLException {
        Duck duck = duckDb.connect();
        listening = duck;
        waiting.keepOnly(directory.ids(duck));
        loader.start();
        listener = Thread.ofVirtual()
                .name("pipe-listener")
                .start(new PipeListener(ground, queue, directory, waiting, activity, duck, loader::wake, stopped));
    }

    /// A pipe was created, resumed or dropped.
    public void changed() {
        loader.wake();
    }

    /// ALTER PIPE … REFRESH: what lies on the stage and no history knows is queued, not yet loaded.
    ///
    /// @param modifiedAfter only files staged later; at most seven days back, which is also what counts without it
    public Result refresh(Duck duck, StoredObject object, String prefix, Optional<Instant> modifiedAfter)
            throws SQLException {
        Pipe pipe = directory.require(duck, object);
        Instant reach = ground.clock().instant().minus(REFRESH_REACH);
        Instant since = modifiedAfter.orElse(reach);
        if (since.isBefore(reach)) {
            throw SnowflakeError.INVALID_VALUE.with("MODIFIED_AFTER may be seven days ago at most: a refresh takes up"
                    + " no older files. COPY INTO does.");
        }
        StageUrl place = pipe.spec().from().below(prefix);
        List<StagedFile> listed = files.list(
                place, file -> pipe.spec().takes(file) && !file.lastModified().isBefore(since));
        List<StagedFile> fresh = history.unknown(duck, pipe.spec().table(), pipe.reference(), listed);
        waiting.add(
                fresh.stream()
                        .map(file -> new WaitingFiles.Arrival(pipe.id(), file))
                        .toList(),
                ground.clock().instant());
        loader.wake();
        return Result.of(
                StatementType.DDL,
                List.of(ResultColumn.text("File"), ResultColumn.text("Status")),
                fresh.stream()
                        .map(file -> List.<@Nullable Object>of(path(pipe, file), "SENT"))
                        .toList());
    }

    /// Refuses a pipe whose COPY could load no file.
    public void check(Duck duck, Command.CopyInto copy, Scope scope) throws SQLException {
        directory.check(duck, copy, scope);
    }

    /// SYSTEM$PIPE_STATUS.
    public String status(Duck duck, StoredObject object) throws SQLException {
        return new PipeStatus(queue, directory, waiting, activity).json(duck, object);
    }

    private static String path(Pipe pipe, StagedFile file) {
        return file.key()
                .substring(Math.min(
                        pipe.spec().stage().prefix().length(), file.key().length()));
    }

    @Override
    public void close() throws SQLException {
        stopped.set(true);
        Thread thread = listener;
        if (thread != null) {
            thread.interrupt();
            loader.close();
        }
        Duck duck = listening;
        if (duck != null) {
            duck.close();
        }
    }
}
