package dev.feedline.glue;

import dev.feedline.glue.filter.FilterException;
import dev.feedline.glue.filter.Key;
import dev.feedline.glue.filter.PartitionFilter;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Segment;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/// The partitions of a table that a caller asks for, page by page in the order of their values.
///
/// A call looks at no more than [#MOST_LOOKED_AT] partitions: as at AWS, a page may be short, even empty, and have
/// another behind it.
final class PartitionListing {
    // https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
    private static final int LARGEST_PAGE = 1_000;
    private static final int LONGEST_EXPRESSION = 2_048;
    private static final int MOST_SEGMENTS = 10;

    private static final int MOST_LOOKED_AT = 100_000;
    /// One more than a page, so that a full page that is the last one is known as that.
    private static final int AT_ONCE = LARGEST_PAGE + 1;

    private final GlueStore store;
    private final Ground ground;

    PartitionListing(GlueStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    private record Row(String key, String body) {}

    GetPartitionsResponse list(GetPartitionsRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        CatalogLimits.requireOnly(
                request,
                "CatalogId",
                "DatabaseName",
                "TableName",
                "Expression",
                "NextToken",
                "Segment",
                "MaxResults",
                "ExcludeColumnSchema");
        Page page = Page.of(request.nextToken(), request.maxResults(), LARGEST_PAGE);
        Predicate<String> segment = segment(request.segment());
        Predicate<String> chosen = segment.and(filter(store.read(name::existing), request.expression()));
        List<Partition> found = new ArrayList<>();
        String after = page.after();
        boolean more = true;
        boolean all = request.segment() == null
                && (request.expression() == null || request.expression().isBlank());
        int atOnce = all ? page.limit() : AT_ONCE;
        for (int looked = 0; more && found.size() < page.size() && looked < MOST_LOOKED_AT; looked += atOnce) {
            List<Row> rows = rows(name, after, atOnce);
            more = rows.size() == atOnce;
            for (Row row : rows) {
                if (found.size() == page.size()) {
                    more = true;
                    break;
                }
                after = row.key();
                if (chosen.test(row.key())) {
                    found.add(partition(row, Boolean.TRUE.equals(request.excludeColumnSchema())));
                }
            }
        }
        return GetPartitionsResponse.builder()
                .partitions(found)
                .nextToken(more ? Page.token(after) : null)
                .build();
    }

    private List<Row> rows(TableName name, String after, int atOnce) {
        return store.read(tx -> tx.query(
                "SELECT key, body FROM glue_partition WHERE database = ? AND name = ? AND key > ? ORDER BY key LIMIT ?",
                row -> new Row(row.getString(1), row.getString(2)),
                name.database(),
                name.table(),
                after,
                atOnce));
    }

    private static Partition partition(Row row, boolean withoutColumns) {
        Partition partition = SdkJson.read(row.body(), Partition.builder());
        StorageDescriptor storage = partition.storageDescriptor();
        if (!withoutColumns || storage == null) {
            return partition;
        }
        StorageDescriptor bare =
                storage.toBuilder().columns((List<Column>) null).build();
        return partition.toBuilder().storageDescriptor(bare).build();
    }

    private static Predicate<String> filter(Table table, @Nullable String expression) {
        if (expression == null || expression.isBlank()) {
            return key -> true;
        }
        CatalogLimits.requireShort("Expression", expression, LONGEST_EXPRESSION);
        List<Key> keys = table.partitionKeys().stream()
                .map(column -> new Key(column.name(), column.type() == null ? "string" : column.type()))
                .toList();
        try {
            PartitionFilter filter = PartitionFilter.parse(expression, keys);
            return key -> filter.accepts(PartitionKey.values(key));
        } catch (FilterException e) {
            throw GlueError.INVALID_INPUT.because("Expression " + expression + ": " + e.getMessage(), e);
        }
    }

    /// "TotalSegments: between 1 and 10"; callers read the segments side by side.
    private static Predicate<String> segment(@Nullable Segment segment) {
        if (segment == null) {
            return key -> true;
        }
        int total = segment.totalSegments();
        int number = segment.segmentNumber();
        if (total < 1 || total > MOST_SEGMENTS || number < 0 || number >= total) {
            throw GlueError.INVALID_INPUT.because(
                    "Segment " + number + " of " + total + ": there are 1 to " + MOST_SEGMENTS + ", counted from 0");
        }
        return key -> Math.floorMod(key.hashCode(), total) == number;
    }
}
