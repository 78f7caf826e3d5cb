package dev.feedline.glue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The logs of runs, one folder for each run that printed something: `glue/runs/<run id>/` under the
/// data folder.
///
/// At most [#MOST] are kept, the oldest go first; each is at most 8 MiB.
public final class RunLogs {
    static final int MOST = 500;
    private static final Logger LOG = LoggerFactory.getLogger(RunLogs.class);
    private static final Pattern RUN = Pattern.compile("jr_[0-9a-f]{64}(_attempt_[0-9]{1,4})?");

    private final Path folder;

    private RunLogs(Path folder) {
        this.folder = folder;
    }

    /// @param glue Glue's folder
    public static RunLogs in(Path glue) {
        return new RunLogs(glue.resolve("runs"));
    }

    /// What has been printed since a place, the empty [Place] being the beginning.
    ///
    /// @return the place after it; where the beginning of what comes next is lost, reading goes on behind
    ///     the gap
    public Place copy(String run, Place from, OutputStream out) throws IOException {
        Place at = from;
        for (Path file : pieces(run)) {
            int piece = Integer.parseInt(String.valueOf(file.getFileName()).replace(".log", ""));
            if (piece >= at.piece()) {
                at = new Place(piece, copy(file, piece == at.piece() ? at.offset() : 0, out));
            }
        }
        return at;
    }

    /// How far a log has been read.
    public record Place(int piece, long offset) {
        public static final Place BEGIN = new Place(0, 0);
    }

    RunLog of(String run) {
        return new RunLog(folder.resolve(run));
    }

    /// Lets the oldest go, so that no more than [#MOST] are left.
    void prune() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            List<Path> oldestFirst;
            try (Stream<Path> all = Files.list(folder)) {
                oldestFirst = all.map(path -> new Aged(path, path.toFile().lastModified()))
                        .sorted(java.util.Comparator.comparingLong(Aged::modified))
                        .map(Aged::path)
                        .toList();
            }
            for (Path old : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - MOST))) {
                delete(old);
            }
        } catch (IOException e) {
            LOG.warn("Old logs in {} could not be let go", folder, e);
        }
    }

    private record Aged(Path path, long modified) {}

    void forget(List<String> runs) {
        for (String run : runs) {
            try {
                delete(folder.resolve(run));
            } catch (IOException e) {
                LOG.warn("The log of {} could not be let go", run, e);
            }
        }
    }

    private static void delete(Path log) throws IOException {
        if (!Files.isDirectory(log)) {
            return;
        }
        Folders.delete(log);
    }

    private List<Path> pieces(String run) throws IOException {
        if (!RUN.matcher(run).matches()) {
            throw new IOException(run + " is no run id");
        }
        Path log = folder.resolve(run);
        if (!Files.isDirectory(log)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(log)) {
            return all.sorted().toList();
        }
    }

    private static long copy(Path piece, long offset, OutputStream out) throws IOException {
        try (var in = Files.newInputStream(piece)) {
            in.skipNBytes(offset);
            return offset + in.transferTo(out);
        } catch (NoSuchFileException e) {
            return offset; // let go meanwhile
        }
    }
}
