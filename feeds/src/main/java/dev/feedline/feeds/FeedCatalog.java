package dev.feedline.feeds;

import dev.feedline.rows.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;

/// The feeds, in the Glue Data Catalog.
public final class FeedCatalog {
    private final GlueClient glue;

    public FeedCatalog(GlueClient glue) {
        this.glue = glue;
    }

    /// The feed of that name, when there is one.
    public Optional<FeedTable> find(String feed) {
        try {
            return Optional.of(FeedTable.of(glue.getTable(request ->
                            request.databaseName(Names.CATALOG_DATABASE).name(feed))
                    .table()));
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        }
    }

    /// The names of all feeds.
    public List<String> feeds() {
        return all(Table::name);
    }

    /// The names of the feeds whose rows this Glue job converts.
    public List<String> feedsOf(String job) {
        return tables().stream()
                .filter(table -> table.job().equals(job))
                .map(FeedTable::feed)
                .toList();
    }

    /// All feeds.
    public List<FeedTable> tables() {
        return all(FeedTable::of);
    }

    private <T> List<T> all(Function<Table, T> read) {
        List<T> feeds = new ArrayList<>();
        String token = null;
        do {
            GetTablesResponse page = page(token);
            page.tableList().forEach(table -> feeds.add(read.apply(table)));
            token = page.nextToken();
        } while (token != null);
        return feeds;
    }

    private GetTablesResponse page(@Nullable String token) {
        return glue.getTables(
                request -> request.databaseName(Names.CATALOG_DATABASE).nextToken(token));
    }

    /// Gives the feed another schema, unless its table has changed since it was read.
    ///
    /// @return false when it has; then read it again
    public boolean evolve(FeedTable read, Schema schema) {
        try {
            glue.updateTable(request -> request.databaseName(Names.CATALOG_DATABASE)
                    .tableInput(read.withSchema(schema))
                    .versionId(read.version()));
            return true;
        } catch (ConcurrentModificationException e) {
            return false;
        }
    }
}
