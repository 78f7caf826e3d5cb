package dev.feedline.glue;

import dev.feedline.glue.filter.FilterException;
import dev.feedline.glue.filter.Key;
import dev.feedline.glue.filter.PartitionFilter;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Segment;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

/// The partitions of a table that a caller asks for, page by page in the order of their [PartitionKey]s.
///
/// A call looks at the keys of no more than [#MOST_LOOKED_AT] partitions, and reads those it chooses: as at AWS, a page
/// may be short, even empty, and have another behind it.
final class PartitionListing {
    // https://docs.aws.amazon.com/glue/latest/webapi/API_GetPartitions.html
    private static final int LARGEST_PAGE = 1_000;
    private static final int LONGEST_EXPRESSION_BYTES = 2_048;
    private static final int MOST_SEGMENTS = 10;

    private static final int MOST_LOOKED_AT = 100_000;
    /// One more than a page, so that a full page that is the last one is known as that.
    private static final int AT_ONCE = LARGEST_PAGE + 1;

    private final GlueStore store;
    private final Ground ground;
    private final int mostAtOnce;
    private final int mostLookedAt;

    PartitionListing(GlueStore store, Ground ground) {
        this(store, ground, AT_ONCE, MOST_LOOKED_AT);
    }

    /// @param mostAtOnce the partitions of one read
    /// @param mostLookedAt the partitions of one call
    PartitionListing(GlueStore store, Ground ground, int mostAtOnce, int mostLookedAt) {
        this.store = store;
        this.ground = ground;
        this.mostAtOnce = mostAtOnce;
        this.mostLookedAt = mostLookedAt;
    }

    GetPartitionsResponse list(GetPartitionsRequest request) {
        TableName name = TableName.of(request.catalogId(), request.databaseName(), request.tableName(), ground);
        Names.requireOnly(
                Set.of(
                        "CatalogId",
                        "DatabaseName",
                        "TableName",
                        "Expression",
                        "NextToken",
                        "Segment",
                        "MaxResults",
                        "ExcludeColumnSchema"),
                request);
        Page page = Page.of(
                "GetPartitions/" + name.database() + "/" + name.table(),
                request.nextToken(),
                request.maxResults(),
                LARGEST_PAGE);
        Predicate<String> segment = segment(request.segment());
        Predicate<String> chosen = segment.and(filter(store.read(name::existing), request.expression()));
        boolean withoutColumns = Boolean.TRUE.equals(request.excludeColumnSchema());
        Walk walk = new Walk(name, chosen, page);
        boolean all = request.segment() == null
                && (request.expression() == null || request.expression().isBlank());
        int most = all ? Math.min(page.limit(), mostAtOnce) : mostAtOnce;
        for (int looked = 0; looked < mostLookedAt && !walk.ended(); looked += most) {
            int atOnce = Math.min(most, mostLookedAt - looked);
            store.read(tx -> {
                walk.read(tx, atOnce);
                return null;
            });
        }
        return GetPartitionsResponse.builder()
                .partitions(
                        withoutColumns
                                ? walk.found.stream()
                                        .map(PartitionListing::withoutColumns)
                                        .toList()
                                : walk.found)
                .nextToken(walk.more ? page.token(walk.upTo) : null)
                .build();
    }

    /// The way of one call along the keys of a table: what it has found, the last key it looked at, and whether there
    /// may be more behind it.
    private static final class Walk {
        private final TableName table;
        private final Predicate<String> chosen;
        private final int size;
        private final List<Partition> found = new ArrayList<>();
        private String upTo;
        private boolean more = true;

        private Walk(TableName table, Predicate<String> chosen, Page page) {
            this.table = table;
            this.chosen = chosen;
            this.size = page.size();
            this.upTo = page.after();
        }

        private boolean ended() {
            return !more || found.size() == size;
        }

        private void read(Transaction tx, int atOnce) throws SQLException {
            List<String> keys = tx.query(
                    "SELECT key FROM glue_partition WHERE database = ? AND name = ? AND key > ? ORDER BY key LIMIT ?",
                    row -> row.getString(1),
                    table.database(),
                    table.table(),
                    upTo,
                    atOnce);
            for (String key : keys) {
                if (found.size() == size) {
                    return;
                }
                upTo = key;
                if (chosen.test(key)) {
                    Partitions.find(tx, table, key).ifPresent(found::add);
                }
            }
            more = keys.size() == atOnce;
        }
    }

    private static Partition withoutColumns(Partition partition) {
        StorageDescriptor storage = partition.storageDescriptor();
        if (storage == null) {
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
        CatalogLimits.requireShort("Expression", expression, LONGEST_EXPRESSION_BYTES);
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
        int total = Names.required("Segment.TotalSegments", segment.totalSegments());
        int number = Names.required("Segment.SegmentNumber", segment.segmentNumber());
        if (total < 1 || total > MOST_SEGMENTS || number < 0 || number >= total) {
            throw GlueError.INVALID_INPUT.because(
                    "Segment " + number + " of " + total + ": there are 1 to " + MOST_SEGMENTS + ", counted from 0");
        }
        return key -> Math.floorMod(key.hashCode(), total) == number;
    }
}
