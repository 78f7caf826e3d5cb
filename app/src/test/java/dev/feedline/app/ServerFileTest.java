package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.kernel.RealDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFileTest {
    @Test
    void itIsForcedBeforeItGetsItsNameAndItsOwnersAlone(@TempDir Path data) throws Exception {
        List<Path> forced = new ArrayList<>();
        TrialDisk disk = new TrialDisk(new RealDisk(failure -> {}), true, true, forced::add);
        ServerFile written = new ServerFile(ProcessHandle.current().pid(), "127.0.0.1", 4566, Instant.now());
        written.write(data, disk);
        assertThat(forced).containsExactly(data.resolve("server.json.new"));
        assertThat(data.resolve("server.json.new")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("server.json"))))
                .isEqualTo("rw-------");
        assertThat(ServerFile.ofRunning(data)).contains(written);
    }
}
