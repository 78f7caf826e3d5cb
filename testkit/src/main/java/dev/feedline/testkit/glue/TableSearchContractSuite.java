package dev.feedline.testkit.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Comparator;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PropertyPredicate;
import software.amazon.awssdk.services.glue.model.ResourceShareType;
import software.amazon.awssdk.services.glue.model.SearchTablesRequest;
import software.amazon.awssdk.services.glue.model.SearchTablesResponse;
import software.amazon.awssdk.services.glue.model.Sort;
import software.amazon.awssdk.services.glue.model.SortCriterion;
import software.amazon.awssdk.services.glue.model.Table;

/// What a search over the Data Catalog owes its callers:
/// https://docs.aws.amazon.com/glue/latest/webapi/API_SearchTables.html
///
/// The client of each test starts with an empty catalog of account 000000000000.
public abstract class TableSearchContractSuite {
    protected abstract GlueClient client();

    @BeforeEach
    void createTables() {
        List.of("sales", "web")
                .forEach(name ->
                        client().createDatabase(create -> create.databaseInput(database -> database.name(name))));
        create("sales", "customer-link", "csv", "Who bought");
        create("sales", "orders", "parquet", "Every order of the shop");
        create("web", "xxlinkyy", "json", "Clicks of the shop");
    }

    @Test
    void aTextIsSoughtInWhatTheTablesSay() {
        assertThat(names(search -> search.searchText("link"))).containsExactly("customer-link", "xxlinkyy");
        assertThat(names(search -> search.searchText("SHOP order"))).containsExactly("orders");
        assertThat(names(search -> search.searchText("\"link\""))).containsExactly("customer-link");
        assertThat(names(search -> search.searchText("bigint"))).hasSize(3);
        assertThat(names(search -> search.searchText("nothing of the kind"))).isEmpty();
        assertThat(names(search -> {})).containsExactly("customer-link", "orders", "xxlinkyy");
    }

    @Test
    void aFilterComparesThePartsOfAName() {
        assertThat(names(search -> search.filters(filter("Name", "link")))).containsExactly("customer-link");
        assertThat(names(search -> search.filters(filter("DatabaseName", "sales"), filter("classification", "csv"))))
                .containsExactly("customer-link");
        assertThatThrownBy(() -> names(search ->
                        search.filters(PropertyPredicate.builder().key("Name").build())))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aFilterComparesTimes() {
        long now = System.currentTimeMillis() / 1000;

        assertThat(names(search -> search.filters(time(Comparator.GREATER_THAN, String.valueOf(now - 3600)))))
                .hasSize(3);
        assertThat(names(search -> search.filters(time(Comparator.LESS_THAN, String.valueOf(now - 3600)))))
                .isEmpty();
        assertThatThrownBy(() -> names(search -> search.filters(filter("UpdateTime", "yesterday"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("yesterday");
    }

    @Test
    void aTimeIsComparedAsPreciselyAsItIsWritten() {
        Instant created = client().getTable(get -> get.databaseName("web").name("xxlinkyy"))
                .table()
                .createTime();
        String millis = "%d.%03d".formatted(created.getEpochSecond(), created.getNano() / 1_000_000);

        List.of(
                        String.valueOf(created.getEpochSecond()),
                        millis,
                        created.truncatedTo(ChronoUnit.SECONDS).toString(),
                        created.truncatedTo(ChronoUnit.MILLIS).toString())
                .forEach(time -> assertThat(names(search -> search.filters(time(Comparator.EQUALS, time))))
                        .as(time)
                        .contains("xxlinkyy"));
        assertThat(names(search -> search.filters(time(Comparator.GREATER_THAN, millis))))
                .doesNotContain("xxlinkyy");
    }

    @Test
    void aComparatorThatHasNoMeaningIsRefused() {
        for (String key : List.of("Name", "CreateTime")) {
            assertThatThrownBy(() -> names(search -> search.filters(
                            filter(key, "1").toBuilder().comparator("ABOUT").build())))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("ABOUT");
        }
        assertThatThrownBy(() -> names(search -> search.filters(filter("Name", "link").toBuilder()
                        .comparator(Comparator.LESS_THAN)
                        .build())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("LESS_THAN");
        assertThat(names(search -> search.filters(filter("Name", "link").toBuilder()
                        .comparator(Comparator.EQUALS)
                        .build())))
                .containsExactly("customer-link");
    }

    @Test
    void whatComesAndGoesBetweenTwoPagesMovesNoOtherTable() {
        SortCriterion forwards =
                SortCriterion.builder().fieldName("Name").sort(Sort.ASC).build();
        var first = search(search -> search.sortCriteria(forwards).maxResults(2));
        create("web", "a-new-one", "csv", "");
        create("web", "zz-new-one", "csv", "");

        var second =
                search(search -> search.sortCriteria(forwards).maxResults(2).nextToken(first.nextToken()));

        assertThat(first.tableList()).extracting(Table::name).containsExactly("customer-link", "orders");
        assertThat(second.tableList()).extracting(Table::name).containsExactly("xxlinkyy", "zz-new-one");
        assertThat(second.nextToken()).isNull();
        assertThatThrownBy(() -> search(search -> search.nextToken(first.nextToken())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NextToken");
    }

    @Test
    void resultsAreSortedAndComeInPages() {
        SortCriterion backwards =
                SortCriterion.builder().fieldName("Name").sort(Sort.DESC).build();

        var first = search(search -> search.sortCriteria(backwards).maxResults(2));
        var second =
                search(search -> search.sortCriteria(backwards).maxResults(2).nextToken(first.nextToken()));
        var unsorted = search(search -> search.maxResults(2));
        var rest = search(search -> search.maxResults(2).nextToken(unsorted.nextToken()));

        assertThat(first.tableList()).extracting(Table::name).containsExactly("xxlinkyy", "orders");
        assertThat(second.tableList()).extracting(Table::name).containsExactly("customer-link");
        assertThat(second.nextToken()).isNull();
        assertThat(rest.tableList()).extracting(Table::name).containsExactly("xxlinkyy");
        assertThat(rest.nextToken()).isNull();
    }

    @Test
    void nothingIsSharedByOthers() {
        assertThat(names(search -> search.resourceShareType(ResourceShareType.FOREIGN)))
                .isEmpty();
        assertThat(client().getDatabases(get -> get.resourceShareType(ResourceShareType.ALL))
                        .databaseList())
                .hasSize(2);
    }

    private void create(String database, String name, String classification, String description) {
        client().createTable(create -> create.databaseName(database)
                .tableInput(table -> table.name(name)
                        .description(description)
                        .parameters(Map.of("classification", classification))
                        .storageDescriptor(storage ->
                                storage.columns(column -> column.name("id").type("bigint")))));
    }

    private List<String> names(Consumer<SearchTablesRequest.Builder> asked) {
        return search(asked).tableList().stream().map(Table::name).toList();
    }

    private SearchTablesResponse search(Consumer<SearchTablesRequest.Builder> asked) {
        return client().searchTables(asked);
    }

    private static PropertyPredicate filter(String key, String value) {
        return PropertyPredicate.builder().key(key).value(value).build();
    }

    private static PropertyPredicate time(Comparator comparator, String time) {
        return PropertyPredicate.builder()
                .key("CreateTime")
                .value(time)
                .comparator(comparator)
                .build();
    }
}
