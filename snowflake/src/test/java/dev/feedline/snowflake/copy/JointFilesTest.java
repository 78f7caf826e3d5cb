package dev.feedline.snowflake.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files go together, and that none is left behind.
class JointFilesTest {
    @TempDir
    Path folder;

    private final JointFiles joint = new JointFiles();
    private final List<ParquetFile> made = new ArrayList<>();

    @Test
    void filesOfOneShapeGoTogether() throws IOException {
        add("a", 1);
        add("a", 1);
        assertThat(joint.isComplete()).isFalse();
        add("b", 1);
        assertThat(joint.isComplete()).isTrue();
        assertThat(joint.files()).containsExactly(made.get(0), made.get(1));
        assertThatThrownBy(() -> add("b", 1)).isInstanceOf(IllegalStateException.class);
        joint.loaded();
        assertThat(joint.isComplete()).isFalse();
        assertThat(joint.files()).containsExactly(made.get(2));
        assertThat(left()).containsExactly("2", "3");
    }

    @Test
    void thirtyTwoGoTogether() throws IOException {
        for (int i = 0; i < 32; i++) {
            add("a", 1);
            assertThat(joint.isComplete()).isFalse();
        }
        add("a", 1);
        assertThat(joint.isComplete()).isTrue();
        assertThat(joint.files()).hasSize(32);
    }

    @Test
    void twoHundredFiftySixMebibytesGoTogether() throws IOException {
        add("a", 256 << 20);
        assertThat(joint.isComplete()).isFalse();
        add("a", 1);
        assertThat(joint.isComplete()).isTrue();
        joint.loaded();
        add("a", (256 << 20) - 1);
        assertThat(joint.isComplete()).isFalse();
        add("a", 1);
        assertThat(joint.isComplete()).isTrue();
        assertThat(joint.files()).containsExactly(made.get(1), made.get(2));
    }

    @Test
    void aFileThatIsTooLargeGoesAlone() throws IOException {
        add("a", (256L << 20) + 1);
        assertThat(joint.isComplete()).isFalse();
        add("a", 1);
        assertThat(joint.isComplete()).isTrue();
    }

    @Test
    void allAreGivenBackWhenItIsClosed() throws IOException {
        add("a", 1);
        add("b", 1);
        assertThat(joint.isComplete()).isTrue();
        assertThat(left()).containsExactly("0", "1");
        joint.close();
        assertThat(left()).isEmpty();
    }

    private void add(String shape, long size) throws IOException {
        String name = String.valueOf(made.size());
        StagedFile staged = new StagedFile("lake", name, size, "etag", Instant.EPOCH);
        LocalFile local = new LocalFile(staged, Files.createFile(folder.resolve(name)));
        ParquetFile file = new ParquetFile(local, new ParquetFooter(shape, List.of(), 1));
        made.add(file);
        joint.add(file);
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
