package dev.feedline.s3;

import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import software.amazon.awssdk.services.s3.S3Client;

/// An embedded S3 in a folder, with targets that write down what they receive; closing and opening again is a restart.
final class Workbench implements AutoCloseable {
    final RecordingTargets targets = new RecordingTargets();
    private final Path folder;
    private final InstantSource clock;
    private EmbeddedS3 service;

    Workbench(Path folder) throws IOException {
        this(folder, InstantSource.system());
    }

    Workbench(Path folder, InstantSource clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.service = open();
    }

    EmbeddedS3 service() {
        return service;
    }

    S3Client client() {
        return EmbeddedClient.around(S3Client.class, service);
    }

    /// Opens the folder again without closing, as after a crash.
    void crash() throws IOException {
        service = open();
    }

    void restart() throws IOException {
        service.close();
        service = open();
    }

    @Override
    public void close() {
        service.close();
    }

    private EmbeddedS3 open() throws IOException {
        Ground ground =
                new Ground(new RealDisk(failure -> {}), clock, Ids.secure(), Account.LOCAL, new Bell(), failure -> {});
        return EmbeddedS3.open(folder, ground, targets.lambda(), targets.sqs());
    }
}
