package dev.feedline.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.rows.SchemaPolicy;
import dev.feedline.rows.TextEncoding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedSettingsTest {
    @Test
    void aTableThatSaysNothingHasTheDefaults() {
        assertThat(FeedSettings.fromParameters(Map.of())).isEqualTo(FeedSettings.DEFAULT);
        assertThat(FeedSettings.DEFAULT.toParameters())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("feedline.format", "auto"),
                        Map.entry("feedline.encoding", "utf-8"),
                        Map.entry("feedline.csv.delimiter", "auto"),
                        Map.entry("feedline.csv.quote", "auto"),
                        Map.entry("feedline.csv.escape", "none"),
                        Map.entry("feedline.csv.header", "true"),
                        Map.entry("feedline.csv.columns", "[]"),
                        Map.entry("feedline.csv.null", "[\"\"]"),
                        Map.entry("feedline.on-new-column", "add"),
                        Map.entry("feedline.on-mismatch", "quarantine"),
                        Map.entry("feedline.max-rows", "unlimited"),
                        Map.entry("feedline.max-percent", "100.0"),
                        Map.entry("feedline.on-reupload", "skip-same-content")));
    }

    @Test
    void everySettingComesBackOutOfTheParameters() {
        FeedSettings settings = new FeedSettings(
                FeedSettings.Format.CSV,
                TextEncoding.WINDOWS_1252,
                new CsvSettings("tab", "'", "\\", false, List.of("a", "b \"c\""), List.of("", "NULL")),
                new SchemaPolicy(SchemaPolicy.OnNewColumn.FREEZE, SchemaPolicy.OnMismatch.RESCUE),
                7,
                2.5,
                FeedSettings.OnReupload.REJECT);
        assertThat(FeedSettings.fromParameters(settings.toParameters())).isEqualTo(settings);
    }

    @Test
    void replaceIsRefusedByNameWithTheChoicesThereAre() {
        assertThatThrownBy(() -> FeedSettings.fromParameters(Map.of("feedline.on-reupload", "replace")))
                .hasMessage("feedline.on-reupload cannot be 'replace': use skip-same-content, load, reject");
    }

    @Test
    void aFileIsOverItsLimitByRowsOrByShare() {
        FeedSettings limited =
                new FeedSettings(FeedSettings.Format.AUTO, SchemaPolicy.DEFAULT, 10, 1, FeedSettings.OnReupload.LOAD);
        assertThat(limited.isOverLimit(10, 1000)).isFalse();
        assertThat(limited.isOverLimit(11, 10_000)).isTrue();
        assertThat(limited.isOverLimit(2, 199)).isTrue();
        assertThat(limited.isOverLimit(0, 0)).isFalse();
    }
}
