package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.*;

/// AWS Glue inside Feedline: the Data Catalog's databases, tables and partitions, crawlers that look into S3,
/// and jobs whose runs really run.
///
/// Runs are kept on disk through every state. After a crash, a run that had begun is FAILED with
/// `Feedline stopped …` and, where the job's `MaxRetries` allows, its next attempt begins at once; one
/// that had not begun, or was waiting, starts. No run says SUCCEEDED that did not return.
public final class EmbeddedGlue implements GlueClient {
    /// Besides [GlueSettings#closingGrace]: a process that removes pods has to start first.
    private static final Duration LONGEST_REMOVAL_AT_END = Duration.ofSeconds(10);

    private final GlueStore store;
    private final Databases databases;
    private final Tables tables;
    private final TableVersions versions;
    private final TableSearch search;
    private final Partitions partitions;
    private final PartitionListing partitionListing;
    private final PartitionIndexes partitionIndexes;
    private final CrawlLoop crawls;
    private final Crawlers crawlers;
    private final Tags tags;
    private final JobDefinitions jobs;
    private final JobRuns runs;
    private final RunLoop loop;
    private final Bookmarks bookmarks;
    private final Optional<Drivers> drivers;
    private final LeftPods pods;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedGlue(
            GlueStore store, Path folder, Ground ground, GlueSettings settings, Optional<Drivers> drivers) {
        this.store = store;
        this.drivers = drivers;
        this.tags = new Tags(store, ground.account());
        this.databases = new Databases(store, tags, ground);
        this.tables = new Tables(store, tags, ground);
        this.versions = new TableVersions(store, ground);
        this.search = new TableSearch(store, ground);
        this.partitions = new Partitions(store, ground);
        this.partitionListing = new PartitionListing(store, ground);
        this.partitionIndexes = new PartitionIndexes(store, ground);
        this.crawls = new CrawlLoop(
                store,
                ground,
                settings.s3(),
                new CrawlWriter(store, tables, new PartitionWriter(partitions, partitionListing), ground.clock()));
        this.crawlers = new Crawlers(store, tags, ground, crawls);
        this.jobs = new JobDefinitions(store, tags, ground, settings);
        this.bookmarks = new Bookmarks(store);
        this.pods = new LeftPods(
                store,
                ground.clock(),
                (master, line, telling) -> drivers.orElseThrow().removePods(master, line, telling),
                LeftPods.Pauses.STANDARD);
        this.loop = new RunLoop(
                store, settings, ground, RunLogs.in(folder), new RunCommits(folder.resolve("commits")), drivers, pods);
        this.runs = new JobRuns(store, settings, ground, loop);
    }

    /// Opens Glue's state in the folder; runs start to go with [#start].
    public static EmbeddedGlue open(Path folder, Ground ground, GlueSettings settings) throws IOException {
        GlueStore store = GlueStore.open(folder, ground);
        try {
            DriverRecords records = new DriverRecords(store);
            records.endLeftOver(); // before anybody says what became of their runs
            Optional<Drivers> drivers = settings.spark().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Drivers.open(settings.spark().get(), folder.resolve("drivers"), records, ground.ids()));
            EmbeddedGlue glue = new EmbeddedGlue(store, folder, ground, settings, drivers);
            glue.loop.settleAfterRestart();
            glue.crawls.settleAfterRestart();
            return glue;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    public void start() {
        if (drivers.isPresent()) {
            pods.start();
        } else {
            pods.warnOfThoseLeft();
        }
        loop.start();
    }

    /// What a run has counted, while it is at work or when it is over.
    public Map<String, Long> metrics(String runId) {
        return loop.atWork(runId)
                .map(GlueJobRun::metrics)
                .orElseGet(() -> store.read(tx -> RunHistory.metrics(tx, runId)));
    }

    /// Lets no further run begin, asks those at work to end, and ends all driver processes; requests are
    /// still answered. What is cut goes on, or is settled, at the next start.
    public void endRuns() {
        loop.close();
        pods.awaitThoseOfRuns(LONGEST_REMOVAL_AT_END);
        pods.close();
        crawls.close();
        drivers.ifPresent(Drivers::close);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            endRuns();
            store.close();
        }
    }

    @Override
    public CreateDatabaseResponse createDatabase(CreateDatabaseRequest request) {
        databases.create(request);
        return CreateDatabaseResponse.builder().build();
    }

