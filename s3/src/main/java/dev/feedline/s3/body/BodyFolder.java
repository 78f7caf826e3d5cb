package dev.feedline.s3.body;

import dev.feedline.kernel.Disk;
import dev.feedline.kernel.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files that hold bodies: write-once, under generated names, spread over 256 folders.
///
/// A file belongs to the row that names it. One that no row names is what a crash or a failed put left behind, and
/// [#sweep] deletes it at start. A reader pins the files it reads; a pinned file that is removed goes when the last
/// pin does.
public final class BodyFolder {
    private static final Logger LOG = LoggerFactory.getLogger(BodyFolder.class);
    private static final String UNFINISHED = ".part";

    private final Path folder;
    private final Disk disk;
    private final Ids ids;
    private final Map<String, Integer> pins = new HashMap<>();
    private final Set<String> doomed = new HashSet<>();

    public BodyFolder(Path folder, Disk disk, Ids ids) {
        this.folder = folder;
        this.disk = disk;
        this.ids = ids;
    }

    /// A file being written: durable and under its name once [#finish] has returned.
    public final class Draft implements AutoCloseable {
        private final String name = ids.hex(32);
        private final Path unfinished = path(name + UNFINISHED);
        private final Disk.DiskFile file;
        private boolean finished;

        private Draft() throws IOException {
            Path parent = folder.resolve(name.substring(0, 2));
            disk.createDirectories(parent);
            this.file = disk.create(unfinished);
        }

        Disk.DiskFile file() {
            return file;
        }

        String finish() throws IOException {
            file.force();
            file.close();
            disk.rename(unfinished, path(name));
            finished = true;
            return name;
        }

        /// Deletes the file unless it was finished.
        @Override
        public void close() throws IOException {
            if (!finished) {
                file.close();
                disk.delete(unfinished);
            }
        }
    }

    Draft draft() throws IOException {
        return new Draft();
    }

    public Path path(String file) {
        return folder.resolve(file.substring(0, 2)).resolve(file);
    }

    Disk.DiskFile open(String file) throws IOException {
        return disk.open(path(file));
    }

    /// Pins the files so that they stay until [#unpin]; says false, and pins none, when one of them is not there.
    public synchronized boolean pin(Collection<String> files) {
        for (String file : files) {
            if (!disk.exists(path(file))) {
                return false;
            }
        }
        files.forEach(file -> pins.merge(file, 1, Integer::sum));
        return true;
    }

    public synchronized void unpin(Collection<String> files) {
        for (String file : files) {
            Integer left = pins.computeIfPresent(file, (name, count) -> count == 1 ? null : count - 1);
            if (left == null && doomed.remove(file)) {
                delete(file);
            }
        }
    }

    /// Deletes files that no row names any more, each at once or with its last pin.
    public synchronized void remove(Collection<String> files) {
        for (String file : files) {
            if (pins.containsKey(file)) {
                doomed.add(file);
            } else {
                delete(file);
            }
        }
    }

    /// Deletes every file for which `named` is false, and every unfinished one; for the start, before any put.
    ///
    /// @return how many went
    public int sweep(Predicate<String> named) throws IOException {
        disk.createDirectories(folder);
        int swept = 0;
        for (Path part : disk.list(folder)) {
            List<Path> files = Files.isDirectory(part) ? disk.list(part) : List.of();
            for (Path file : files) {
                if (!named.test(String.valueOf(file.getFileName()))) {
                    disk.delete(file);
                    swept++;
                }
            }
        }
        return swept;
    }

    private void delete(String file) {
        try {
            disk.delete(path(file));
        } catch (IOException e) {
            // The row is gone, so nothing is wrong but the space: the next start sweeps it.
            LOG.warn("The body file {} could not be deleted; it goes at the next start", path(file), e);
        }
    }
}
