package dev.feedline.app;

import dev.feedline.gateway.Gateway;
import dev.feedline.gateway.GatewaySettings;
import dev.feedline.gateway.Mounted;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.EmbeddedClient;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A few rooms behind a port of their own, without the rest of Feedline: for a contract suite that asks for jobs or
/// functions which the product does not have.
final class ServedRoom implements AutoCloseable {
    private final Closing closing = new Closing();
    private final Path folder;
    private final RealDisk disk = new RealDisk(ServedRoom::fail);
    private final Ground ground =
            new Ground(disk, InstantSource.system(), Ids.secure(), Feedline.ACCOUNT, new Bell(), ServedRoom::fail);

    ServedRoom(Path folder) {
        this.folder = folder;
    }

    Ground ground() {
        return ground;
    }

    Path at(String room) {
        return folder.resolve(room);
    }

    <C extends AutoCloseable> C add(C room) {
        return closing.add(room);
    }

    /// A service as it is mounted, behind the proxy that does what the wire cannot.
    static <C> Mounted mounted(String name, Class<C> service, C room) {
        return new Mounted(name, service, EmbeddedClient.around(service, room));
    }

    /// Serves them on a free port; the clients of the answer are genuine ones over HTTP.
    Reach serve(List<Mounted> rooms) throws IOException {
        Keys keys = Keys.readOrCreate(folder, disk);
        Gateway gateway = closing.add(
                Gateway.start(GatewaySettings.of(GatewaySettings.LOOPBACK, 0), rooms, keys.ring(), List.of()));
        return closing.add(Reach.at(new Reach.Server(gateway.endpoint(), Feedline.ACCOUNT.region(), keys)));
    }

    @Override
    public void close() {
        closing.close();
    }

    private static void fail(Exception failure) {
        throw new IllegalStateException(failure);
    }
}
