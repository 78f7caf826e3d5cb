package dev.feedline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.feedline.gateway.snowflake.ProtocolSettings;
import dev.feedline.kernel.Account;
import dev.feedline.kernel.Bell;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Ids;
import dev.feedline.kernel.LocalBodies;
import dev.feedline.kernel.RealDisk;
import dev.feedline.snowflake.EmbeddedSnowflake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.S3Client;

/// A warehouse without stages behind the gateway, and genuine drivers to reach it.
final class TestDoor implements AutoCloseable {
    static final String USER = "FEEDLINE";
    static final String PASSWORD = "open sesame";

    final Path results;
    final EmbeddedSnowflake warehouse;
    private final SnowflakeDoor door;
    private final Gateway gateway;
    private final Semaphore statements = new Semaphore(0);
    private volatile Duration ahead = Duration.ZERO;

    TestDoor(Path folder) throws IOException {
        this(folder, settings -> settings);
    }

    TestDoor(Path folder, UnaryOperator<ProtocolSettings> changes) throws IOException {
        InstantSource clock = () -> Instant.now().plus(ahead);
        Ground ground =
                new Ground(new RealDisk(failure -> {}), clock, Ids.secure(), Account.LOCAL, new Bell(), failure -> {});
        results = folder.resolve("results");
        warehouse = EmbeddedSnowflake.open(
                folder.resolve("snowflake"), ground, new NoS3(), new FakeSqs(), LocalBodies.NONE);
        door = new SnowflakeDoor(warehouse::openSession, users(), changes.apply(ProtocolSettings.of(results, clock)));
        gateway = Gateway.start(
                GatewaySettings.of("127.0.0.1", 0), List.of(), id -> Optional.empty(), List.of(counted()));
    }

    /// The door, with a bell at its entrance.
    private Door counted() {
        return new Door() {
            @Override
            public List<String> paths() {
                return door.paths();
            }

            @Override
            public void serve(Exchange exchange) throws IOException, InterruptedException {
                if (exchange.head().path().equals("/queries/v1/query-request")) {
                    statements.release();
                }
                door.serve(exchange);
            }
        };
    }

    /// Waits until a statement has come since the last call.
    void awaitStatement() throws InterruptedException {
        assertThat(statements.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        statements.drainPermits();
    }

    void forgetStatements() {
        statements.drainPermits();
    }

    private SnowflakeUsers users() {
        return new SnowflakeUsers() {
            @Override
            public boolean accepts(String user, String password) {
                return user.equalsIgnoreCase(USER) && password.equals(PASSWORD);
            }

            @Override
            public List<PublicKey> publicKeys(String user) {
                return warehouse.publicKeys(user);
            }
        };
    }

    private static final class NoS3 implements S3Client {
        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }

    URI endpoint() {
        return gateway.endpoint();
    }

    /// What users write to reach it: host, port and `ssl=off`.
    String url() {
        return "jdbc:snowflake://127.0.0.1:" + gateway.port() + "/";
    }

    Connection connect(JdbcDriver driver, String... settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return driver.connect(url(), properties);
    }

    /// The clock of the door and of the warehouse goes this far ahead.
    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public void close() {
        gateway.close();
        door.close();
        warehouse.close();
    }
}
