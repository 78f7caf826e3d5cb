package dev.feedline.app.doctor;

import java.util.List;

/// The Java that runs this command, which is the one a server started the same way gets.
final class JavaCheck {
    private static final int NEEDED = 25;
    private static final long SMALL_HEAP = 256L << 20;

    List<Finding> look() {
        long heap = Runtime.getRuntime().maxMemory();
        String said = Runtime.version() + " at " + System.getProperty("java.home") + ", heap up to " + (heap >> 20)
                + " MiB, " + Runtime.getRuntime().availableProcessors() + " processors";
        if (Runtime.version().feature() < NEEDED) {
            return List.of(Finding.fail("java", said, "Install a JDK " + NEEDED + "; ./feedline finds it by itself."));
        }
        return List.of(
                heap < SMALL_HEAP
                        ? Finding.warn("java", said, "Give it 256 MiB or more: FEEDLINE_JAVA_OPTIONS=-Xmx512m.")
                        : Finding.ok("java", said));
    }
}
