package dev.feedline.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.app.ServerFile;
import dev.feedline.app.TestingFeedline;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `feedline doctor` works whatever state things are in, and says what state that is.
class DoctorTest {
    private static final Disk DISK = new RealDisk(failure -> {});

    @TempDir
    private Path temp;

    private Path data;

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectory(temp.resolve("data"));
        Files.writeString(data.resolve("version"), "1\n");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aFolderThatIsNotThereIsNoFault() {
        Ran ran = Ran.feedline(
                "doctor",
                "--json",
                "--port",
                "0",
                "--data",
                temp.resolve("no/such").toString());
        assertThat(finding(ran, "data folder")).startsWith("OK ").contains("is not there yet");
        assertThat(finding(ran, "java")).startsWith("OK ").contains("25");
        assertThat(finding(ran, "duckdb")).startsWith("OK ");
        assertThat(finding(ran, "sqlite")).startsWith("OK ");
        assertThat(finding(ran, "fsync")).contains("forced writes of 4 KiB a second");
        assertThat(finding(ran, "server")).contains("none runs");
    }

    @Test
    void theTextHasOneLineForEachCheckAndASum() {
        Ran ran = Ran.feedline("doctor", "--port", "0", "--data", data.toString());
        assertThat(ran.out())
                .contains("OK    clock ")
                .contains("OK    lock ")
                .containsPattern("\\d+ checks: \\d+ failed, ");
    }

    @Test
    void aFileInPlaceOfTheFolderFails() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        Ran ran = Ran.feedline("doctor", "--json", "--port", "0", "--data", file.toString());
        assertThat(finding(ran, "data folder")).startsWith("FAIL ").contains("is a file, not a folder");
        assertThat(ran.code()).isEqualTo(ExitCode.ERROR);
    }

    @Test
    void anotherLayoutFails() throws Exception {
        Files.writeString(data.resolve("version"), "7\n");
        Ran ran = look();
        assertThat(finding(ran, "data folder")).startsWith("FAIL ").contains("layout version 7");
        assertThat(ran.code()).isEqualTo(ExitCode.ERROR);
    }

    @Test
    void keysThatOthersCanReadFailAndAFolderThatOthersCanReadIsAWarning() throws Exception {
        Files.writeString(data.resolve("keys"), "");
        Files.setPosixFilePermissions(data.resolve("keys"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Ran ran = look();
        assertThat(finding(ran, "keys")).startsWith("FAIL ").contains("chmod 600");
        assertThat(finding(ran, "folder mode")).startsWith("WARN ").contains("chmod 700");
    }

    @Test
    void whatAKilledServerLeftIsAWarning() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        new ServerFile(ended.pid(), "127.0.0.1", 4, Instant.now()).write(data, DISK);
        assertThat(finding(look(), "lock")).startsWith("WARN ").contains("left by a server that was killed");
    }

    @Test
    void aServerFileThatIsNoJsonFails() throws Exception {
        Files.writeString(data.resolve("server.json"), "{\"pid\":");
        assertThat(finding(look(), "server")).startsWith("FAIL ").contains("server.json");
    }

    @Test
    void damagedFilesAreNamedWithWhatIsWrongAndTheRestIsStillLookedAt() throws Exception {
        byte[] noise = {(byte) 0xff, (byte) 0xfe, 7, (byte) 0xc3};
        Files.write(data.resolve("version"), noise);
        Files.write(data.resolve("server.json"), noise);
        Files.write(data.resolve("keys"), noise);
        Files.setPosixFilePermissions(data.resolve("keys"), PosixFilePermissions.fromString("rw-------"));
        Ran ran = look();
        assertThat(finding(ran, "data folder"))
                .startsWith("FAIL The version file " + data.resolve("version") + " is damaged: no number is in it.")
                .contains("Restore it from a copy");
        assertThat(finding(ran, "server"))
                .startsWith("FAIL The file " + data.resolve("server.json") + " is not as a server writes it")
                .contains("delete it");
        assertThat(finding(ran, "keys"))
                .startsWith("FAIL The key file " + data.resolve("keys") + " is no credentials file")
                .contains("Restore it");
        assertThat(finding(ran, "lock")).contains("free");
        assertThat(finding(ran, "port")).startsWith("OK ");
        assertThat(ran.out()).doesNotContain("cannot be looked at");
    }

    @Test
    void aClockBehindTheDataIsAWarning() throws Exception {
        Files.setLastModifiedTime(
                data.resolve("version"),
                java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(7200)));
        assertThat(finding(look(), "clock and data")).startsWith("WARN ").contains("minutes ahead of the clock");
    }

    @Test
    void aPortThatSomebodyElseHasIsAWarningAndAHostOfAnotherMachineFails() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = Ran.feedline(
                    "doctor", "--json", "--port", Integer.toString(other.getLocalPort()), "--data", data.toString());
            assertThat(finding(ran, "port")).startsWith("WARN ").contains(":" + other.getLocalPort());
        }
        // An address for documentation (RFC 5737): no machine has it.
        Ran ran = Ran.feedline("doctor", "--json", "--host", "192.0.2.1", "--data", data.toString());
        assertThat(finding(ran, "port")).startsWith("FAIL ").contains("is no address of this machine");
    }

    @Test
    void aRunningServerIsAskedAndItsPortIsItsOwn() throws Exception {
        Path folder = temp.resolve("served");
        try (TestingFeedline feedline = TestingFeedline.start(folder, "feeds: {}\n")) {
            int port = feedline.reach().server().endpoint().getPort();
            Ran ran = Ran.feedline("doctor", "--json", "--port", Integer.toString(port), "--data", folder.toString());
            assertThat(finding(ran, "server's s3")).startsWith("OK ").contains("3 buckets");
            assertThat(finding(ran, "server's warehouse")).startsWith("OK ");
            assertThat(finding(ran, "port")).startsWith("OK ").contains("this folder's own server");
            Ran other = Ran.feedline("doctor", "--json", "--port", Integer.toString(port), "--data", data.toString());
            assertThat(finding(other, "port")).startsWith("WARN ").contains("a Feedline on another data folder");
        }
    }

    private Ran look() {
        return Ran.feedline("doctor", "--json", "--port", "0", "--data", data.toString());
    }

    private static String finding(Ran ran, String check) {
        for (JsonNode finding : ran.json()) {
            if (finding.path("check").asString().equals(check)) {
                return finding.path("level").asString() + " "
                        + finding.path("found").asString() + " "
                        + finding.path("advice").asString("");
            }
        }
        throw new AssertionError("no check '" + check + "' in " + ran.out());
    }
}
