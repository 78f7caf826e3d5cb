package dev.feedline.bench.conversion;

import java.util.ArrayList;
import java.util.List;

/// A command that has as many cores as threads, always the same ones.
final class PinnedCores {
    private PinnedCores() {}

    static List<String> command(int threads, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", threads == 1 ? "0" : "0-" + (threads - 1)));
        pinned.addAll(command);
        return pinned;
    }
}
