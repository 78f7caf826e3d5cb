package dev.feedline.app.warehouse;

import dev.feedline.app.fetch.MavenRepository;
import dev.feedline.app.fetch.RemoteFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The jar of Snowflake's JDBC driver, fetched once into the user's cache folder, from where the build's Maven comes.
///
/// It is as large as Feedline itself and only a Snowflake account needs it, so it is no part of the distribution
/// (docs/decisions/0007-snowflake-driver.md). What arrives is taken only when it has the checksum that stands here.
///
/// @param size in bytes
/// @param sha256 in hex
record DriverJar(URI from, long size, String sha256) {
    static final String GENUINE = "snowflake-jdbc-4.4.1.jar";
    private static final long GENUINE_SIZE = 98_932_562;
    private static final String GENUINE_SHA256 = "cb225d78ac10336669797dfef8588cffb7e3dae689f14120935831b1f6ba2709";

    /// The genuine one.
    ///
    /// @param home the checkout
    static DriverJar genuine(Path home) throws IOException {
        try {
            MavenRepository repository = MavenRepository.of(home);
            return new DriverJar(
                    repository.at("net/snowflake/snowflake-jdbc/4.4.1/" + GENUINE), GENUINE_SIZE, GENUINE_SHA256);
        } catch (IOException e) {
            throw withOtherWay(GENUINE, e);
        }
    }

    String name() {
        return from.getPath().substring(from.getPath().lastIndexOf('/') + 1);
    }

    /// The jar in the folder; fetched when it is not there.
    ///
    /// @param telling told what takes time
    Path in(Path folder, Consumer<String> telling) throws IOException {
        Path jar = folder.resolve(name());
        RemoteFile remote = new RemoteFile("Snowflake's driver", from, size, sha256);
        if (remote.isAt(jar)) {
            return jar;
        }
        telling.accept("Fetching Snowflake's JDBC driver (" + size / 1_000_000 + " MB, once) from " + from + " …");
        Files.createDirectories(folder);
        try (HttpClient http = RemoteFile.client()) {
            remote.to(jar, http, arrived -> {});
            return jar;
        } catch (IOException e) {
            throw withOtherWay(name(), e);
        }
    }

    private static IOException withOtherWay(String jar, IOException cause) {
        return new IOException(
                cause.getMessage() + " Fetch " + jar
                        + " in another way and name the file in the definition: warehouse.driver.",
                cause);
    }
}
