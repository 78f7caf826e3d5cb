package dev.feedline.sqs;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/// An embedded SQS in a folder; opening again without closing is a crash.
final class Workbench implements AutoCloseable {
    private final Path folder;
    private final InstantSource clock;
    private EmbeddedSqs service;

    Workbench(Path folder) throws IOException {
        this(folder, InstantSource.system());
    }

    Workbench(Path folder, InstantSource clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.service = open();
    }

    SqsClient client() {
        return EmbeddedClient.around(SqsClient.class, service);
    }

    void crash() throws IOException {
        service = open();
    }

    void endWaits() {
        service.endWaits();
    }

    @Override
    public void close() {
        service.close();
    }

    private EmbeddedSqs open() throws IOException {
        Ground ground =
                new Ground(new RealDisk(failure -> {}), clock, Ids.secure(), Account.LOCAL, new Bell(), failure -> {});
        return EmbeddedSqs.open(folder, ground, () -> URI.create("http://127.0.0.1:4566"));
    }
}
