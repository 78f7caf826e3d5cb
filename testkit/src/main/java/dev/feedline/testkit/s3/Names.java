package dev.feedline.testkit.s3;

import java.util.UUID;

/// Names that no other test uses, so that suites can share a server.
final class Names {
    private Names() {}

    static String fresh(String what) {
        return "feedline-test-" + what + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
