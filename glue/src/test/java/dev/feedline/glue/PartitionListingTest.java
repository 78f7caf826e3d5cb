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
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreatePartitionRequest;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

/// A listing that reads three partitions at once, and looks at six in a call.
class PartitionListingTest {
    @TempDir
    Path folder;

    private final Ground ground = TestGround.with(InstantSource.system());
    private GlueStore store;
    private Partitions partitions;
    private PartitionListing listing;

    @BeforeEach
    void open() throws Exception {
        store = GlueStore.open(folder, ground);
        Tags tags = new Tags(store, ground.account());
        new Databases(store, tags, ground)
                .create(CreateDatabaseRequest.builder()
                        .databaseInput(database -> database.name("feeds"))
                        .build());
        new Tables(store, tags, ground)
                .create(CreateTableRequest.builder()
                        .databaseName("feeds")
                        .tableInput(table -> table.name("orders")
                                .partitionKeys(
                                        Column.builder().name("n").type("int").build()))
                        .build());
        partitions = new Partitions(store, ground);
        listing = new PartitionListing(store, ground, 3, 6);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPageIsFilledByMoreThanOneRead() {
        IntStream.range(10, 20).forEach(n -> create(String.valueOf(n)));

        GetPartitionsResponse page = list(get -> get.maxResults(5));

        assertThat(values(page)).containsExactly("10", "11", "12", "13", "14");
        assertThat(page.nextToken()).isNotNull();
    }

    @Test
    void aCallLooksAtSoManyAndItsPageMayBeShort() {
        IntStream.range(10, 20).forEach(n -> create(String.valueOf(n)));

        GetPartitionsResponse first = list(get -> get.expression("n >= 15"));
        GetPartitionsResponse second = list(get -> get.expression("n >= 15").nextToken(first.nextToken()));
        GetPartitionsResponse none = list(get -> get.expression("n > 99"));

        assertThat(values(first)).containsExactly("15");
        assertThat(values(second)).containsExactly("16", "17", "18", "19");
        assertThat(second.nextToken()).isNull();
        assertThat(values(none)).isEmpty();
        assertThat(none.nextToken()).isNotNull();
    }

    @Test
    void theLastPageIsKnownAsThat() {
        IntStream.range(10, 15).forEach(n -> create(String.valueOf(n)));

        assertThat(list(get -> get.maxResults(5)).nextToken()).isNull();
        assertThat(list(get -> get.maxResults(4)).nextToken()).isNotNull();
    }

    @Test
    void thePagesAreTheWholeWhateverTheirSize() {
        List<String> all = IntStream.range(10, 31).mapToObj(String::valueOf).toList();
        all.forEach(this::create);

        for (int size = 1; size <= 22; size++) {
            assertThat(allPages(size)).as("pages of %d", size).isEqualTo(all);
        }
    }

    @Test
    void halfASurrogatePairIsNoValue() {
        create("?");

        assertThatThrownBy(() -> create("\ud800")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> partitions.get(GetPartitionRequest.builder()
                        .databaseName("feeds")
                        .tableName("orders")
                        .partitionValues("\ud800")
                        .build()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("surrogate");
    }

    private List<String> allPages(int size) {
        List<String> all = new ArrayList<>();
        @Nullable String token = null;
        do {
            String from = token;
            GetPartitionsResponse page = list(get -> get.maxResults(size).nextToken(from));
            all.addAll(values(page));
            token = page.nextToken();
        } while (token != null);
        return all;
    }

    private GetPartitionsResponse list(Consumer<GetPartitionsRequest.Builder> more) {
        GetPartitionsRequest.Builder request =
                GetPartitionsRequest.builder().databaseName("feeds").tableName("orders");
        more.accept(request);
        return listing.list(request.build());
    }

    private static List<String> values(GetPartitionsResponse page) {
        return page.partitions().stream()
                .map(partition -> partition.values().getFirst())
                .toList();
    }

    private void create(String value) {
        partitions.create(CreatePartitionRequest.builder()
                .databaseName("feeds")
                .tableName("orders")
                .partitionInput(input -> input.values(value))
                .build());
    }
}
