package dev.feedline.snowflake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/snowflake-sql.md` is the list of the dialect's tests; `-Dfeedline.write` writes it.
class DialectPageTest {
    private static final String HEAD = """
            # What is translated of Snowflake's SQL

            Every statement here is run by a test, which compares it with rows written by hand beside the page of Snowflake's
            documentation it comes from. What is refused is Snowflake's, recognised, and answered with an error of Snowflake's
            shape, never passed through. This page is written by the tests (`DialectPageTest`), which fail when it is not true.
            [snowflake.md](snowflake.md) tells of everything but the dialect.
            """;

    @Test
    void thePageListsWhatTheTestsRun() throws IOException {
        Path page = Path.of("..", "docs", "snowflake-sql.md");
        StringBuilder text = new StringBuilder(HEAD);
        for (String family : DialectTest.FAMILIES) {
            text.append("\n## ").append(family).append("\n\n| from | statement | |\n|---|---|---|\n");
            DialectTest.cases()
                    .filter(one -> one.family().equals(family))
                    .forEach(one -> text.append("| ")
                            .append(one.source())
                            .append(" | `")
                            .append(one.sql().replace("|", "\\|"))
                            .append("` | ")
                            .append(one.refusal()
                                    .map(state -> "refused, " + state)
                                    .orElse(""))
                            .append(" |\n"));
        }
        if (System.getProperty("feedline.write") != null) {
            Files.writeString(page, text);
        }
        assertThat(page).content().isEqualTo(text.toString());
    }
}
