package dev.feedline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that does not come to its job, because one of its jars is not there.
class DriverTest {
    @TempDir
    private Path folder;

    @Test
    void itHasFailedAndNobodyNeedLookForItsPods() {
        assertThat(Driver.run(line("k8s://https://there:6443"))).isFalse();
        assertThat(folder.resolve("report.json")).content().contains("FAILED", "no.jar of job totals is not there");
        assertThat(folder.resolve("pods-gone")).hasContent("feedline-1a0c");
    }

    @Test
    void ofPodsNothingIsSaidWhereThereAreNone() {
        assertThat(Driver.run(line("local[*]"))).isFalse();
        assertThat(folder).isDirectoryNotContaining("glob:**pods-gone");
    }

    private RunLine line(String master) {
        return new RunLine(
                "jr_1a0c",
                "feedline-1a0c",
                "totals",
                "Totals",
                null,
                null,
                List.of(folder.resolve("no.jar")),
                master,
                Map.of(),
                Map.of(),
                Map.of(),
                folder.resolve("commits"),
                folder.resolve("report.json"),
                folder.resolve("pods-gone"));
    }
}
