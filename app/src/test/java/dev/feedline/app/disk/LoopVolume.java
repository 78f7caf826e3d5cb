package dev.feedline.app.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A file system of its own in a sparse file: it can be filled, and its power can be cut.
///
/// Closing unmounts it, which also frees its loop device; the mount is lazy when somebody still has files open.
public final class LoopVolume implements AutoCloseable {
    private static final Path PROBE = Path.of("/dev/loop-control");

    private final Path image;
    private final Path mountPoint;
    private boolean mounted;

    private LoopVolume(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    /// @param folder where the image and the mount point are made
    public static LoopVolume create(Path folder, long megabytes) throws IOException {
        requireMountable();
        Path image = folder.resolve("volume.img");
        LoopVolume volume = new LoopVolume(image, Files.createDirectory(folder.resolve("volume")));
        run(List.of("truncate", "-s", megabytes + "M", image.toString()));
        run(List.of("mkfs.ext4", "-q", "-m", "0", image.toString())); // root may use reserved blocks: have none
        volume.mount();
        return volume;
    }

    public Path path() {
        return mountPoint;
    }

    /// The file system stops as if the power had gone: what was not forced is lost, and everything fails from now on.
    public void cutPower() throws IOException {
        Ioctl.shutDown(mountPoint);
    }

    /// As Linux does by itself after errors of the disk; nobody may have files open for writing.
    public void makeReadOnly() throws IOException {
        run(List.of("mount", "-o", "remount,ro", mountPoint.toString()));
    }

    /// Forgets all that is in memory and replays the journal, as a boot does; nobody may have files open.
    public void bootAgain() throws IOException {
        unmount();
        mount();
    }

    /// Copies the image, what is in memory with it.
    Path keep(Path copy) throws IOException {
        run(List.of("sync", "-f", mountPoint.toString()));
        Files.createDirectories(copy.toAbsolutePath().getParent());
        run(List.of("cp", "--sparse=always", image.toString(), copy.toString()));
        return copy;
    }

    @Override
    public void close() throws IOException {
        if (mounted) {
            try {
                unmount();
            } finally {
                if (mounted) {
                    run(List.of("umount", "-l", mountPoint.toString()));
                }
            }
        }
        Files.deleteIfExists(image);
    }

    private void mount() throws IOException {
        run(List.of("mount", "-o", "loop", image.toString(), mountPoint.toString()));
        mounted = true;
    }

    private void unmount() throws IOException {
        run(List.of("umount", mountPoint.toString()));
        mounted = false;
    }

    /// On a machine that cannot mount, the test is aborted with the reason; with `CI=true` it fails.
    private static void requireMountable() {
        String why = "";
        if (!"root".equals(System.getProperty("user.name"))) {
            why = "only root may mount";
        } else if (!Files.exists(PROBE)) {
            why = "there is no " + PROBE + ": the machine has no loop devices";
        }
        if ("true".equals(System.getenv("CI"))) {
            assertThat(why).as("what keeps a file from being mounted").isEmpty();
        }
        assumeThat(why).as("what keeps a file from being mounted").isEmpty();
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command, e);
        }
    }
}
