package dev.feedline.app.doctor;

import dev.feedline.app.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Who may read and write the data folder, its keys and the place for temporary files.
final class RightsCheck {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path data;

    RightsCheck(Path data) {
        this.data = data;
    }

    List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        Path nearest = Nearest.existing(data);
        findings.add(writing(nearest));
        if (Files.isDirectory(data) && Files.isExecutable(data)) {
            findings.add(mode());
            findings.add(keys());
        }
        findings.add(temporary());
        return findings;
    }

    private static Finding writing(Path folder) throws IOException {
        String user = System.getProperty("user.name");
        if (Files.getFileStore(folder).isReadOnly()) {
            return Finding.fail(
                    "rights",
                    folder + " is on a file system that is mounted read-only ("
                            + Files.getFileStore(folder).name() + ")",
                    "Mount it for writing (Linux makes it read-only after disk errors, which dmesg shows),"
                            + " or name another folder with --data.");
        }
        return Files.isWritable(folder)
                ? Finding.ok("rights", folder + " is writable for " + user)
                : Finding.fail(
                        "rights",
                        folder + " is not writable for " + user + "; it belongs to " + Files.getOwner(folder),
                        "Run as its owner, or name another folder with --data.");
    }

    private Finding mode() throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(data);
        String said = data + " is " + PosixFilePermissions.toString(mode) + ", owner " + Files.getOwner(data);
        return mode.stream().anyMatch(OTHERS::contains)
                ? Finding.warn(
                        "folder mode", said + ": others on this machine can see the feeds' data", "chmod 700 " + data)
                : Finding.ok("folder mode", said);
    }

    private Finding keys() throws IOException {
        Path keys = data.resolve("keys");
        if (!Files.exists(keys)) {
            return Finding.ok("keys", "none yet; `feedline up` makes them");
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(keys);
        String said = keys + " is " + PosixFilePermissions.toString(mode);
        if (mode.stream().anyMatch(OTHERS::contains)) {
            return Finding.fail("keys", said + ": others can read or change them", "chmod 600 " + keys);
        }
        if (!Files.isReadable(keys)) {
            return Finding.fail("keys", said + " and not readable for you", "Run as " + Files.getOwner(keys) + ".");
        }
        try {
            Keys.read(data);
        } catch (IOException e) {
            return Finding.fail(
                    "keys",
                    String.valueOf(e.getMessage()),
                    "Clients that have the old key pair need the restored one.");
        }
        return Finding.ok("keys", said);
    }

    private static Finding temporary() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Files.delete(Files.createTempFile(folder, "feedline-doctor", ".tmp"));
            return Finding.ok("temporary files", folder + " is writable");
        } catch (IOException e) {
            return Finding.fail(
                    "temporary files",
                    folder + " is not writable: " + e.getMessage(),
                    "Make it writable, or name another with FEEDLINE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR.");
        }
    }
}
