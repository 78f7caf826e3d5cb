package dev.feedline.snowflake.copy;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Trial;
import dev.feedline.snowflake.SnowflakeError;
import dev.feedline.snowflake.catalog.Qualified;
import dev.feedline.snowflake.catalog.TableInfo;
import dev.feedline.snowflake.catalog.Tables;
import dev.feedline.snowflake.engine.Duck;
import dev.feedline.snowflake.engine.DuckDbErrors;
import dev.feedline.snowflake.sql.FileFormat;
import dev.feedline.snowflake.sql.OnError;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Loads staged files into tables: rows and load history of a file in one transaction, each file once.
///
/// Loads of one table run one after the other, so that what the history says stays true until the
/// commit.
public final class Loads {
    /// How often a load that met another transaction's change is tried again.
    private static final int TRIES = 5;

    private final Ground ground;
    private final Tables tables;
    private final Fetcher fetcher;
    private final LoadHistory history;
    private final ParquetLoader parquet;
    private final JsonLoader json;
    private final CsvLoader csv;
    private final TransformLoader transforming;
    private final TableLocks locks = new TableLocks();

    /// What is to be loaded.
    ///
    /// @param force loads what the history knows, too
    /// @param uncertain loads what the history may have forgotten, too
    /// @param receivedOn when a pipe heard of the files
    public record Request(
            CopySpec spec,
            List<StagedFile> files,
            OnError onError,
            boolean force,
            boolean uncertain,
            Optional<PipeReference> pipe,
            @Nullable Instant receivedOn) {}

    /// A session's transaction that a load takes part in.
    @FunctionalInterface
    public interface OpenTransaction {
        /// Runs when it is committed or rolled back.
        void whenEnded(Runnable then);
    }

    /// A file that ended the transaction it was loaded in.
    private static final class BadFile extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient StagedFile file;
        private final FileFailure failure;
        private final transient RowErrors errors;

