package dev.feedline.testkit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.ConcurrentRunsExceededException;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetJobRunsRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunsResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;
import software.amazon.awssdk.services.glue.model.StartJobRunResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;

/// The Glue Data Catalog's tables with versions, and jobs whose runs a test takes and ends, in maps.
///
/// A job runs at most once at a time; what is started meanwhile is refused. Not safe for several threads.
public final class InMemoryGlue implements GlueClient {
    private final InstantSource clock;
    private final Map<String, Table> tables = new TreeMap<>();
    private final List<JobRun> runs = new ArrayList<>();

    public InMemoryGlue(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest request) {
        tables.put(name(request.databaseName(), request.tableInput().name()), table(request.tableInput(), 0));
        return CreateTableResponse.builder().build();
    }

    @Override
    public GetTableResponse getTable(GetTableRequest request) {
        return GetTableResponse.builder()
                .table(find(request.databaseName(), request.name()))
                .build();
    }

    @Override
    public GetTablesResponse getTables(GetTablesRequest request) {
        List<Table> found = tables.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(request.databaseName() + "."))
                .map(Map.Entry::getValue)
                .toList();
        return GetTablesResponse.builder().tableList(found).build();
    }

    @Override
    public UpdateTableResponse updateTable(UpdateTableRequest request) {
        Table before = find(request.databaseName(), request.tableInput().name());
        if (request.versionId() != null && !request.versionId().equals(before.versionId())) {
            throw ConcurrentModificationException.builder()
                    .statusCode(400)
                    .message("Update table failed due to concurrent modifications.")
                    .build();
        }
        int next = Integer.parseInt(before.versionId()) + 1;
        tables.put(name(request.databaseName(), before.name()), table(request.tableInput(), next));
        return UpdateTableResponse.builder().build();
    }

    @Override
    public StartJobRunResponse startJobRun(StartJobRunRequest request) {
        if (runs.stream().anyMatch(run -> run.jobRunState() != JobRunState.SUCCEEDED)) {
            throw ConcurrentRunsExceededException.builder()
                    .statusCode(400)
                    .message("Concurrent runs exceeded for " + request.jobName())
                    .build();
        }
        JobRun run = JobRun.builder()
                .id("jr_%064x".formatted(runs.size()))
                .jobName(request.jobName())
                .arguments(request.arguments())
                .jobRunState(JobRunState.STARTING)
                .startedOn(clock.instant())
                .build();
        runs.add(run);
        return StartJobRunResponse.builder().jobRunId(run.id()).build();
    }

    @Override
    public GetJobRunsResponse getJobRuns(GetJobRunsRequest request) {
        return GetJobRunsResponse.builder().jobRuns(runs.reversed()).build();
    }

    /// Takes the started run, if there is one, and lets it run.
    public Optional<JobRun> take() {
        return move(JobRunState.STARTING, JobRunState.RUNNING);
    }

    /// Ends the running run, if there is one, so that another can start.
    public Optional<JobRun> end() {
        return move(JobRunState.RUNNING, JobRunState.SUCCEEDED);
    }

    private Optional<JobRun> move(JobRunState from, JobRunState to) {
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).jobRunState() == from) {
                runs.set(i, runs.get(i).toBuilder().jobRunState(to).build());
                return Optional.of(runs.get(i));
            }
        }
        return Optional.empty();
    }

    private Table find(String database, String table) {
        return Optional.ofNullable(tables.get(name(database, table)))
                .orElseThrow(() -> EntityNotFoundException.builder()
                        .statusCode(400)
                        .message("Entity Not Found: table " + table)
                        .build());
    }

    private static Table table(TableInput input, int version) {
        return Table.builder()
                .name(input.name())
                .databaseName("feedline")
                .description(input.description())
                .tableType(input.tableType())
                .parameters(input.parameters())
                .storageDescriptor(input.storageDescriptor())
                .partitionKeys(input.partitionKeys())
                .versionId(Integer.toString(version))
                .build();
    }

    private static String name(String database, String table) {
        return database + "." + table;
    }

    @Override
    public String serviceName() {
        return "glue";
    }

    @Override
    public void close() {}
}
