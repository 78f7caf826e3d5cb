package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOfDriverTest {
    @TempDir
    private Path folder;

    @Test
    void aCommitThatNobodyWouldReadIsRefusedAndTheOneBeforeItHolds() throws IOException {
        Path file = folder.resolve("commits").resolve("run.json");
        RunOfDriver run = new RunOfDriver(1000);
        BookmarkBook book = BookmarkBook.of(BookmarkBook.Option.ENABLE, 10_000, Map.of(), null);
        run.begin("run", book, file);
        book.saw("orders", Map.of("a", new FileMark(10_000, "")), 100);
        run.commit();
        String before = Files.readString(file);
        assertThat(before).contains("orders");

        book.saw("orders", Map.of("b".repeat(1000), new FileMark(10_000, "")), 100);

        assertThatThrownBy(run::commit)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at most 1000")
                .hasMessageContaining("maxBand");
        assertThat(file).hasContent(before);
    }
}
