package dev.feedline.glue;

import dev.feedline.glue.search.TableQuery;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;

/// The search over all tables of the catalog, page by page: in the order of their names, or sorted by one field.
///
/// A call looks at no more than [#MOST_LOOKED_AT] tables. In the order of names a page may thus be short, even empty,
/// and have another behind it; a sorted search must see them all, and is refused where there are more.
final class TableSearch {
    // https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html
    private static final int LARGEST_PAGE = 1_000;
    private static final int LONGEST_TEXT_BYTES = 1_024;
    private static final int MOST_SORT_CRITERIA = 1;

    private static final int AT_ONCE = 500;
    private static final int MOST_LOOKED_AT = 100_000;
    /// Stands between the parts of a place; no name holds it.
    private static final String BETWEEN = "\u0000";

    private final GlueStore store;
    private final Ground ground;
    private final int atOnce;
    private final int mostLookedAt;

    TableSearch(GlueStore store, Ground ground) {
        this(store, ground, AT_ONCE, MOST_LOOKED_AT);
    }

    /// @param atOnce the tables of one read
    /// @param mostLookedAt the tables of one call
    TableSearch(GlueStore store, Ground ground, int atOnce, int mostLookedAt) {
        this.store = store;
        this.ground = ground;
        this.atOnce = atOnce;
        this.mostLookedAt = mostLookedAt;
    }

    SearchTablesResponse search(SearchTablesRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        CatalogLimits.requireShort("SearchText", request.searchText(), LONGEST_TEXT_BYTES);
        CatalogLimits.requireAtMost("SortCriteria", request.sortCriteria(), MOST_SORT_CRITERIA);
        TableQuery query = query(request);
        boolean sorted = !request.sortCriteria().isEmpty();
        Page page = Page.of(
                sorted ? "SearchTables/" + query.sorting() : "SearchTables",
                request.nextToken(),
                request.maxResults(),
                LARGEST_PAGE);
        if (!Shares.includeOwn(request.resourceShareType())) {
            return SearchTablesResponse.builder().tableList(List.of()).build();
        }
        return sorted ? sorted(query, page) : inOrderOfNames(query, page);
    }

    private static TableQuery query(SearchTablesRequest request) {
        try {
            return TableQuery.of(request);
        } catch (IllegalArgumentException e) {
            throw GlueError.INVALID_INPUT.because(Objects.requireNonNullElse(e.getMessage(), "no such search"), e);
        }
    }

    private SearchTablesResponse inOrderOfNames(TableQuery query, Page page) {
        List<Table> found = new ArrayList<>();
        Optional<String> upTo = walk(page.after(), table -> {
            if (query.accepts(table)) {
                found.add(table);
            }
            return found.size() < page.limit();
        });
        String next = found.size() > page.size()
                ? page.next(found, TableSearch::place)
                : upTo.map(page::token).orElse(null);
        return SearchTablesResponse.builder()
                .tableList(page.entries(found))
                .nextToken(next)
                .build();
    }

    /// Holds of the tables that are found only the page's places; its tables are read once more. The token has the last
    /// place of its page, so that what comes and goes between two pages moves no other table.
    private SearchTablesResponse sorted(TableQuery query, Page page) {
        Comparator<TableQuery.Ranked> order = query.order();
        Optional<TableQuery.Ranked> after = page.after().isEmpty() ? Optional.empty() : Optional.of(ranked(page));
        PriorityQueue<TableQuery.Ranked> first = new PriorityQueue<>(order.reversed());
        Optional<String> upTo = walk("", table -> {
            if (query.accepts(table)) {
                TableQuery.Ranked one = query.ranked(table);
                if (after.isEmpty() || order.compare(one, after.get()) > 0) {
                    first.add(one);
                }
                if (first.size() > page.limit()) {
                    first.remove();
                }
            }
            return true;
        });
        if (upTo.isPresent()) {
            throw GlueError.INVALID_INPUT.because("SortCriteria: the catalog has more than " + mostLookedAt
                    + " tables, the most that are sorted; search without it");
        }
        List<TableQuery.Ranked> ranked = first.stream().sorted(order).toList();
        // A table that is deleted between the two looks is simply not listed.
        List<Table> tables = page.entries(ranked).stream()
                .flatMap(one -> store.read(tx -> Tables.find(tx, one.database(), one.name())).stream())
                .toList();
        return SearchTablesResponse.builder()
                .tableList(tables)
                .nextToken(page.next(ranked, one -> one.database() + BETWEEN + one.name() + BETWEEN + one.sortKey()))
                .build();
    }

    private static TableQuery.Ranked ranked(Page page) {
        String[] parts = page.after().split(BETWEEN, 3);
        if (parts.length < 3) {
            throw GlueError.INVALID_INPUT.because("NextToken is not one that was given out");
        }
        return new TableQuery.Ranked(parts[2], parts[0], parts[1]);
    }

    private interface Step {
        /// Takes a table; false when it was the last one wanted.
        boolean take(Table table);
    }

    /// The place of the last table looked at, where there are more and the most were looked at.
    private Optional<String> walk(String after, Step step) {
        String place = after;
        int looked = 0;
        while (true) {
            List<Table> tables = behind(place);
            for (Table table : tables) {
                if (looked++ == mostLookedAt) {
                    return Optional.of(place);
                }
                place = place(table);
                if (!step.take(table)) {
                    return Optional.empty();
                }
            }
            if (tables.size() < atOnce) {
                return Optional.empty();
            }
        }
    }

    private List<Table> behind(String place) {
        String[] names = place.split(BETWEEN, 2);
        return store.read(tx -> tx.query(
                "SELECT body FROM glue_table WHERE (database, name) > (?, ?) ORDER BY database, name LIMIT ?",
                row -> SdkJson.read(row.getString(1), Table.builder()),
                names[0],
                names.length < 2 ? "" : names[1],
                atOnce));
    }

    private static String place(Table table) {
        return table.databaseName() + BETWEEN + table.name();
    }
}
