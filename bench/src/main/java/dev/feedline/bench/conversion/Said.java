package dev.feedline.bench.conversion;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a command says.
final class Said {
    private Said() {}

    /// Nothing when there is no such command or it fails.
    static Optional<String> by(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said;
            try (var lines = process.inputReader()) {
                said = lines.lines().collect(Collectors.joining("\n"));
            }
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no such command on this machine
        }
    }
}
