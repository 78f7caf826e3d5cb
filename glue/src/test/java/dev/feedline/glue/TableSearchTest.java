package dev.feedline.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.kernel.Ground;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.Sort;
import software.amazon.awssdk.services.glue.model.SortCriterion;
import software.amazon.awssdk.services.glue.model.Table;

/// A search that reads three tables at once, and looks at six in a call.
class TableSearchTest {
    private static final SortCriterion BY_DESCRIPTION =
            SortCriterion.builder().fieldName("Description").sort(Sort.DESC).build();

    @TempDir
    Path folder;

    private final Ground ground = TestGround.with(InstantSource.system());
    private GlueStore store;
    private Tables tables;
    private TableSearch search;

    @BeforeEach
    void open() throws Exception {
        store = GlueStore.open(folder, ground);
        Tags tags = new Tags(store, ground.account());
        for (String name : List.of("feeds", "web")) {
            new Databases(store, tags, ground)
                    .create(CreateDatabaseRequest.builder()
                            .databaseInput(database -> database.name(name))
                            .build());
        }
        tables = new Tables(store, tags, ground);
        search = new TableSearch(store, ground, 3, 6);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aCallLooksAtSoManyAndItsPageMayBeShort() {
        IntStream.range(10, 20).forEach(n -> create("web", "t" + n, n >= 15 ? "late" : "early"));

        SearchTablesResponse first = search(request -> request.searchText("late"));
        SearchTablesResponse second =
                search(request -> request.searchText("late").nextToken(first.nextToken()));
        SearchTablesResponse none = search(request -> request.searchText("never"));

        assertThat(first.tableList()).extracting(Table::name).containsExactly("t15");
        assertThat(second.tableList()).extracting(Table::name).containsExactly("t16", "t17", "t18", "t19");
        assertThat(second.nextToken()).isNull();
        assertThat(none.tableList()).isEmpty();
        assertThat(none.nextToken()).isNotNull();
    }

    @Test
    void thePagesAreTheWholeWhateverTheirSize() {
        List<String> all = IntStream.range(10, 23).mapToObj(n -> "t" + n).toList();
        all.forEach(name -> create(name.compareTo("t14") < 0 ? "feeds" : "web", name, ""));

        for (int size = 1; size <= 14; size++) {
            assertThat(allPages(size)).as("pages of %d", size).isEqualTo(all);
        }
    }

    @Test
    void aSortedSearchGoesThroughAllItsPages() {
        List.of("a", "b", "c", "d", "e", "f").forEach(name -> create("web", name, "abc".contains(name) ? "1" : "2"));

        for (int size = 1; size <= 7; size++) {
            assertThat(allPages(size, BY_DESCRIPTION))
                    .as("pages of %d", size)
                    .containsExactly("d", "e", "f", "a", "b", "c");
        }
    }

    @Test
    void whatASortedSearchCannotSeeInOneCallItRefuses() {
        IntStream.range(0, 7).forEach(n -> create("web", "t" + n, ""));

        assertThatThrownBy(() -> search(request -> request.sortCriteria(BY_DESCRIPTION)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than 6 tables");
    }

    @Test
    void tablesAreSortedByTheBeginningOfALongText() {
        create("web", "long", "1".repeat(2_000));
        create("web", "short", "1".repeat(1_024));
        create("web", "other", "0");

        assertThat(allPages(1, BY_DESCRIPTION)).containsExactly("long", "short", "other");
    }

    private List<String> allPages(int size, SortCriterion... sort) {
        List<String> all = new ArrayList<>();
        @Nullable String token = null;
        do {
            String from = token;
            SearchTablesResponse page = search(
                    request -> request.sortCriteria(sort).maxResults(size).nextToken(from));
            page.tableList().forEach(table -> all.add(table.name()));
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    private SearchTablesResponse search(Consumer<SearchTablesRequest.Builder> asked) {
        SearchTablesRequest.Builder request = SearchTablesRequest.builder();
        asked.accept(request);
        return search.search(request.build());
    }

    private void create(String database, String name, String description) {
        tables.create(CreateTableRequest.builder()
                .databaseName(database)
                .tableInput(table -> table.name(name).description(description))
                .build());
    }
}