    @Override
    public GetDatabaseResponse getDatabase(GetDatabaseRequest request) {
        return GetDatabaseResponse.builder().database(databases.get(request)).build();
    }

    @Override
    public GetDatabasesResponse getDatabases(GetDatabasesRequest request) {
        return databases.list(request);
    }

    @Override
    public UpdateDatabaseResponse updateDatabase(UpdateDatabaseRequest request) {
        databases.update(request);
        return UpdateDatabaseResponse.builder().build();
    }

    @Override
    public DeleteDatabaseResponse deleteDatabase(DeleteDatabaseRequest request) {
        databases.delete(request);
        return DeleteDatabaseResponse.builder().build();
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest request) {
        tables.create(request);
        return CreateTableResponse.builder().build();
    }

    @Override
    public GetTableResponse getTable(GetTableRequest request) {
        return GetTableResponse.builder().table(tables.get(request)).build();
    }

    @Override
    public GetTablesResponse getTables(GetTablesRequest request) {
        return tables.list(request);
    }

    @Override
    public UpdateTableResponse updateTable(UpdateTableRequest request) {
        tables.update(request);
        return UpdateTableResponse.builder().build();
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        tables.delete(request);
        return DeleteTableResponse.builder().build();
    }

    @Override
    public GetTableVersionResponse getTableVersion(GetTableVersionRequest request) {
        return GetTableVersionResponse.builder()
                .tableVersion(versions.get(request))
                .build();
    }

    @Override
    public GetTableVersionsResponse getTableVersions(GetTableVersionsRequest request) {
        return versions.list(request);
    }

    @Override
    public BatchDeleteTableResponse batchDeleteTable(BatchDeleteTableRequest request) {
        return BatchDeleteTableResponse.builder().errors(tables.delete(request)).build();
    }

    @Override
    public SearchTablesResponse searchTables(SearchTablesRequest request) {
        return search.search(request);
    }

    @Override
    public DeleteTableVersionResponse deleteTableVersion(DeleteTableVersionRequest request) {
        versions.delete(request);
        return DeleteTableVersionResponse.builder().build();
    }

    @Override
    public BatchDeleteTableVersionResponse batchDeleteTableVersion(BatchDeleteTableVersionRequest request) {
        return BatchDeleteTableVersionResponse.builder()
                .errors(versions.delete(request))
                .build();
    }

    @Override
    public CreatePartitionResponse createPartition(CreatePartitionRequest request) {
        partitions.create(request);
        return CreatePartitionResponse.builder().build();
    }

    @Override
    public BatchCreatePartitionResponse batchCreatePartition(BatchCreatePartitionRequest request) {
        return BatchCreatePartitionResponse.builder()
                .errors(partitions.create(request))
                .build();
    }

    @Override
    public GetPartitionResponse getPartition(GetPartitionRequest request) {
        return GetPartitionResponse.builder().partition(partitions.get(request)).build();
    }

    @Override
    public BatchGetPartitionResponse batchGetPartition(BatchGetPartitionRequest request) {
        return BatchGetPartitionResponse.builder()
                .partitions(partitions.get(request))
                .build();
    }

    @Override
    public GetPartitionsResponse getPartitions(GetPartitionsRequest request) {
        return partitionListing.list(request);
    }

    @Override
    public UpdatePartitionResponse updatePartition(UpdatePartitionRequest request) {
        partitions.update(request);
        return UpdatePartitionResponse.builder().build();
    }

    @Override
    public BatchUpdatePartitionResponse batchUpdatePartition(BatchUpdatePartitionRequest request) {
        return BatchUpdatePartitionResponse.builder()
                .errors(partitions.update(request))
                .build();
    }

    @Override
    public DeletePartitionResponse deletePartition(DeletePartitionRequest request) {
        partitions.delete(request);
        return DeletePartitionResponse.builder().build();
    }

    @Override
    public BatchDeletePartitionResponse batchDeletePartition(BatchDeletePartitionRequest request) {
        return BatchDeletePartitionResponse.builder()
                .errors(partitions.delete(request))
                .build();
    }

    @Override
    public CreatePartitionIndexResponse createPartitionIndex(CreatePartitionIndexRequest request) {
        partitionIndexes.create(request);
        return CreatePartitionIndexResponse.builder().build();
    }

    @Override
    public GetPartitionIndexesResponse getPartitionIndexes(GetPartitionIndexesRequest request) {
        return partitionIndexes.list(request);
    }

