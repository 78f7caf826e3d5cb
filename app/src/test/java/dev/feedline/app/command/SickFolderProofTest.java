package dev.feedline.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.ServerFile;
import dev.feedline.app.TestingFeedline;
import dev.feedline.app.disk.LoopVolume;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.RealDisk;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands on a data folder whose file system is read-only or full, or whose server hangs: each says so, and what to
/// do.
@Tag("proof")
class SickFolderProofTest {
    private static final Disk DISK = new RealDisk(failure -> {});

    @TempDir
    private Path temp;

    @Test
    void aReadOnlyFileSystemIsNamedByDoctorAndByWhateverWouldWrite() throws Exception {
        try (LoopVolume volume = LoopVolume.create(temp, 60)) {
            Path data = volume.path().resolve("data");
            try (TestingFeedline feedline = TestingFeedline.start(data, "feeds: {}\n")) {
                feedline.put("other/a", new byte[1]);
            }
            volume.makeReadOnly();
            Ran doctor = Ran.feedline("doctor", "--port", "0", "--data", data.toString());
            assertThat(doctor.out())
                    .containsPattern("FAIL +rights +" + data + " is on a file system that is mounted read-only")
                    .containsPattern("OK +data folder +" + data + " has layout version 1")
                    .doesNotContain("cannot be looked at");
            assertThat(doctor.code()).isEqualTo(ExitCode.ERROR);
            for (String folder : new String[] {data.toString(), volume.path() + "/new"}) {
                Ran up = Ran.feedline("up", "--port", "0", "--data", folder);
                assertThat(up.err().lines())
                        .singleElement()
                        .asString()
                        .startsWith("feedline: ")
                        .contains(folder)
                        .contains(
                                "its file system is mounted read-only. Mount it for writing, or choose another folder");
                assertThat(up.code()).isEqualTo(ExitCode.ERROR);
            }
        }
    }

    @Test
    void aDiskThatFillsUpWhileAFileIsUploadedEndsInOneMessage() throws Exception {
        byte[] incompressible = new byte[24 << 20];
        new Random(1).nextBytes(incompressible);
        Path file = Files.write(temp.resolve("large.bin"), incompressible);
        try (LoopVolume volume = LoopVolume.create(temp, 20)) {
            Ran put = Ran.feedline("put", file.toString(), "orders", "--data", volume.path() + "/data");
            assertThat(put.err().lines().filter(line -> !line.startsWith("orders/large.bin: ")))
                    .singleElement()
                    .asString()
                    .startsWith("feedline: ")
                    .contains("No space left on the volume of")
                    .contains("ake room");
            assertThat(put.code()).isEqualTo(ExitCode.ERROR);
        }
    }

    @Test
    void aServerThatHangsIsFoundAndNotWaitedFor() throws Exception {
        Path data = Files.createDirectory(temp.resolve("data"));
        try (TestingFeedline feedline = TestingFeedline.start(data, "feeds: {}\n")) {
            feedline.put("other/a", new byte[1]);
        }
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) { // takes, never answers
            long self = ProcessHandle.current().pid();
            new ServerFile(self, "127.0.0.1", silent.getLocalPort(), Instant.now()).write(data, DISK);
            Ran doctor = Ran.feedline("doctor", "--port", "0", "--data", data.toString());
            assertThat(doctor.out())
                    .containsPattern("FAIL +server's answer +none in 10 s, though process " + self + " lives")
                    .contains("jstack " + self);
            assertThat(doctor.code()).isEqualTo(ExitCode.ERROR);
        }
    }
}
