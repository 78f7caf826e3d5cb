package dev.feedline.feeds.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.CsvSettings;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.FeedTable;
import dev.feedline.feeds.definition.DefinitionReader;
import dev.feedline.feeds.definition.Feed;
import dev.feedline.kernel.sim.SimulatedClock;
import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.TextEncoding;
import dev.feedline.rows.Type;
import dev.feedline.testkit.InMemoryGlue;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogSetupTest {
    private final InMemoryGlue glue = new InMemoryGlue(new SimulatedClock(Instant.parse("2026-11-22T10:00:00Z")));
    private final FeedCatalog catalog = new FeedCatalog(glue);
    private final CatalogSetup setup = new CatalogSetup(glue, Buckets.EMBEDDED);

    @Test
    void columnsThatWereInferredStayInferredWhenTheDefinitionIsPutAgain() {
        Feed feed = feed("prices: { schema: { columns: { id: bigint } } }");
        setup.put(feed);
        Schema grown = new Schema(
                List.of(new Column("id", new Type.Int64()), new Column("rate", new Type.Float64())), Set.of("rate"));
        assertThat(catalog.evolve(table(), grown)).isTrue();
        setup.put(feed);
        assertThat(table().schema()).isEqualTo(grown);
    }

    @Test
    void theSettingsOfCsvFilesSurviveASchemaThatGrowsAndChangeWithTheDefinition() {
        setup.put(feed("prices: { format: csv, encoding: latin-1, csv: { delimiter: tab, null: [NULL] } }"));
        FeedSettings before = table().settings();
        assertThat(before.csv()).isEqualTo(new CsvSettings("tab", "auto", "none", true, List.of(), List.of("NULL")));
        assertThat(before.encoding()).isEqualTo(TextEncoding.ISO_8859_1);
        assertThat(catalog.evolve(table(), new Schema(List.of(new Column("id", new Type.Text())))))
                .isTrue();
        assertThat(table().settings()).isEqualTo(before);
        setup.put(feed("prices: {}"));
        assertThat(table().settings()).isEqualTo(FeedSettings.DEFAULT);
    }

    private FeedTable table() {
        return catalog.find("prices").orElseThrow();
    }

    private static Feed feed(String yaml) {
        return DefinitionReader.parse("f.yaml", "feeds: { " + yaml + " }")
                .feeds()
                .values()
                .iterator()
                .next();
    }
}
