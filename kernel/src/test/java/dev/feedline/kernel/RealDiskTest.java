package dev.feedline.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
    private final Disk disk = new RealDisk(failure -> {});

    @TempDir
    Path folder;

    @Test
    void appendsGoToTheEndAndReadsAreByPosition() throws Exception {
        try (Disk.DiskFile file = disk.create(folder.resolve("a"))) {
            file.append(bytes("hello "));
            file.append(bytes("world"));
            file.force();
            ByteBuffer into = ByteBuffer.allocate(5);
            assertThat(file.read(into, 6)).isEqualTo(5);
            assertThat(new String(into.array(), StandardCharsets.UTF_8)).isEqualTo("world");
            file.truncate(5);
            assertThat(file.size()).isEqualTo(5);
        }
        assertThat(folder.resolve("a")).hasContent("hello");
    }

    @Test
    void aFileThatIsThereIsNotCreatedOver() throws Exception {
        disk.create(folder.resolve("a")).close();
        assertThatThrownBy(() -> disk.create(folder.resolve("a"))).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aRenameReplaces() throws Exception {
        Files.writeString(folder.resolve("old"), "old");
        Files.writeString(folder.resolve("new"), "new");
        disk.rename(folder.resolve("new"), folder.resolve("old"));
        assertThat(folder.resolve("old")).hasContent("new");
        assertThat(disk.exists(folder.resolve("new"))).isFalse();
    }

    @Test
    void directoriesAreMadeWithTheirParents() throws Exception {
        disk.createDirectories(folder.resolve("a/b/c"));
        disk.createDirectories(folder.resolve("a/b/c"));
        assertThat(folder.resolve("a/b/c")).isDirectory();
        assertThat(disk.list(folder.resolve("a"))).containsExactly(folder.resolve("a/b"));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
