package dev.feedline.glue;

import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

/// The runs as they are kept: every state a run has been in was on disk before anybody could see it.
final class RunHistory {
    private RunHistory() {}

    /// A run with its place in the order of all runs.
    record Numbered(long number, JobRun run) {}

    static void insert(Transaction tx, JobRun run) throws SQLException {
        tx.update(
                "INSERT INTO job_run (id, job, state, body) VALUES (?, ?, ?, ?)",
                run.id(),
                run.jobName(),
                run.jobRunStateAsString(),
                SdkJson.write(run));
    }

    static void update(Transaction tx, JobRun run) throws SQLException {
        tx.update(
                "UPDATE job_run SET state = ?, completed = ?, body = ? WHERE id = ?",
                run.jobRunStateAsString(),
                run.completedOn() == null ? null : run.completedOn().toEpochMilli(),
                SdkJson.write(run),
                run.id());
    }

    static Optional<JobRun> find(Transaction tx, String id) throws SQLException {
        return tx.first("SELECT body FROM job_run WHERE id = ?", row -> run(row, 1), id);
    }

    /// The run's place in the order of all runs.
    static Optional<Long> number(Transaction tx, String id) throws SQLException {
        return tx.first("SELECT number FROM job_run WHERE id = ?", row -> row.getLong(1), id);
    }

    /// The place of the last run that was started, of whichever job; 0 before the first.
    static long newest(Transaction tx) throws SQLException {
        return tx.first("SELECT coalesce(max(number), 0) FROM job_run", row -> row.getLong(1))
                .orElseThrow();
    }

    static List<Numbered> below(Transaction tx, String job, long number, int limit) throws SQLException {
        return tx.query(
                "SELECT number, body FROM job_run WHERE job = ? AND number < ? ORDER BY number DESC LIMIT ?",
                row -> new Numbered(row.getLong(1), run(row, 2)),
                job,
                number,
                limit);
    }

    /// The runs in one unfinished state, the oldest first.
    static List<JobRun> in(Transaction tx, JobRunState state) throws SQLException {
        return tx.query(
                "SELECT body FROM job_run WHERE completed IS NULL AND state = ? ORDER BY number",
                row -> run(row, 1),
                state.toString());
    }

    /// How many runs of a job are at work: started and not yet over.
    static long atWork(Transaction tx, String job) throws SQLException {
        return tx.first(
                        "SELECT count(*) FROM job_run WHERE completed IS NULL AND state <> 'WAITING' AND job = ?",
                        row -> row.getLong(1),
                        job)
                .orElse(0L);
    }

    static long atWork(Transaction tx) throws SQLException {
        return tx.first(
                        "SELECT count(*) FROM job_run WHERE completed IS NULL AND state <> 'WAITING'",
                        row -> row.getLong(1))
                .orElse(0L);
    }

    static long waiting(Transaction tx) throws SQLException {
        return tx.first(
                        "SELECT count(*) FROM job_run WHERE completed IS NULL AND state = 'WAITING'",
                        row -> row.getLong(1))
                .orElse(0L);
    }

    /// @return the runs that were forgotten
    static List<String> forgetCompletedBefore(Transaction tx, Instant time) throws SQLException {
        return tx.query(
                "DELETE FROM job_run WHERE completed < ? RETURNING id", row -> row.getString(1), time.toEpochMilli());
    }

    /// Metrics as the state's detail shows them, since a run has no other place for them.
    static String detail(Map<String, Long> metrics) {
        return metrics.entrySet().stream()
                .map(metric -> metric.getKey() + " " + metric.getValue())
                .collect(Collectors.joining(", "));
    }

    static void keepMetrics(Transaction tx, String id, Map<String, Long> metrics) throws SQLException {
        String lines = metrics.entrySet().stream()
                .map(metric -> metric.getValue() + " " + metric.getKey())
                .collect(Collectors.joining("\n"));
        tx.update("UPDATE job_run SET metrics = ? WHERE id = ?", lines, id);
    }

    static Map<String, Long> metrics(Transaction tx, String id) throws SQLException {
        Map<String, Long> metrics = new TreeMap<>();
        tx.first("SELECT metrics FROM job_run WHERE id = ?", row -> row.getString(1), id)
                .ifPresent(lines -> lines.lines().forEach(line -> {
                    int space = line.indexOf(' ');
                    metrics.put(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
                }));
        return metrics;
    }

    private static JobRun run(ResultSet row, int column) throws SQLException {
        return SdkJson.read(row.getString(column), JobRun.builder());
    }
}
