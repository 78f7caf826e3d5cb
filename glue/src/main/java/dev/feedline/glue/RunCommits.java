package dev.feedline.glue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// What jobs have committed of their bookmarks and the store does not have yet: a file for each run, which its
/// driver writes at `Job.commit()`.
///
/// A commit holds whatever ends the driver, or Feedline, after it; so the files are not in the drivers' folders,
/// of which nothing is kept.
///
/// @param folder of the files
record RunCommits(Path folder) {
    /// Where a run's driver writes, whole each time, by a rename.
    Path file(String runId) {
        return folder.resolve(runId + ".json");
    }

    /// The state of each context that a run has committed; empty when it has committed nothing.
    Map<String, String> of(String runId) throws IOException {
        Map<String, String> states = new TreeMap<>();
        DriverFile.read(file(runId), "What run " + runId + " has committed")
                .ifPresent(all -> all.forEachEntry((context, state) -> states.put(context, state.toString())));
        return states;
    }

    /// After the run's end is in the store.
    void forget(String runId) throws IOException {
        Files.deleteIfExists(file(runId));
    }

    /// After every run's end is in the store.
    void forgetAll() throws IOException {
        Folders.delete(folder);
    }
}
