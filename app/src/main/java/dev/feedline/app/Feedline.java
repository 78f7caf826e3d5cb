package dev.feedline.app;

import dev.feedline.feeds.definition.StorageChoice;
import dev.feedline.feeds.definition.WarehouseChoice;
import dev.feedline.feeds.deployment.Clients;
import dev.feedline.gateway.Gateway;
import dev.feedline.gateway.GatewaySettings;
import dev.feedline.gateway.Mounted;
import dev.feedline.gateway.RuntimeDoor;
import dev.feedline.gateway.SnowflakeDoor;
import dev.feedline.iam.AccessKeys;
import dev.feedline.kernel.Account;
import dev.feedline.kernel.DataFolder;
import dev.feedline.kernel.Disk;
import dev.feedline.kernel.RealDisk;
import dev.feedline.snowflake.EmbeddedSnowflake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;

/// A running Feedline: the services of the pipeline behind one port, the pipeline deployed on them, and the sweep.
///
/// It owns its data folder from start to close.
public final class Feedline implements AutoCloseable {
    public static final Account ACCOUNT = Account.LOCAL;

    private final Closing closing;
    private final Reach.Server server;
    private final Services services;
    private final WarehouseChoice warehouse;
    private final Optional<AwsClients> aws;

    private Feedline(
            Closing closing,
            Reach.Server server,
            Services services,
            WarehouseChoice warehouse,
            Optional<AwsClients> aws) {
        this.closing = closing;
        this.aws = aws;
        this.warehouse = warehouse;
        this.server = server;
        this.services = services;
    }

    /// Opens the data folder and serves; with the pipeline on, deploys the definition and works.
    ///
    /// @throws IOException when the folder is in use, or the port is taken
    public static Feedline start(FeedlineSettings settings) throws IOException {
        return start(settings, Rig.NONE);
    }

    /// @param rig what a test puts between the parts
    static Feedline start(FeedlineSettings settings, Rig rig) throws IOException {
        LoggerFactory.getILoggerFactory(); // before there are two threads: SLF4J prints a warning when both log first
        if (settings.definition().warehouse() instanceof WarehouseChoice.Embedded) {
            EmbeddedSnowflake.prepare();
        }
        Closing closing = new Closing();
        try {
            return start(settings, rig, closing);
        } catch (IOException | RuntimeException e) {
            closing.closeAfter(e);
            throw e;
        } catch (InterruptedException e) {
            closing.closeAfter(e);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    private static Feedline start(FeedlineSettings settings, Rig rig, Closing closing)
            throws IOException, InterruptedException {
        Disk disk = rig.disk(new RealDisk(settings.onFailure()::accept));
        DataFolder folder = closing.add(DataFolder.open(settings.data(), disk));
        AwsFile.requireSame(settings.definition().storage(), folder.path());
        Keys keys = Keys.readOrCreate(folder.path(), disk);
        AtomicReference<URI> endpoint = new AtomicReference<>();
        Optional<AwsClients> aws = settings.definition().storage() == StorageChoice.AWS
                ? Optional.of(closing.add(AwsClients.open(settings.aws())))
                : Optional.empty();
        Services services = Services.open(folder, disk, settings, rig, keys, endpoint::get, aws, closing);
        Gateway gateway = open(settings, keys, folder.at("results"), services, closing);
        endpoint.set(gateway.endpoint());
        // Functions' processes wait at the port for their next event; they go first, or the port would wait for them.
        closing.add(services::endProcesses);
        Reach.Server server = new Reach.Server(gateway.endpoint(), ACCOUNT.region(), keys);
        if (settings.pipeline()) {
            Pipeline.start(settings, services, closing.add(Reach.at(server)));
            if (rig.sweeps()) {
                closing.add(SweepLoop.start(
                        services.clients(), services.buckets(), services.clock(), settings.sweepEvery()));
            }
        }
        WarehouseChoice warehouse = settings.definition().warehouse();
        Optional<String> account =
                warehouse instanceof WarehouseChoice.Account of ? Optional.of(of.place()) : Optional.empty();
        new ServerFile(
                        ProcessHandle.current().pid(),
                        settings.host(),
                        gateway.port(),
                        Instant.now(),
                        aws.map(AwsClients::account),
                        account)
                .write(folder.path(), disk);
        Path data = folder.path();
        closing.add(() -> ServerFile.remove(data));
        return new Feedline(closing, server, services, warehouse, aws);
    }

    /// Where it serves, and with which keys.
    public Reach.Server server() {
        return server;
    }

    /// Where its rows go.
    public WarehouseChoice warehouse() {
        return warehouse;
    }

    /// AWS's buckets and queues, when the pipeline's are there.
    Optional<AwsClients> aws() {
        return aws;
    }

    /// The services as this process calls them, without HTTP.
    public Clients clients() {
        return services.clients();
    }

    /// Stops taking requests, lets what is under way come to a safe end, and gives the folder free.
    @Override
    public void close() {
        closing.close();
    }

    private static Gateway open(FeedlineSettings settings, Keys keys, Path results, Services services, Closing closing)
            throws IOException {
        AccessKeys ring = keys.ring();
        SnowflakeDoor snowflake = closing.add(
                new SnowflakeDoor(services::openSession, services.snowflakeUsers(keys), results, services.clock()));
        List<Mounted> mounted = services.mounted();
        return closing.add(Gateway.start(
                GatewaySettings.of(settings.host(), settings.port()),
                mounted,
                ring,
                List.of(snowflake, new RuntimeDoor(services.runtimeApi()))));
    }
}
