package dev.feedline.glue;

import dev.feedline.glue.crawl.Glob;
import dev.feedline.glue.crawl.IncludePath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerLineageSettings;
import software.amazon.awssdk.services.glue.model.CrawlerTargets;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.SchemaChangePolicy;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a crawler may say, and what Feedline does by it.
///
/// https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-crawling.html
///
/// @param whateverColumns `CombineCompatibleSchemas`: files of one format make one table
/// @param newColumnsOnly `MergeNewColumns`: a table's columns stay, and new ones come behind them
/// @param inheriting `InheritFromTable`: partitions have their table's columns
record CrawlerDefinition(List<IncludePath> paths, boolean whateverColumns, boolean newColumnsOnly, boolean inheriting) {
    private static final int MOST_TARGETS = 100;
    private static final int MOST_EXCLUSIONS = 100;
    private static final int LARGEST_SAMPLE = 249;
    private static final int LONGEST_TABLE_PREFIX = 128;

    private static final Set<String> MEMBERS = Set.of(
            "Name",
            "Role",
            "DatabaseName",
            "Description",
            "Targets.S3Targets.Path",
            "Targets.S3Targets.Exclusions",
            "Targets.S3Targets.SampleSize",
            "TablePrefix",
            "SchemaChangePolicy",
            "RecrawlPolicy",
            "LineageConfiguration",
            "LakeFormationConfiguration",
            "Configuration",
            "Tags");

    private static final Map<String, String> WHY_NOT = Map.of(
            "Schedule",
            "start crawls by StartCrawler",
            "Classifiers",
            "it has those for JSON, CSV and Parquet built in and no others",
            "CrawlerSecurityConfiguration",
            "there is no KMS, and nothing is encrypted",
            "Targets",
            "it crawls prefixes of S3, without connections and events");

    private static final JsonMapper JSON = JsonMapper.shared();

    static void checkMembers(SdkPojo request) {
        Names.requireOnly(MEMBERS, request, WHY_NOT);
    }

    /// The crawler with Glue's defaults, when all it says can be done.
    static Crawler checked(Crawler given) {
        Names.requireRole(given.role());
        CatalogLimits.checkDescription(given.description());
        if (given.tablePrefix() != null && given.tablePrefix().length() > LONGEST_TABLE_PREFIX) {
            throw GlueError.INVALID_INPUT.because(
                    "TablePrefix must have at most " + LONGEST_TABLE_PREFIX + " characters");
        }
        SchemaChangePolicy policy = policy(given.schemaChangePolicy());
        Crawler crawler = given.toBuilder()
                .databaseName(Names.catalogName("DatabaseName", given.databaseName()))
                .schemaChangePolicy(policy)
                .recrawlPolicy(recrawl -> recrawl.recrawlBehavior(RecrawlBehavior.CRAWL_EVERYTHING))
                .lineageConfiguration(lineage -> lineage.crawlerLineageSettings(CrawlerLineageSettings.DISABLE))
                .build();
        checkRest(given);
        of(crawler);
        return crawler;
    }

    /// What a checked crawler is to do.
    static CrawlerDefinition of(Crawler crawler) {
        CrawlerTargets targets = crawler.targets();
        List<S3Target> s3 = targets == null ? List.of() : targets.s3Targets();
        if (s3.isEmpty()) {
            throw GlueError.INVALID_INPUT.because("Targets must name at least one of S3Targets");
        }
        CatalogLimits.requireAtMost("S3Targets", s3, MOST_TARGETS);
        Configuration configuration = Configuration.parse(crawler.configuration());
        return new CrawlerDefinition(
                s3.stream().map(CrawlerDefinition::path).toList(),
                configuration.whateverColumns,
                configuration.newColumnsOnly,
                configuration.inheriting);
    }

    private static void checkRest(Crawler given) {
        if (given.recrawlPolicy() != null
                && given.recrawlPolicy().recrawlBehavior() != null
                && given.recrawlPolicy().recrawlBehavior() != RecrawlBehavior.CRAWL_EVERYTHING) {
            throw GlueError.INVALID_INPUT.because(
                    "RecrawlBehavior " + given.recrawlPolicy().recrawlBehaviorAsString()
                            + " is not supported by Feedline: it crawls everything (CRAWL_EVERYTHING)");
        }
        if (given.lineageConfiguration() != null
                && given.lineageConfiguration().crawlerLineageSettings() != null
                && given.lineageConfiguration().crawlerLineageSettings() != CrawlerLineageSettings.DISABLE) {
            throw GlueError.INVALID_INPUT.because("LineageConfiguration "
                    + given.lineageConfiguration().crawlerLineageSettingsAsString()
                    + " is not supported by Feedline: it keeps no lineage");
        }
        if (given.lakeFormationConfiguration() != null
                && (Boolean.TRUE.equals(given.lakeFormationConfiguration().useLakeFormationCredentials())
                        || !isEmpty(given.lakeFormationConfiguration().accountId()))) {
            throw GlueError.INVALID_INPUT.because(
                    "LakeFormationConfiguration is not supported by Feedline: there is no Lake Formation");
        }
    }

