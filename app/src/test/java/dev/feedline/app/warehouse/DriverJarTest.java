package dev.feedline.app.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The driver is fetched once, and only what it should be is taken.
class DriverJarTest {
    /// SHA-256 of `abc`, from FIPS 180-2, appendix B.1.
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> told = new ArrayList<>();
    private volatile String answer = ok("abc");
    private ServerSocket server;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answerAll);
    }

    private void answerAll() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                BufferedReader request = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
                for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
                    line = request.readLine();
                }
                requests.incrementAndGet();
                client.getOutputStream().write(answer.getBytes(UTF_8));
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void itIsFetchedOnceAndThenFound() throws IOException {
        Path jar = jar().in(folder.resolve("cache"), told::add);
        assertThat(jar).hasFileName("driver-1.jar").hasContent("abc");
        assertThat(jar().in(folder.resolve("cache"), told::add)).isEqualTo(jar);
        assertThat(requests).hasValue(1);
        assertThat(told).singleElement().asString().contains("once) from http://127.0.0.1:");
        Files.writeString(jar, "ab"); // cut
        assertThat(jar().in(folder.resolve("cache"), told::add)).hasContent("abc");
        assertThat(requests).hasValue(2);
    }

    @Test
    void whatIsNotTheDriverIsNotTaken() throws IOException {
        answer = ok("abd");
        refused("its SHA-256 is a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9 and should be " + ABC);
        answer = ok("abcd");
        refused("is longer than Snowflake's driver");
        answer = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        refused("answered HTTP 404");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private void refused(String why) {
        assertThatThrownBy(() -> jar().in(folder, told::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("name the file in the definition: warehouse.driver");
    }

    @Test
    void theGenuineOneComesFromWhereTheBuildsMavenComesFrom() throws IOException {
        DriverJar genuine = DriverJar.genuine(Path.of(".."));
        assertThat(genuine.from()).hasScheme("https");
        assertThat(genuine.from().getPath()).endsWith("/net/snowflake/snowflake-jdbc/4.4.1/snowflake-jdbc-4.4.1.jar");
        assertThatThrownBy(() -> DriverJar.genuine(folder))
                .hasMessageContaining("distributionUrl")
                .hasMessageContaining("warehouse.driver");
    }

    private DriverJar jar() {
        return new DriverJar(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/driver-1.jar"), 3, ABC);
    }
}
