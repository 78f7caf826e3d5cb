package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CreateJobRequest;
import software.amazon.awssdk.services.glue.model.GetJobsRequest;
import software.amazon.awssdk.services.glue.model.GetJobsResponse;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.glue.model.JobMode;
import software.amazon.awssdk.services.glue.model.JobUpdate;
import software.amazon.awssdk.services.glue.model.ListJobsRequest;
import software.amazon.awssdk.services.glue.model.ListJobsResponse;

/// The jobs: what to run, with which arguments, how often at once.
final class JobDefinitions {
    /// https://docs.aws.amazon.com/glue/latest/webapi/API_GetJobs.html
    private static final int LARGEST_PAGE = 1000;

    /// https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html: seven days.
    static final int LONGEST_TIMEOUT_MINUTES = 10_080;

    private static final int MOST_RETRIES = 10;

    private final GlueStore store;
    private final Tags tags;
    private final Ground ground;
    private final GlueSettings settings;

    JobDefinitions(GlueStore store, Tags tags, Ground ground, GlueSettings settings) {
        this.store = store;
        this.tags = tags;
        this.ground = ground;
        this.settings = settings;
    }

    String create(CreateJobRequest request) {
        JobMembers.check(request);
        String name = Names.checked("Name", request.name());
        Job job = checked(
                SdkJson.read(SdkJson.write(request), Job.builder()),
                name,
                ground.clock().instant());
        store.write(tx -> {
            if (find(tx, name).isPresent()) {
                throw GlueError.ALREADY_EXISTS.because("Job with name " + name + " already exists.");
            }
            tx.update("INSERT INTO job (name, body) VALUES (?, ?)", name, SdkJson.write(job));
            tags.add(tx, "job/" + name, request.tags());
            return null;
        });
        return name;
    }

    Job get(String name) {
        return store.read(tx -> existing(tx, name));
    }

    GetJobsResponse all(GetJobsRequest request) {
        Page page = Page.of("GetJobs", request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<Job> found = store.read(tx -> after(tx, page.after(), page.limit()));
        return GetJobsResponse.builder()
                .jobs(page.entries(found))
                .nextToken(page.next(found, Job::name))
                .build();
    }

    ListJobsResponse names(ListJobsRequest request) {
        Page page = Page.of("ListJobs", request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<String> found = store.read(tx -> {
            List<String> names = tx.query(
                    "SELECT name FROM job WHERE name > ? ORDER BY name", row -> row.getString(1), page.after());
            return tagged(tx, names, request.tags()).stream()
                    .limit(page.limit())
                    .toList();
        });
        return ListJobsResponse.builder()
                .jobNames(page.entries(found))
                .nextToken(page.next(found, name -> name))
                .build();
    }

    /// Replaces the definition: "unspecified configuration is removed or reset to default values".
    void update(String name, @Nullable JobUpdate given) {
        JobUpdate update = Names.required("JobUpdate", given);
        JobMembers.check(update);
        Job described = SdkJson.read(SdkJson.write(update), Job.builder());
        store.write(tx -> {
            Job job = checked(described, name, existing(tx, name).createdOn());
            return tx.update("UPDATE job SET body = ? WHERE name = ?", SdkJson.write(job), name);
        });
    }

    /// Deletes the job with its bookmark and its finished and waiting runs; one at work goes on. As at AWS, no error
    /// when there is none.
    void delete(String name) {
        store.write(tx -> {
            tags.forget(tx, "job/" + name);
            Bookmarks.forget(tx, name);
            tx.update("DELETE FROM job_run WHERE job = ? AND (completed IS NOT NULL OR state = 'WAITING')", name);
            return tx.update("DELETE FROM job WHERE name = ?", name);
        });
    }

    static Job existing(Transaction tx, String name) throws SQLException {
        return find(tx, name)
                .orElseThrow(() -> GlueError.ENTITY_NOT_FOUND.because("Job with name: " + name + " not found."));
    }

    static Optional<Job> find(Transaction tx, String name) throws SQLException {
        return tx.first(
                "SELECT body FROM job WHERE name = ?", row -> SdkJson.read(row.getString(1), Job.builder()), name);
    }

    static void checkTimeout(int minutes) {
        if (minutes < 1 || minutes > LONGEST_TIMEOUT_MINUTES) {
            throw GlueError.INVALID_INPUT.because(
                    "Timeout must be 1 to " + LONGEST_TIMEOUT_MINUTES + " minutes, not " + minutes);
        }
    }

    private static List<Job> after(Transaction tx, String name, int limit) throws SQLException {
        return tx.query(
                "SELECT body FROM job WHERE name > ? ORDER BY name LIMIT ?",
                row -> SdkJson.read(row.getString(1), Job.builder()),
                name,
                limit);
    }

    private List<String> tagged(Transaction tx, List<String> names, Map<String, String> wanted) throws SQLException {
        List<String> matching = new java.util.ArrayList<>();
        for (String name : names) {
            if (tags.of(tx, "job/" + name).entrySet().containsAll(wanted.entrySet())) {
                matching.add(name);
            }
        }
        return matching;
    }

    private Job checked(Job given, String name, Instant created) {
        Script script = Script.of(given.command(), settings);
        JobArguments.check(script, given.defaultArguments());
        JobArguments.check(script, given.nonOverridableArguments());
        GlueVersion.check(script, given.glueVersion());
        Names.requireRole(given.role());
        CatalogLimits.checkDescription(given.description());
        if (given.jobMode() != null && given.jobMode() != JobMode.SCRIPT) {
            throw GlueError.INVALID_INPUT.because(
                    "JobMode " + given.jobModeAsString() + " is not supported by Feedline");
        }
        Job job = withDefaults(given).toBuilder()
                .name(name)
                .createdOn(created)
                .lastModifiedOn(ground.clock().instant())
                .build();
        checkTimeout(job.timeout());
        if (job.maxRetries() < 0 || job.maxRetries() > MOST_RETRIES) {
            throw GlueError.INVALID_INPUT.because(
                    "MaxRetries must be 0 to " + MOST_RETRIES + ", not " + job.maxRetries());
        }
        return job;
    }

    private static Job withDefaults(Job given) {
        String version = given.glueVersion() == null ? GlueVersion.OURS : given.glueVersion();
        Integer concurrent = given.executionProperty() == null
                ? Integer.valueOf(1)
                : given.executionProperty().maxConcurrentRuns();
        if (concurrent != null && concurrent < 1) {
            throw GlueError.INVALID_INPUT.because("MaxConcurrentRuns must be at least 1, not " + concurrent);
        }
        JobMembers.checkClass(given.executionClassAsString(), version);
        double dpu = Capacity.of(given, version).dpu();
        return given.toBuilder()
                .glueVersion(version)
                .maxCapacity(dpu)
                .allocatedCapacity((int) dpu)
                .jobMode(JobMode.SCRIPT)
                .jobRunQueuingEnabled(Boolean.TRUE.equals(given.jobRunQueuingEnabled()))
                .executionProperty(
                        property -> property.maxConcurrentRuns(concurrent == null ? Integer.valueOf(1) : concurrent))
                .maxRetries(given.maxRetries() == null ? 0 : given.maxRetries())
                .timeout(given.timeout() == null ? defaultTimeoutMinutes(version) : given.timeout())
                .build();
    }

    /// 2,880 minutes up to Glue 4.0, 480 from 5.0 on.
    private static int defaultTimeoutMinutes(String glueVersion) {
        return glueVersion.matches("[0-4]\\..*") ? 2_880 : 480;
    }
}