    private static SchemaChangePolicy policy(@Nullable SchemaChangePolicy given) {
        String update = given == null || given.updateBehaviorAsString() == null
                ? "UPDATE_IN_DATABASE"
                : given.updateBehaviorAsString();
        String delete = given == null || given.deleteBehaviorAsString() == null
                ? "DEPRECATE_IN_DATABASE"
                : given.deleteBehaviorAsString();
        if (UpdateBehavior.fromValue(update) == UpdateBehavior.UNKNOWN_TO_SDK_VERSION) {
            throw GlueError.INVALID_INPUT.because("UpdateBehavior must be LOG or UPDATE_IN_DATABASE, not " + update);
        }
        if (!Set.of("LOG", "DELETE_FROM_DATABASE", "DEPRECATE_IN_DATABASE").contains(delete)) {
            throw GlueError.INVALID_INPUT.because(
                    "DeleteBehavior must be LOG, DELETE_FROM_DATABASE or DEPRECATE_IN_DATABASE, not " + delete);
        }
        return SchemaChangePolicy.builder()
                .updateBehavior(update)
                .deleteBehavior(delete)
                .build();
    }

    private static IncludePath path(S3Target target) {
        String text = Names.required("S3Targets.Path", target.path());
        String rest = text.toLowerCase(Locale.ROOT).startsWith("s3://") ? text.substring("s3://".length()) : "";
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1).replaceFirst("/$", "");
        if (bucket.isEmpty()) {
            throw GlueError.INVALID_INPUT.because("S3Targets.Path must be s3://bucket/folder, not " + text);
        }
        CatalogLimits.requireAtMost("Exclusions", target.exclusions(), MOST_EXCLUSIONS);
        Integer sample = target.sampleSize();
        if (sample != null && (sample < 1 || sample > LARGEST_SAMPLE)) {
            throw GlueError.INVALID_INPUT.because("SampleSize must be 1 to " + LARGEST_SAMPLE + ", not " + sample);
        }
        return new IncludePath(
                bucket,
                prefix,
                target.exclusions().stream().map(CrawlerDefinition::glob).toList(),
                Optional.ofNullable(sample));
    }

    private static Glob glob(String text) {
        try {
            return Glob.parse(text);
        } catch (IllegalArgumentException e) {
            throw GlueError.INVALID_INPUT.because("Exclusions: " + text + " is no pattern: " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /// The crawler's `Configuration`: https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html
    private record Configuration(boolean whateverColumns, boolean newColumnsOnly, boolean inheriting) {
        /// What may be said, and the one value that each may have; the rest is refused by its path.
        private static final Map<String, String> KNOWN = Map.of(
                "CrawlerOutput.Partitions.AddOrUpdateBehavior", "InheritFromTable",
                "CrawlerOutput.Tables.AddOrUpdateBehavior", "MergeNewColumns",
                "Grouping.TableGroupingPolicy", "CombineCompatibleSchemas");

        static Configuration parse(@Nullable String text) {
            if (isEmpty(text)) {
                return new Configuration(false, false, false);
            }
            JsonNode root;
            try {
                root = JSON.readTree(text);
            } catch (JacksonException e) {
                throw GlueError.INVALID_INPUT.because("Configuration is not JSON: " + e.getOriginalMessage(), e);
            }
            if (!root.isObject()) {
                throw GlueError.INVALID_INPUT.because("Configuration must be a JSON object");
            }
            check(root, "");
            return new Configuration(
                    root.at("/Grouping/TableGroupingPolicy").isString(),
                    root.at("/CrawlerOutput/Tables/AddOrUpdateBehavior").isString(),
                    root.at("/CrawlerOutput/Partitions/AddOrUpdateBehavior").isString());
        }

        private static void check(JsonNode node, String path) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                String at = path + member.getKey();
                JsonNode value = member.getValue();
                if (value.isObject()) {
                    check(value, at + ".");
                } else if (at.equals("Version")) {
                    if (!value.isNumber() || value.asDouble() != 1.0) {
                        throw GlueError.INVALID_INPUT.because("Configuration.Version must be 1.0, not " + value);
                    }
                } else if (!value.isString() || !value.asString().equals(KNOWN.get(at))) {
                    throw GlueError.INVALID_INPUT.because(
                            "Configuration." + at + " " + value + " is not supported by Feedline"
                                    + (KNOWN.containsKey(at) ? "; it takes " + KNOWN.get(at) : ""));
                }
            }
        }
    }
}
