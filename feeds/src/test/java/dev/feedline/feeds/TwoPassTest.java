package dev.feedline.feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.feeds.FeedSettings.Format;
import dev.feedline.feeds.FeedSettings.OnReupload;
import dev.feedline.rows.Column;
import dev.feedline.rows.Schema;
import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.Type;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the first pass found holds for the second, whatever other files do to the feed between them.
class TwoPassTest {
    private static final FeedSettings NO_BAD_ROW =
            new FeedSettings(Format.AUTO, SchemaPolicy.DEFAULT, 0, 100, OnReupload.LOAD);
    private static final IngestSettings ROW_BY_ROW = IngestSettings.DEFAULT.chunkBytes(1);

    private final SmallPipeline pipeline = new SmallPipeline(NO_BAD_ROW, Schema.EMPTY);

    @Test
    void aColumnThatAnotherFileAddsMeanwhileMakesNoRowBad() throws IOException {
        byte[] rows = "{\"id\":1}\n{\"id\":2,\"tag\":[]}\n{\"id\":3,\"tag\":[]}\n".getBytes(UTF_8);
        SourceVersion file = pipeline.upload("orders/a", rows);
        byte[] event = event(file);
        assertThat(pipeline.ingest(event, 1_000, ROW_BY_ROW)).contains("UNFINISHED");
        // An empty array says nothing of its type; now somebody else says that it is a number.
        assertThat(pipeline.ingest("orders/b", "{\"id\":9,\"tag\":7}\n".getBytes(UTF_8))
                        .good())
                .isEqualTo(1);
        assertThat(finish(file, event).good()).isEqualTo(3);
    }

    @Test
    void aPolicyThatChangesMeanwhileHoldsForTheNextFile() throws IOException {
        SchemaPolicy rescue = new SchemaPolicy(SchemaPolicy.OnNewColumn.ADD, SchemaPolicy.OnMismatch.RESCUE);
        SmallPipeline lenient = new SmallPipeline(
                new FeedSettings(Format.AUTO, rescue, 0, 100, OnReupload.LOAD),
                new Schema(List.of(new Column("id", new Type.Int64()))));
        SourceVersion file = lenient.upload("orders/a", "{\"id\":1}\n{\"id\":\"x\"}\n".getBytes(UTF_8));
        assertThat(lenient.ingest(event(file), 1_000, ROW_BY_ROW)).contains("UNFINISHED");
        FeedTable table = new FeedCatalog(lenient.glue).find("orders").orElseThrow();
        lenient.glue.updateTable(
                request -> request.databaseName(Names.CATALOG_DATABASE).tableInput(table.withSettings(NO_BAD_ROW)));
        assertThat(lenient.ingest(event(file), 900_000, ROW_BY_ROW)).contains("SETTLED");
        assertThat(lenient.receipt(file.fileId()).good()).isEqualTo(2);
        assertThat(lenient.ingest("orders/b", "{\"id\":\"x\"}\n".getBytes(UTF_8))
                        .state())
                .isEqualTo(Receipt.State.HELD);
    }

    @Test
    void whatALaterChunkSaysOfAColumnCountsForTheEarlierOnes() throws IOException {
        // Under the schema of its own chunk row 1 would be good, under that of row 2 it is not.
        SourceVersion file = pipeline.upload("orders/a", "{\"v\":[]}\n{\"v\":7}\n".getBytes(UTF_8));
        assertThat(pipeline.ingest(event(file), 900_000, ROW_BY_ROW)).contains("SETTLED");
        Receipt receipt = pipeline.receipt(file.fileId());
        assertThat(receipt.state()).isEqualTo(Receipt.State.HELD);
        assertThat(receipt.reason()).startsWith("QUARANTINE-LIMIT: 1 of 2 rows are bad");
        assertThat(new FeedCatalog(pipeline.glue).find("orders").orElseThrow().schema())
                .isEqualTo(Schema.EMPTY);
    }

    private Receipt finish(SourceVersion file, byte[] event) throws IOException {
        for (String said = ""; !said.contains("SETTLED"); ) {
            said = pipeline.ingest(event, 900_000, ROW_BY_ROW);
        }
        return pipeline.receipt(file.fileId());
    }

    private static byte[] event(SourceVersion file) {
        return S3Events.write(new S3Events.ObjectReference(file.bucket(), file.key(), file.versionId()));
    }
}
