package dev.feedline.glue;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.BatchGetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.BatchGetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerMetrics;
import software.amazon.awssdk.services.glue.model.CrawlerState;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerMetricsRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlerMetricsResponse;
import software.amazon.awssdk.services.glue.model.GetCrawlersRequest;
import software.amazon.awssdk.services.glue.model.GetCrawlersResponse;
import software.amazon.awssdk.services.glue.model.ListCrawlersRequest;
import software.amazon.awssdk.services.glue.model.ListCrawlersResponse;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerRequest;

/// The crawlers: where to look, and into which database. [CrawlLoop] is what makes them go.
final class Crawlers {
    private static final int LARGEST_PAGE = 1_000;
    /// https://docs.aws.amazon.com/general/latest/gr/glue.html: crawlers per account.
    private static final long MOST = 1_000;

    private static final int MOST_GOT = 100;

    private final GlueStore store;
    private final Tags tags;
    private final Ground ground;
    private final CrawlLoop loop;

    Crawlers(GlueStore store, Tags tags, Ground ground, CrawlLoop loop) {
        this.store = store;
        this.tags = tags;
        this.ground = ground;
        this.loop = loop;
    }

    void create(CreateCrawlerRequest request) {
        CrawlerDefinition.checkMembers(request);
        String name = Names.checked("Name", request.name());
        Instant now = ground.clock().instant();
        Crawler crawler = CrawlerDefinition.checked(SdkJson.read(SdkJson.write(request), Crawler.builder())).toBuilder()
                .name(name)
                .state(CrawlerState.READY)
                .creationTime(now)
                .lastUpdated(now)
                .version(1L)
                .build();
        store.write(tx -> {
            if (CrawlerRecords.find(tx, name).isPresent()) {
                throw GlueError.ALREADY_EXISTS.because("Crawler with name " + name + " already exists");
            }
            if (tx.first("SELECT count(*) FROM crawler", row -> row.getLong(1)).orElse(0L) >= MOST) {
                throw GlueError.RESOURCE_NUMBER_LIMIT_EXCEEDED.because("There are at most " + MOST + " crawlers");
            }
            CrawlerRecords.insert(tx, crawler);
            tags.add(tx, "crawler/" + name, request.tags());
            return null;
        });
    }

    /// Changes what the request says; the rest stays.
    void update(UpdateCrawlerRequest request) {
        CrawlerDefinition.checkMembers(request);
        Crawler said = SdkJson.read(SdkJson.write(request), Crawler.builder());
        store.write(tx -> {
            Crawler old = idle(tx, request.name());
            Crawler both = CrawlerDefinition.checked(old.toBuilder()
                    .role(said.role() == null ? old.role() : said.role())
                    .databaseName(said.databaseName() == null ? old.databaseName() : said.databaseName())
                    .description(said.description() == null ? old.description() : said.description())
                    .targets(said.targets() == null ? old.targets() : said.targets())
                    .tablePrefix(said.tablePrefix() == null ? old.tablePrefix() : said.tablePrefix())
                    .schemaChangePolicy(
                            said.schemaChangePolicy() == null ? old.schemaChangePolicy() : said.schemaChangePolicy())
                    .recrawlPolicy(said.recrawlPolicy())
                    .lineageConfiguration(said.lineageConfiguration())
                    .lakeFormationConfiguration(
                            said.lakeFormationConfiguration() == null
                                    ? old.lakeFormationConfiguration()
                                    : said.lakeFormationConfiguration())
                    .configuration(said.configuration() == null ? old.configuration() : said.configuration())
                    .build());
            CrawlerRecords.update(
                    tx,
                    both.toBuilder()
                            .lastUpdated(ground.clock().instant())
                            .version(old.version() + 1)
                            .build());
            return null;
        });
    }

    void delete(@Nullable String name) {
        store.write(tx -> {
            idle(tx, name);
            tags.forget(tx, "crawler/" + name);
            return tx.update("DELETE FROM crawler WHERE name = ?", name);
        });
    }

    Crawler get(@Nullable String given) {
        String name = Names.checked("Name", given);
        return store.read(tx -> told(CrawlerRecords.existing(tx, name)));
    }

