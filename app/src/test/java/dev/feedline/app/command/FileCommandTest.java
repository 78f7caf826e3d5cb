package dev.feedline.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.TestingFeedline;
import dev.feedline.feeds.FileState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `feedline file` and `feedline quarantine show` against a running pipeline.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileCommandTest {
    private static final String MIXED =
            "{\"id\":1}\n\n{\"id\":\"one\"}\n{\"id\":2,\"note\":\"\u001b[31mred\"}\n{\"id\":\"two\"}\n{\"id\":3\n{\"id\":4}\n";

    private String folder;
    private TestingFeedline feedline;
    private FileState mixed;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        folder = data.toString();
        feedline = TestingFeedline.start(
                data,
                "feeds:\n  orders: { schema: { columns: { id: bigint } } }\n  held: { quarantine: { max-rows: 0 } }\n");
        mixed = feedline.put("orders/mixed.jsonl", MIXED.getBytes(UTF_8));
    }

    @AfterAll
    void stop() {
        feedline.close();
    }

    @Test
    void aFileTellsWhatItIsWhereItWasAndWhatIsWrongWithIt() {
        Ran ran = Ran.feedline("file", mixed.fileId(), "--json", "--data", folder);
        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.QUARANTINED);
        JsonNode file = ran.json();
        assertThat(file.path("key").asString()).isEqualTo("orders/mixed.jsonl");
        assertThat(file.path("size").asLong()).isEqualTo(MIXED.length());
        assertThat(file.path("equation").toString())
                .isEqualTo(
                        "{\"received\":6,\"loaded\":2,\"loadedDistinct\":2,\"quarantined\":4,\"overlap\":0,\"maxRow\":6}");
        JsonNode chunk = file.path("chunks").path(0);
        assertThat(List.of(
                        chunk.path("firstRow").asLong(),
                        chunk.path("lastRow").asLong(),
                        chunk.path("good").asLong(),
                        chunk.path("bad").asLong(),
                        chunk.path("landed").asLong(),
                        chunk.path("loaded").asLong()))
                .containsExactly(1L, 6L, 2L, 4L, 2L, 2L);
        assertThat(chunk.path("lakeBytes").asLong()).isPositive();
        assertThat(file.path("quarantine").findValuesAsString("firstRow")).containsExactly("2", "3");
        assertThat(file.path("quarantine").path(0).path("rows").asLong()).isEqualTo(2);
    }

    @Test
    void everyStageIsThereOnceTheFileIsBalancedAndNoneIsBeforeTheOneItNeeds() {
        JsonNode stages = Ran.feedline("file", mixed.fileId(), "--json", "--data", folder)
                .json()
                .path("stages");
        assertThat(stages.findValuesAsString("name"))
                .containsExactly(
                        "upload",
                        "terms pinned",
                        "chunk records",
                        "receipt",
                        "landing objects",
                        "quarantine objects",
                        "lake objects",
                        "loads");
        assertThat(stages.findValuesAsString("count")).containsOnly("1");
        Instant upload = Instant.parse(stages.path(0).path("first").asString());
        for (JsonNode stage : stages) {
            assertThat(Instant.parse(stage.path("first").asString())).isAfterOrEqualTo(upload);
        }
    }

    @Test
    void theTextBeginsWithTheSentenceThatMattersAndEndsWithWhatToDo() {
        Ran ran = Ran.feedline("file", "orders/mixed.jsonl", "--data", folder);
        assertThat(ran.out())
                .startsWith("orders/mixed.jsonl  BALANCED\n  6 received = 2 loaded + 4 quarantined\n")
                .contains("TYPE-MISMATCH  id         2  row 2, line 3")
                .contains("What to do: ");
    }

    @Test
    void aKeyStandsForItsNewestVersionAndTheOthersAreNamed() throws Exception {
        FileState first = feedline.put("orders/twice.jsonl", "{\"id\":10}\n".getBytes(UTF_8));
        FileState second = feedline.put("orders/twice.jsonl", "{\"id\":11}\n{\"id\":12}\n".getBytes(UTF_8));
        JsonNode file = Ran.feedline("file", "orders/twice.jsonl", "--json", "--data", folder)
                .json();
        // Both may be of one second, and then either is the newest.
        assertThat(List.of(
                        file.path("version").asString(),
                        file.path("otherVersions").path(0).path("version").asString()))
                .containsExactlyInAnyOrder(first.version(), second.version());
        JsonNode byId =
                Ran.feedline("file", first.fileId(), "--json", "--data", folder).json();
        assertThat(byId.path("received").asLong()).isEqualTo(1);
    }

    @Test
    void theBeginningOfAnIdOrKeyIsEnoughUnlessItMayBeSeveral() throws Exception {
        feedline.put("orders/alike-1.jsonl", "{\"id\":20}\n".getBytes(UTF_8));
        FileState other = feedline.put("orders/alike-2.jsonl", "{\"id\":21}\n".getBytes(UTF_8));
        assertThat(Ran.feedline("file", "orders/alike-2", "--data", folder).out())
                .startsWith("orders/alike-2.jsonl");
        assertThat(Ran.feedline("file", other.fileId().substring(0, 20), "--data", folder)
                        .out())
                .startsWith("orders/alike-2.jsonl");
        Ran several = Ran.feedline("file", "orders/alike", "--data", folder);
        assertThat(several.code()).isEqualTo(ExitCode.ERROR);
        assertThat(several.err())
                .contains("may be any of 2 files")
                .contains("orders/alike-1.jsonl")
                .contains("orders/alike-2.jsonl");
    }

    @Test
    void aHeldFileSaysWhyAndWhatToDo() throws Exception {
        FileState held = feedline.put("held/bad.jsonl", "no\n".getBytes(UTF_8));
        Ran ran = Ran.feedline("file", held.fileId(), "--data", folder);
        assertThat(ran.code()).isEqualTo(ExitCode.UNBALANCED);
        assertThat(ran.out()).contains("HELD: QUARANTINE-LIMIT").contains("What to do: No row of it was loaded.");
    }

    @Test
    void aFileUnderNoFeedIsToldWhereItBelongs() {
        feedline.upload("nobody/x.jsonl", "{}\n".getBytes(UTF_8));
        assertThat(Ran.feedline("file", "nobody/x.jsonl", "--data", folder).out())
                .startsWith("nobody/x.jsonl  NO_FEED")
                .contains("What to do: Upload it again under <feed>/");
    }

    @Test
    void aBadRowIsShownWithItsFaultMarkedAndNothingATerminalWouldObey() {
        Ran ran = Ran.feedline("quarantine", "show", mixed.fileId() + ":3", "--data", folder);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith("JSON-SYNTAX: ")
                .contains("  {\"id\":2,\"note\":\"␛[31mred\"}\n                  ^\n")
                .contains("row      3, on line 4, chunk 0")
                .contains("What to do: The row is not valid JSON")
                .doesNotContain("\u001b");
        JsonNode json = Ran.feedline("quarantine", "show", mixed.fileId() + ":3", "--json", "--data", folder)
                .json();
        assertThat(json.path("raw").asString()).isEqualTo("{\"id\":2,\"note\":\"\u001b[31mred\"}");
        assertThat(json.path("faultOffset").asInt()).isEqualTo(16);
        assertThat(json.path("byteOffset").asInt()).isEqualTo(23);
    }

    @Test
    void aFileWithSeveralBadRowsAsksWhichAndAGoodRowIsSaidToBeNone() {
        assertThat(Ran.feedline("quarantine", "show", mixed.fileId(), "--data", folder)
                        .err())
                .contains("bad are 2, 3, 4, 5.");
        assertThat(Ran.feedline("quarantine", "show", mixed.fileId() + ":1", "--data", folder)
                        .err())
                .contains("Row 1 of orders/mixed.jsonl is not in quarantine");
    }

    @Test
    void theQuarantineIsListedByFeedFileAndCodeAndSummedUp() {
        assertThat(Ran.feedline(
                                "quarantine",
                                "list",
                                "--file",
                                "orders/mixed",
                                "--code",
                                "type-mismatch",
                                "--json",
                                "--data",
                                folder)
                        .json()
                        .findValuesAsString("ROW_NUMBER"))
                .containsExactly("2", "4");
        assertThat(Ran.feedline("quarantine", "list", "--limit", "1", "--json", "--data", folder)
                        .json()
                        .size())
                .isEqualTo(1);
        JsonNode groups = Ran.feedline(
                        "quarantine", "list", "--summary", "--feed", "orders", "--json", "--data", folder)
                .json();
        assertThat(groups.findValuesAsString("CODE")).containsExactlyInAnyOrder("TYPE-MISMATCH", "JSON-SYNTAX");
        assertThat(groups.findValuesAsString("BAD_ROWS")).containsExactly("2", "2");
    }
}