        /// @param errors the bad rows before it
        private BadFile(StagedFile file, FileFailure failure, RowErrors errors) {
            super(failure.message(), failure);
            this.file = file;
            this.failure = failure;
            this.errors = errors;
        }
    }

    /// One of several files that one statement loads is bad; which one, only a load of each tells.
    private static final class OneOfThem extends RuntimeException {
        private static final long serialVersionUID = 1;

        private OneOfThem(Exception cause) {
            super(cause);
        }
    }

    /// How files are loaded, and what a bad row does.
    private enum Manner {
        /// Files of one shape by one statement, which the first bad row ends without telling whose it is.
        JOINTLY,
        /// Each by itself; the first bad row ends the load.
        STRICTLY,
        /// Each by itself; bad rows are left out and counted.
        TOLERANTLY
    }

    public Loads(Ground ground, Tables tables, Fetcher fetcher, LoadHistory history) {
        this.ground = ground;
        this.tables = tables;
        this.fetcher = fetcher;
        this.history = history;
        ParquetShapes shapes = new ParquetShapes();
        this.parquet = new ParquetLoader(tables, shapes);
        this.transforming = new TransformLoader(shapes);
        this.json = new JsonLoader(tables);
        this.csv = new CsvLoader(tables);
    }

    /// Loads what is not loaded yet and returns how each file ended; a file that the history knows is
    /// left out.
    ///
    /// @param open the transaction the connection has open already, which is not ended here; or empty
    /// @throws dev.feedline.snowflake.SnowflakeException with ABORT_STATEMENT, when a file is bad:
    ///     nothing is loaded
    public List<FileOutcome> load(Duck duck, Request request, Optional<OpenTransaction> open) throws SQLException {
        Qualified name = request.spec().table();
        TableLocks.Lease lease = locks.acquire(tables.requireTable(duck, name).id(), name);
        boolean handedOver = false;
        try {
            TableInfo table = tables.requireTable(duck, name);
            request.spec().requireFits(table);
            List<StagedFile> files = wanted(duck, request, table);
            if (files.isEmpty()) {
                return List.of();
            }
            if (open.isPresent()) {
                open.get().whenEnded(lease::close);
                handedOver = true;
            }
            return switch (request.onError().kind()) {
                case ABORT_STATEMENT -> allOrNothing(duck, request, table, files, open.isPresent());
                case SKIP_FILE ->
                    request.onError().limit() == 1
                            ? skippingBadFiles(duck, request, files)
                            : oneByOne(duck, request, files);
                case CONTINUE, SKIP_FILE_PERCENT -> oneByOne(duck, request, files);
            };
        } finally {
            if (!handedOver) {
                lease.close();
            }
        }
    }

    /// Records the request's only file as failed without another try.
    public void reject(Duck duck, Request request, String why) throws SQLException {
        RowErrors errors = RowErrors.counting();
        errors.end(new FileFailure(SnowflakeError.RESOURCE, why));
        failed(duck, request, outcome(duck, request, request.files().getFirst(), 0, 0, errors));
    }

    /// Loads that wait for another one of their table are refused: it may belong to a session that ends later.
    public void stopWaiting() {
        locks.close();
    }

    private List<StagedFile> wanted(Duck duck, Request request, TableInfo table) throws SQLException {
        if (request.force()) {
            return request.files();
        }
        List<StagedFile> unknown = history.unknown(duck, table, request.pipe(), request.files());
        return request.uncertain() ? unknown : history.certain(duck, table, unknown);
    }

    private List<FileOutcome> allOrNothing(
            Duck duck, Request request, TableInfo table, List<StagedFile> files, boolean inTransaction)
            throws SQLException {
        try {
            return inTransaction ? all(duck, request, files, Manner.STRICTLY) : jointly(duck, request, files);
        } catch (BadFile e) {
            throw e.failure.error().with(aborted(e, table), e.failure);
        }
    }

    private List<FileOutcome> jointly(Duck duck, Request request, List<StagedFile> files) throws SQLException {
        try {
            return committed(duck, request, files, quickest(request, files));
        } catch (OneOfThem e) {
            return committed(duck, request, files, Manner.STRICTLY);
        }
    }

    private static Manner quickest(Request request, List<StagedFile> files) {
        CopySpec spec = request.spec();
        boolean joint = files.size() > 1
                && spec.format().type() == FileFormat.Type.PARQUET
                && spec.transformed().isEmpty()
                && !ParquetLoader.tellsFilesApart(spec);
        return joint ? Manner.JOINTLY : Manner.STRICTLY;
    }

    /// The message that ends a COPY, with the bad row's place.
    private static String aborted(BadFile bad, TableInfo table) {
        FileFailure.Place place = bad.failure.place();
        String column = FileOutcome.columnName(place.column(), table);
        return bad.failure.message() + "\n  File '" + bad.file.url() + "'"
                + (place.line() == null ? "" : ", line " + place.line())
                + (place.character() == null ? "" : ", character " + place.character())
                + (place.row() == null ? "" : "\n  Row " + place.row())
                + (column == null ? "" : (place.row() == null ? "\n  Column " : ", column ") + column)
                + "\n  If you would like to continue loading when an error is encountered, use other values such as"
                + " 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option. For more information on loading options, please"
                + " run 'info loading_data' in a SQL client.";
    }

    /// All files in one transaction; when one is bad, each in its own.
    private List<FileOutcome> skippingBadFiles(Duck duck, Request request, List<StagedFile> files) throws SQLException {
        try {
            return committed(duck, request, files, quickest(request, files));
        } catch (BadFile | OneOfThem e) {
            return oneByOne(duck, request, files);
        }
    }

    /// Each file in a transaction of its own, so that a bad one takes back no other; its bad rows are counted to the
    /// end.
    private List<FileOutcome> oneByOne(Duck duck, Request request, List<StagedFile> files) throws SQLException {
        List<FileOutcome> outcomes = new ArrayList<>();
        for (StagedFile file : files) {
            try {
                outcomes.addAll(committed(duck, request, List.of(file), Manner.TOLERANTLY));
            } catch (TooManyErrors e) {
                outcomes.add(failed(duck, request, e.outcome));
            } catch (BadFile e) {
                e.errors.end(e.failure);
                long rows =
                        e.failure.place().row() == null ? 0 : e.failure.place().row();
                outcomes.add(failed(duck, request, outcome(duck, request, file, rows, 0, e.errors)));
            }
        }
        return outcomes;
    }

    /// A file that ended with more bad rows than ON_ERROR bears; nothing of it is loaded.
    private static final class TooManyErrors extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient FileOutcome outcome;

        private TooManyErrors(FileOutcome outcome) {
            super(outcome.file().url());
            this.outcome = outcome;
        }
    }

    private FileOutcome outcome(Duck duck, Request request, StagedFile file, long parsed, long loaded, RowErrors errors)
            throws SQLException {
        List<FileOutcome.Failure> failures = new ArrayList<>();
        if (errors.count() > 0) {
            TableInfo table = tables.requireTable(duck, request.spec().table());
            errors.kept().forEach(failure -> failures.add(FileOutcome.Failure.of(failure, table)));
        }
        FileOutcome.Status status = failures.isEmpty()
                ? FileOutcome.Status.LOADED
                : loaded == 0 ? FileOutcome.Status.LOAD_FAILED : FileOutcome.Status.PARTIALLY_LOADED;
        return new FileOutcome(
                file, status, parsed, loaded, request.onError().errorLimit(parsed), errors.count(), failures);
    }

    private FileOutcome failed(Duck duck, Request request, FileOutcome outcome) throws SQLException {
        TableInfo table = tables.requireTable(duck, request.spec().table());
        duck.inTransaction(() -> {
            record(duck, table, request, List.of(outcome));
            return true;
        });
        return outcome.withoutRecords();
    }

    private List<FileOutcome> committed(Duck duck, Request request, List<StagedFile> files, Manner manner)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                List<FileOutcome> outcomes = duck.inTransaction(() -> all(duck, request, files, manner));
                if (!ground.trial().holds(Trial.Defence.HISTORY_WITH_ROWS)) {
                    ground.trial().at(Trial.Moment.ROWS_BEFORE_HISTORY);
                    TableInfo table = tables.requireTable(duck, request.spec().table());
                    duck.inTransaction(() -> {
                        record(duck, table, request, outcomes);
                        return true;
                    });
                }
                return outcomes.stream().map(FileOutcome::withoutRecords).toList();
            } catch (SQLException e) {
                if (!DuckDbErrors.isConflict(e) || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    /// Rows and history of the files, in the running transaction.
    private List<FileOutcome> all(Duck duck, Request request, List<StagedFile> files, Manner manner)
            throws SQLException {
        TableInfo table = tables.requireTable(duck, request.spec().table());
        List<FileOutcome> outcomes = manner == Manner.JOINTLY
                ? together(duck, request, table, files)
                : apart(duck, request, table, files, manner == Manner.TOLERANTLY);
        if (ground.trial().holds(Trial.Defence.HISTORY_WITH_ROWS)) {
            record(duck, table, request, outcomes);
        }
        return outcomes;
    }

    private List<FileOutcome> together(Duck duck, Request request, TableInfo table, List<StagedFile> files)
            throws SQLException {
        List<FileOutcome> outcomes = new ArrayList<>();
        TableInfo now = table;
        try (JointFiles joint = new JointFiles()) {
            for (StagedFile file : files) {
                Optional<LocalFile> fetched = fetcher.fetch(file);
                if (fetched.isPresent()) {
                    joint.add(opened(file, fetched.get(), joint));
                    if (joint.isComplete()) {
                        now = loadJointly(duck, request, now, joint, outcomes);
                    }
                } else {
                    now = loadJointly(duck, request, now, joint, outcomes);
                    outcomes.add(gone(duck, request, file));
                }
            }
            loadJointly(duck, request, now, joint, outcomes);
        }
        return outcomes;
    }

    /// @param before files that wait; one of them may be bad, too, and would be told of instead
    private static ParquetFile opened(StagedFile file, LocalFile local, JointFiles before) {
        try {
            return ParquetFile.of(local);
        } catch (FileFailure e) {
            local.close();
            if (!before.files().isEmpty()) {
                throw new OneOfThem(e);
            }
            throw new BadFile(file, e, RowErrors.endingTheLoad());
        } catch (RuntimeException e) {
            local.close();
            throw e;
        }
    }

    /// Loads what has come together, if anything has.
    ///
    /// @return the table as it is now
    private TableInfo loadJointly(
            Duck duck, Request request, TableInfo table, JointFiles joint, List<FileOutcome> outcomes)
            throws SQLException {
        List<ParquetFile> files = joint.files();
        if (files.isEmpty()) {
            return table;
        }
        List<FileLoader.Loaded> loaded;
        try {
            loaded = parquet.load(
                    duck, table, request.spec(), files, ground.clock().instant());
        } catch (FileFailure e) {
            throw new OneOfThem(e);
        } catch (SQLException e) {
            if (LoadError.isInfrastructure(e)) {
                throw e;
            }
            throw new OneOfThem(e);
        }
        for (int i = 0; i < files.size(); i++) {
            StagedFile staged = files.get(i).local().staged();
            long rows = loaded.get(i).rowsLoaded();
            outcomes.add(outcome(duck, request, staged, rows, rows, RowErrors.endingTheLoad()));
        }
        joint.loaded();
        return loaded.getLast().table();
    }

    private List<FileOutcome> apart(
            Duck duck, Request request, TableInfo table, List<StagedFile> files, boolean tolerant) throws SQLException {
        List<FileOutcome> outcomes = new ArrayList<>();
        TableInfo now = table;
        for (StagedFile file : files) {
            RowErrors errors = !tolerant
                    ? RowErrors.endingTheLoad()
                    : request.pipe().isPresent() ? RowErrors.locating() : RowErrors.counting();
            Optional<LocalFile> fetched = fetcher.fetch(file);
            if (fetched.isEmpty()) {
                outcomes.add(gone(duck, request, file));
                continue;
            }
            try (LocalFile local = fetched.get()) {
                FileLoader.Loaded loaded = loader(request.spec())
                        .load(duck, now, request.spec(), local, ground.clock().instant(), errors);
                FileOutcome outcome =
                        outcome(duck, request, local.staged(), loaded.rowsParsed(), loaded.rowsLoaded(), errors);
                if (request.onError().skips(loaded.rowsParsed(), errors.count())) {
                    throw new TooManyErrors(skipped(outcome));
                }
                outcomes.add(outcome);
                now = loaded.table();
            } catch (FileFailure e) {
                throw new BadFile(file, e, errors);
            } catch (SQLException e) {
                if (LoadError.isInfrastructure(e)) {
                    throw e;
                }
                throw new BadFile(file, LoadError.of(e, request.spec().format().type()), errors);
            }
        }
        return outcomes;
    }

    /// A file that was there when the stage was listed, or when an event told of it. It ends no load, with no ON_ERROR.
    ///
    /// Source: docs.snowflake.com/en/sql-reference/sql/copy-into-table (ABORT_STATEMENT)
    private FileOutcome gone(Duck duck, Request request, StagedFile file) throws SQLException {
        RowErrors errors = RowErrors.counting();
        errors.end(new FileFailure(SnowflakeError.FILE_NOT_FOUND, Fetcher.gone(file)));
        // Without its ETag: no content has failed, and the same may be put again.
        StagedFile unread = new StagedFile(file.bucket(), file.key(), file.size(), "", file.lastModified());
        return outcome(duck, request, unread, 0, 0, errors);
    }

    private static FileOutcome skipped(FileOutcome outcome) {
        return new FileOutcome(
                outcome.file(),
                FileOutcome.Status.LOAD_FAILED,
                outcome.rowsParsed(),
                0,
                outcome.errorLimit(),
                outcome.errorsSeen(),
                outcome.failures());
    }

    private void record(Duck duck, TableInfo table, Request request, List<FileOutcome> outcomes) throws SQLException {
        history.record(duck, table, request.spec(), request.pipe(), outcomes, request.receivedOn());
    }

    private FileLoader loader(CopySpec spec) {
        if (spec.transformed().isPresent()) {
            return transforming;
        }
        return switch (spec.format().type()) {
            case PARQUET -> parquet;
            case JSON -> json;
            case CSV -> csv;
        };
    }
}