    GetCrawlersResponse list(GetCrawlersRequest request) {
        Page page = Page.of("GetCrawlers", request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<Crawler> found = store.read(tx -> CrawlerRecords.after(tx, page.after(), page.limit()).stream()
                .map(this::told)
                .toList());
        return GetCrawlersResponse.builder()
                .crawlers(page.entries(found))
                .nextToken(page.next(found, Crawler::name))
                .build();
    }

    BatchGetCrawlersResponse list(BatchGetCrawlersRequest request) {
        CatalogLimits.requireAtMost("CrawlerNames", request.crawlerNames(), MOST_GOT);
        List<Crawler> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        store.read(tx -> {
            for (String name : request.crawlerNames()) {
                CrawlerRecords.find(tx, name).ifPresentOrElse(kept -> found.add(told(kept)), () -> missing.add(name));
            }
            return null;
        });
        return BatchGetCrawlersResponse.builder()
                .crawlers(found)
                .crawlersNotFound(missing)
                .build();
    }

    ListCrawlersResponse names(ListCrawlersRequest request) {
        Page page = Page.of("ListCrawlers", request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<String> found = store.read(tx -> {
            List<String> names = tx.query(
                    "SELECT name FROM crawler WHERE name > ? ORDER BY name", row -> row.getString(1), page.after());
            List<String> tagged = new ArrayList<>();
            for (String name : names) {
                Map<String, String> of = request.tags().isEmpty() ? Map.of() : tags.of(tx, "crawler/" + name);
                if (tagged.size() < page.limit()
                        && of.entrySet().containsAll(request.tags().entrySet())) {
                    tagged.add(name);
                }
            }
            return tagged;
        });
        return ListCrawlersResponse.builder()
                .crawlerNames(page.entries(found))
                .nextToken(page.next(found, name -> name))
                .build();
    }

    /// Of the crawlers that are named, or of all.
    GetCrawlerMetricsResponse metrics(GetCrawlerMetricsRequest request) {
        CatalogLimits.requireAtMost("CrawlerNameList", request.crawlerNameList(), MOST_GOT);
        Page page = Page.of("GetCrawlerMetrics", request.nextToken(), request.maxResults(), LARGEST_PAGE);
        List<CrawlerRecords.Kept> found = store.read(tx -> {
            if (request.crawlerNameList().isEmpty()) {
                return CrawlerRecords.after(tx, page.after(), page.limit());
            }
            List<CrawlerRecords.Kept> named = new ArrayList<>();
            for (String name :
                    request.crawlerNameList().stream().sorted().distinct().toList()) {
                if (name.compareTo(page.after()) > 0 && named.size() < page.limit()) {
                    named.add(CrawlerRecords.existing(tx, name));
                }
            }
            return named;
        });
        return GetCrawlerMetricsResponse.builder()
                .crawlerMetricsList(
                        page.entries(found).stream().map(Crawlers::metrics).toList())
                .nextToken(page.next(found, kept -> kept.crawler().name()))
                .build();
    }

    /// The crawl is on disk, RUNNING, when this returns.
    void start(@Nullable String name) {
        loop.requireRoom();
        Crawler crawler = store.write(tx -> {
            Crawler idle = idle(tx, name);
            CrawlerRecords.begin(tx, idle, ground.clock().instant());
            return idle;
        });
        loop.begin(crawler.name());
    }

    void stop(@Nullable String name) {
        store.write(tx -> {
            Crawler crawler =
                    CrawlerRecords.existing(tx, Names.checked("Name", name)).crawler();
            switch (crawler.state()) {
                case RUNNING -> {
                    Crawler stopping =
                            crawler.toBuilder().state(CrawlerState.STOPPING).build();
                    CrawlerRecords.update(tx, stopping);
                }
                case STOPPING ->
                    throw GlueError.CRAWLER_STOPPING.because("Crawler with name " + name + " is already stopping");
                case READY, UNKNOWN_TO_SDK_VERSION ->
                    throw GlueError.CRAWLER_NOT_RUNNING.because("Crawler with name " + name + " isn't running");
            }
            return null;
        });
        loop.stop(Names.checked("Name", name));
    }

    private static Crawler idle(Transaction tx, @Nullable String given) throws SQLException {
        String name = Names.checked("Name", given);
        Crawler crawler = CrawlerRecords.existing(tx, name).crawler();
        switch (crawler.state()) {
            case RUNNING ->
                throw GlueError.CRAWLER_RUNNING.because("Crawler with name " + name + " has already started");
            case STOPPING -> throw GlueError.CRAWLER_STOPPING.because("Crawler with name " + name + " is stopping");
            case READY, UNKNOWN_TO_SDK_VERSION -> {
                return crawler;
            }
        }
        return crawler;
    }

    private Crawler told(CrawlerRecords.Kept kept) {
        if (kept.started() == 0) {
            return kept.crawler();
        }
        long elapsed = Math.max(0, ground.clock().instant().toEpochMilli() - kept.started());
        return kept.crawler().toBuilder().crawlElapsedTime(elapsed).build();
    }

    private static CrawlerMetrics metrics(CrawlerRecords.Kept kept) {
        return CrawlerMetrics.builder()
                .crawlerName(kept.crawler().name())
                .timeLeftSeconds(0.0)
                .stillEstimating(kept.started() != 0)
                .lastRuntimeSeconds(kept.counts().lastSeconds())
                .medianRuntimeSeconds(kept.counts().medianSeconds())
                .tablesCreated((int) kept.counts().created())
                .tablesUpdated((int) kept.counts().updated())
                .tablesDeleted((int) kept.counts().deleted())
                .build();
    }
}
