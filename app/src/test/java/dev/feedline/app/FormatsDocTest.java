package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.feeds.ContainerLimits;
import dev.feedline.feeds.FeedSettings;
import dev.feedline.feeds.definition.DefinitionReader;
import dev.feedline.rows.BadRowCode;
import dev.feedline.rows.RowLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/formats.md` says what the code does.
class FormatsDocTest {
    private final String document = Files.readString(Path.of("..", "docs", "formats.md"));

    FormatsDocTest() throws IOException {}

    @Test
    void everyCodeIsThereWithItsAdvice() {
        List<String> rows = Arrays.stream(BadRowCode.values())
                .map(code -> "| `" + code.text() + "` | " + code.advice() + " |")
                .toList();
        assertThat(document.substring(document.indexOf("## Bad rows")).lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(rows);
    }

    @Test
    void everyLimitIsTheOneThatHolds() {
        RowLimits rows = RowLimits.DEFAULT;
        ContainerLimits containers = ContainerLimits.DEFAULT;
        assertThat(document)
                .contains("with its mark | " + (rows.maxRowBytes() >> 10) + " KiB |")
                .contains("in each other | " + rows.maxDepth() + " levels |")
                .contains("grows to | %,d |".formatted(rows.maxColumns()))
                .contains("of a bad row | " + (rows.maxRawBytes() >> 10) + " KiB |")
                .contains("| " + containers.maxExpansion() + " times its size, and always "
                        + (containers.alwaysBytes() >> 20) + " MiB |");
    }

    @Test
    void theDefinitionShownIsTheDefaultButForItsFormat() {
        int from = document.indexOf("```yaml\n") + "```yaml\n".length();
        String yaml = document.substring(from, document.indexOf("```", from));
        FeedSettings shown =
                DefinitionReader.parse("formats.md", yaml).feeds().get("prices").settings();
        assertThat(shown.csv()).isEqualTo(FeedSettings.DEFAULT.csv());
        assertThat(shown.encoding()).isEqualTo(FeedSettings.DEFAULT.encoding());
    }
}
