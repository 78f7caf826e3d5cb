package dev.feedline.app.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/// The folder itself, or the nearest one above it that exists: there it would be made.
final class Nearest {
    private Nearest() {}

    static Path existing(Path folder) {
        Path at = folder.toAbsolutePath().normalize();
        while (!Files.isDirectory(at)) {
            Path parent = at.getParent();
            if (parent == null) {
                return at;
            }
            at = parent;
        }
        return at;
    }
}
