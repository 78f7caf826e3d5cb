package dev.feedline.glue;

import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.GetJobBookmarkRequest;
import software.amazon.awssdk.services.glue.model.JobBookmarkEntry;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.ResetJobBookmarkRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How far each job has read its sources: one state for each transformation context, as the job's runs
/// have committed it.
///
/// Every commit is a version, so that a run may begin at an older one, and the bookmark be set back. The
/// last [#MOST_VERSIONS] of a job are kept.
final class Bookmarks {
    static final int MOST_VERSIONS = 100;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SELECT = "SELECT version, run_number, run, attempt, previous_run, state FROM bookmark";

    private final GlueStore store;

    Bookmarks(GlueStore store) {
        this.store = store;
    }

    /// What a run is told of its job's bookmarks.
    ///
    /// @param state of each context, JSON objects that only the driver understands: what lies before is
    ///     skipped
    /// @param until the same, and what lies after is skipped, too
    record Handed(BookmarkUse.Option option, Map<String, String> state, Optional<Map<String, String>> until) {
        static final Handed NONE = new Handed(BookmarkUse.Option.DISABLE, Map.of(), Optional.empty());
    }

    /// One version, with the run that committed it.
    private record Version(
            long version,
            long runNumber,
            @Nullable String runId,
            int attempt,
            @Nullable String previous,
            String state) {}

    static Handed handed(Transaction tx, String job, BookmarkUse use) throws SQLException {
        return switch (use.option()) {
            case DISABLE -> Handed.NONE;
            case ENABLE -> new Handed(use.option(), latest(tx, job), Optional.empty());
            case PAUSE ->
                new Handed(
                        use.option(),
                        use.from().isPresent() ? asOf(tx, job, use.from().get()) : latest(tx, job),
                        use.to().isPresent()
                                ? Optional.of(asOf(tx, job, use.to().get()))
                                : Optional.empty());
        };
    }

    /// Keeps what a run has committed, in the transaction that ends it.
    ///
    /// @param committed the contexts that changed
    static void commit(Transaction tx, JobRun run, Map<String, String> committed) throws SQLException {
        if (committed.isEmpty() || JobDefinitions.find(tx, run.jobName()).isEmpty()) {
            return;
        }
        Optional<Version> before = newest(tx, run.jobName());
        Map<String, String> state = before.isPresent() ? contexts(before.get().state()) : new TreeMap<>();
        state.putAll(committed);
        long version = before.map(Version::version).orElse(0L) + 1;
        String previous = before.isPresent() ? before.get().runId() : null;
        long number = RunHistory.number(tx, run.id()).orElse(0L);
        insert(tx, run.jobName(), new Version(version, number, run.id(), run.attempt(), previous, text(state)));
        tx.update("DELETE FROM bookmark WHERE job = ? AND version <= ?", run.jobName(), version - MOST_VERSIONS);
    }

    private static void insert(Transaction tx, String job, Version version) throws SQLException {
        tx.update(
                "INSERT INTO bookmark (job, version, run_number, run, attempt, previous_run, state)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                job,
                version.version(),
                version.runNumber(),
                version.runId(),
                version.attempt(),
                version.previous(),
                version.state());
    }

    static void forget(Transaction tx, String job) throws SQLException {
        tx.update("DELETE FROM bookmark WHERE job = ?", job);
    }

    JobBookmarkEntry get(GetJobBookmarkRequest request) {
        return store.read(tx -> {
            JobDefinitions.existing(tx, request.jobName());
            Optional<Version> found = request.runId() == null
                    ? newest(tx, request.jobName())
                    : upTo(tx, request.jobName(), request.runId());
            return found.map(version -> entry(request.jobName(), version))
                    .orElseThrow(() -> none(request.jobName(), request.runId()));
        });
    }

    /// Forgets everything, or what was committed after a run.
    JobBookmarkEntry reset(ResetJobBookmarkRequest request) {
        String job = request.jobName();
        return store.write(tx -> {
            JobDefinitions.existing(tx, job);
            if (request.runId() == null) {
                long version = newest(tx, job).map(Version::version).orElse(0L) + 1;
                forget(tx, job);
                // No run until now has a state any more; those that come have this one.
                insert(tx, job, new Version(version, RunHistory.newest(tx) + 1, null, 0, null, "{}"));
                return entry(job, newest(tx, job).orElseThrow());
            }
            Version to = upTo(tx, job, request.runId()).orElseThrow(() -> none(job, request.runId()));
            tx.update("DELETE FROM bookmark WHERE job = ? AND version > ?", job, to.version());
            return entry(job, to);
        });
    }

    private static JobBookmarkEntry entry(String job, Version version) {
        return JobBookmarkEntry.builder()
                .jobName(job)
                .version(Math.toIntExact(version.version()))
                .run(Math.toIntExact(version.version()))
                .attempt(version.attempt())
                .previousRunId(version.previous())
                .runId(version.runId())
                .jobBookmark(version.state())
                .build();
    }

    private static RuntimeException none(String job, @Nullable String run) {
        return GlueError.ENTITY_NOT_FOUND.because(
                run == null
                        ? "No bookmark of job " + job + ": none of its runs has committed one"
                        : "No bookmark of job " + job + " as of run " + run
                                + ": no run until then had committed one, or it"
                                + " was reset since, or it is older than the last " + MOST_VERSIONS + " states");
    }

    private static Map<String, String> latest(Transaction tx, String job) throws SQLException {
        Optional<Version> newest = newest(tx, job);
        return newest.isPresent() ? contexts(newest.get().state()) : Map.of();
    }

    /// The state that a run left; refused where it is not known (any more), as everything would be read again.
    private static Map<String, String> asOf(Transaction tx, String job, String run) throws SQLException {
        return contexts(upTo(tx, job, run).orElseThrow(() -> none(job, run)).state());
    }

    /// What a run committed, or, where it committed nothing, the newest state of those that were started before it.
    private static Optional<Version> upTo(Transaction tx, String job, String run) throws SQLException {
        JobRun found = RunHistory.find(tx, run)
                .filter(one -> one.jobName().equals(job))
                .orElseThrow(
                        () -> GlueError.ENTITY_NOT_FOUND.because("JobRun " + run + " of job " + job + " not found."));
        long number = RunHistory.number(tx, found.id()).orElse(0L);
        return tx.first(
                SELECT + " WHERE job = ? AND run_number <= ? ORDER BY version DESC LIMIT 1",
                Bookmarks::version,
                job,
                number);
    }

    private static Optional<Version> newest(Transaction tx, String job) throws SQLException {
        return tx.first(SELECT + " WHERE job = ? ORDER BY version DESC LIMIT 1", Bookmarks::version, job);
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getLong(1), row.getLong(2), row.getString(3), row.getInt(4), row.getString(5), row.getString(6));
    }

    private static Map<String, String> contexts(String state) {
        Map<String, String> contexts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> one : JSON.readTree(state).properties()) {
            contexts.put(one.getKey(), one.getValue().toString());
        }
        return contexts;
    }

    static String text(Map<String, String> contexts) {
        ObjectNode all = JSON.createObjectNode();
        contexts.forEach((context, state) -> all.set(context, JSON.readTree(state)));
        return all.toString();
    }
}
