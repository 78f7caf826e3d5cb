package dev.feedline.app.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;
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
    private static final Path WRAPPER = Path.of(".mvn", "wrapper", "maven-wrapper.properties");
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(20);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);
    private static final int BLOCK = 64 * 1024;

    /// The genuine one. Whoever lets the Maven wrapper use a repository of their own gets the driver from there, too.
    ///
    /// @param home the checkout
    static DriverJar genuine(Path home) throws IOException {
        Properties wrapper = new Properties();
        Path file = home.resolve(WRAPPER);
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                wrapper.load(in);
            }
        }
        String maven = wrapper.getProperty("distributionUrl", "");
        int end = maven.indexOf("/org/apache/maven/");
        if (end < 0) {
            throw new IOException(
                    "Snowflake's driver comes from the repository that " + file + " names as distributionUrl,"
                            + " and it names none. Fetch " + GENUINE
                            + " in another way and name the file in the definition: warehouse.driver.");
        }
        return new DriverJar(
                URI.create(maven.substring(0, end) + "/net/snowflake/snowflake-jdbc/4.4.1/" + GENUINE),
                GENUINE_SIZE,
                GENUINE_SHA256);
    }

    String name() {
        return from.getPath().substring(from.getPath().lastIndexOf('/') + 1);
    }

    /// `$XDG_CACHE_HOME/feedline`, or `~/.cache/feedline`.
    static Path cacheFolder() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path folder = caches == null || caches.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        return folder.resolve("feedline").toAbsolutePath();
    }

    /// The jar in the folder; fetched when it is not there.
    ///
    /// @param telling told what takes time
    Path in(Path folder, Consumer<String> telling) throws IOException {
        Path jar = folder.resolve(name());
        // It got its name when its checksum was right; the size tells one that was cut since.
        if (Files.exists(jar) && Files.size(jar) == size) {
            return jar;
        }
        telling.accept("Fetching Snowflake's JDBC driver (" + size / 1_000_000 + " MB, once) from " + from + " …");
        Files.createDirectories(folder);
        Path arriving = Files.createTempFile(folder, "fetching-", ".jar");
        try {
            String found = fetch(arriving);
            if (!found.equals(sha256)) {
                throw new IOException("What " + from + " gave is not Snowflake's driver: its SHA-256 is " + found
                        + " and should be " + sha256 + "." + otherWay());
            }
            Files.move(arriving, jar, StandardCopyOption.ATOMIC_MOVE);
            return jar;
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    /// @return the SHA-256 of what arrived
    private String fetch(Path into) throws IOException {
        MessageDigest digest = digest();
        try (HttpClient http = HttpClient.newBuilder()
                        .connectTimeout(LONGEST_CONNECT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
                InputStream body = body(http);
                FileChannel out = FileChannel.open(into, StandardOpenOption.WRITE)) {
            byte[] block = new byte[BLOCK];
            long sum = 0;
            for (int read = body.read(block); read >= 0; read = body.read(block)) {
                sum += read;
                if (sum > size) {
                    throw new IOException("What " + from + " gives is longer than Snowflake's driver." + otherWay());
                }
                digest.update(block, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(block, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            out.force(true); // else a power cut could leave the name without the bytes
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private InputStream body(HttpClient http) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(from).timeout(LONGEST_ANSWER).GET().build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException(from + " answered HTTP " + response.statusCode()
                        + "; Snowflake's driver comes from there." + otherWay());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching " + from, e);
        } catch (java.net.ConnectException | java.net.http.HttpTimeoutException e) {
            throw new IOException(
                    "Snowflake's driver could not be fetched: " + from + " did not answer (" + e + ")." + otherWay(),
                    e);
        }
    }

    private String otherWay() {
        return " Fetch " + name() + " in another way and name the file in the definition: warehouse.driver.";
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