    @Override
    public DeletePartitionIndexResponse deletePartitionIndex(DeletePartitionIndexRequest request) {
        partitionIndexes.delete(request);
        return DeletePartitionIndexResponse.builder().build();
    }

    @Override
    public GetTagsResponse getTags(GetTagsRequest request) {
        return GetTagsResponse.builder().tags(tags.get(request.resourceArn())).build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        tags.add(request.resourceArn(), request.tagsToAdd());
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        tags.remove(request.resourceArn(), request.tagsToRemove());
        return UntagResourceResponse.builder().build();
    }

    @Override
    public CreateCrawlerResponse createCrawler(CreateCrawlerRequest request) {
        crawlers.create(request);
        return CreateCrawlerResponse.builder().build();
    }

    @Override
    public UpdateCrawlerResponse updateCrawler(UpdateCrawlerRequest request) {
        crawlers.update(request);
        return UpdateCrawlerResponse.builder().build();
    }

    @Override
    public GetCrawlerResponse getCrawler(GetCrawlerRequest request) {
        return GetCrawlerResponse.builder()
                .crawler(crawlers.get(request.name()))
                .build();
    }

    @Override
    public GetCrawlersResponse getCrawlers(GetCrawlersRequest request) {
        return crawlers.list(request);
    }

    @Override
    public BatchGetCrawlersResponse batchGetCrawlers(BatchGetCrawlersRequest request) {
        return crawlers.list(request);
    }

    @Override
    public ListCrawlersResponse listCrawlers(ListCrawlersRequest request) {
        return crawlers.names(request);
    }

    @Override
    public GetCrawlerMetricsResponse getCrawlerMetrics(GetCrawlerMetricsRequest request) {
        return crawlers.metrics(request);
    }

    @Override
    public DeleteCrawlerResponse deleteCrawler(DeleteCrawlerRequest request) {
        crawlers.delete(request.name());
        return DeleteCrawlerResponse.builder().build();
    }

    @Override
    public StartCrawlerResponse startCrawler(StartCrawlerRequest request) {
        crawlers.start(request.name());
        return StartCrawlerResponse.builder().build();
    }

    @Override
    public StopCrawlerResponse stopCrawler(StopCrawlerRequest request) {
        crawlers.stop(request.name());
        return StopCrawlerResponse.builder().build();
    }

    @Override
    public CreateJobResponse createJob(CreateJobRequest request) {
        return CreateJobResponse.builder().name(jobs.create(request)).build();
    }

    @Override
    public GetJobResponse getJob(GetJobRequest request) {
        return GetJobResponse.builder().job(jobs.get(request.jobName())).build();
    }

    @Override
    public GetJobsResponse getJobs(GetJobsRequest request) {
        return jobs.all(request);
    }

    @Override
    public ListJobsResponse listJobs(ListJobsRequest request) {
        return jobs.names(request);
    }

    @Override
    public UpdateJobResponse updateJob(UpdateJobRequest request) {
        jobs.update(request.jobName(), request.jobUpdate());
        return UpdateJobResponse.builder().jobName(request.jobName()).build();
    }

    @Override
    public DeleteJobResponse deleteJob(DeleteJobRequest request) {
        jobs.delete(request.jobName());
        return DeleteJobResponse.builder().jobName(request.jobName()).build();
    }

    @Override
    public StartJobRunResponse startJobRun(StartJobRunRequest request) {
        return StartJobRunResponse.builder().jobRunId(runs.start(request)).build();
    }

    @Override
    public GetJobRunResponse getJobRun(GetJobRunRequest request) {
        Names.requireOnly(Set.of("JobName", "RunId", "PredecessorsIncluded"), request);
        return GetJobRunResponse.builder()
                .jobRun(runs.get(request.jobName(), request.runId()))
                .build();
    }

    @Override
    public GetJobRunsResponse getJobRuns(GetJobRunsRequest request) {
        return runs.list(request);
    }

    @Override
    public BatchStopJobRunResponse batchStopJobRun(BatchStopJobRunRequest request) {
        return runs.stop(request);
    }

    @Override
    public GetJobBookmarkResponse getJobBookmark(GetJobBookmarkRequest request) {
        return GetJobBookmarkResponse.builder()
                .jobBookmarkEntry(bookmarks.get(request))
                .build();
    }

    @Override
    public ResetJobBookmarkResponse resetJobBookmark(ResetJobBookmarkRequest request) {
        return ResetJobBookmarkResponse.builder()
                .jobBookmarkEntry(bookmarks.reset(request))
                .build();
    }
}
