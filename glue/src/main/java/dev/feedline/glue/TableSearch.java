package dev.feedline.glue;

import dev.feedline.glue.search.TableQuery;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.SdkJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;

/// The search over all tables of the catalog, page by page: in the order of their names, or sorted by one field.
final class TableSearch {
    // https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html
    private static final int LARGEST_PAGE = 1_000;
    private static final int LONGEST_TEXT = 1_024;
    private static final int MOST_SORT_CRITERIA = 1;

    private static final int AT_ONCE = 500;
    private static final String BETWEEN_NAMES = "\u0000";

    private final GlueStore store;
    private final Ground ground;

    TableSearch(GlueStore store, Ground ground) {
        this.store = store;
        this.ground = ground;
    }

    SearchTablesResponse search(SearchTablesRequest request) {
        Names.requireOwnCatalog(request.catalogId(), ground.account());
        CatalogLimits.requireShort("SearchText", request.searchText(), LONGEST_TEXT);
        CatalogLimits.requireAtMost("SortCriteria", request.sortCriteria(), MOST_SORT_CRITERIA);
        Page page = Page.of(request.nextToken(), request.maxResults(), LARGEST_PAGE);
        TableQuery query = query(request);
        if (!Shares.includeOwn(request.resourceShareType())) {
            return SearchTablesResponse.builder().tableList(List.of()).build();
        }
        return request.sortCriteria().isEmpty() ? inOrderOfNames(query, page) : sorted(query, page);
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
        walk(page.after(), table -> {
            if (query.accepts(table)) {
                found.add(table);
            }
            return found.size() < page.limit();
        });
        return SearchTablesResponse.builder()
                .tableList(page.entries(found))
                .nextToken(page.next(found, TableSearch::key))
                .build();
    }

    /// Holds only what sorts; the page's tables are read once more. A token counts the tables before its page.
    private SearchTablesResponse sorted(TableQuery query, Page page) {
        List<TableQuery.Ranked> ranked = new ArrayList<>();
        walk("", table -> {
            if (query.accepts(table)) {
                ranked.add(query.ranked(table));
            }
            return true;
        });
        ranked.sort(query.order());
        int begin = page.after().isEmpty() ? 0 : Math.toIntExact(Math.min(page.below(), ranked.size()));
        int end = Math.min(begin + page.size(), ranked.size());
        List<Table> tables = ranked.subList(begin, end).stream()
                .flatMap(one -> store.read(tx -> Tables.find(tx, one.database(), one.name())).stream())
                .toList();
        return SearchTablesResponse.builder()
                .tableList(tables)
                .nextToken(end < ranked.size() ? Page.token(Integer.toString(end)) : null)
                .build();
    }

    private interface Step {
        /// Takes a table; false when it was the last one wanted.
        boolean take(Table table);
    }

    private void walk(String after, Step step) {
        String key = after;
        while (true) {
            String[] begin = key.split(BETWEEN_NAMES, 2);
            List<Table> tables = store.read(tx -> tx.query(
                    "SELECT body FROM glue_table WHERE (database, name) > (?, ?) ORDER BY database, name LIMIT ?",
                    row -> SdkJson.read(row.getString(1), Table.builder()),
                    begin[0],
                    begin.length < 2 ? "" : begin[1],
                    AT_ONCE));
            for (Table table : tables) {
                if (!step.take(table)) {
                    return;
                }
            }
            if (tables.size() < AT_ONCE) {
                return;
            }
            key = key(tables.getLast());
        }
    }

    private static String key(Table table) {
        return table.databaseName() + BETWEEN_NAMES + table.name();
    }
}
