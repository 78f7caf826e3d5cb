package dev.feedline.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private final Disk disk = new RealDisk(failure -> {});

    @TempDir
    Path temp;

    @Test
    void belongsToOneProcess() throws Exception {
        try (DataFolder folder = DataFolder.open(temp.resolve("data"), disk)) {
            assertThatThrownBy(() -> DataFolder.open(folder.path(), disk))
                    .isInstanceOf(DataFolder.InUseException.class)
                    .hasMessageContaining("in use by another Feedline process");
        }
        DataFolder.open(temp.resolve("data"), disk).close();
    }

    @Test
    void aNewFolderIsForItsOwnerAlone() throws Exception {
        try (DataFolder folder = DataFolder.open(temp.resolve("data"), disk)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aFolderOfAnotherVersionIsRefusedAndNamed() throws Exception {
        Files.writeString(temp.resolve("version"), "7\n");
        assertThatThrownBy(() -> DataFolder.open(temp, disk)).hasMessageContaining("layout version 7");
    }
}
