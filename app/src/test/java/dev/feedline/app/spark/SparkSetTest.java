package dev.feedline.app.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.feedline.app.fetch.MavenRepository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Spark is fetched once, whole or not at all, and a fetch that was cut goes on where it stopped.
class SparkSetTest {
    private final Map<String, String> served = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile int longestAnswer = Integer.MAX_VALUE;
    private ServerSocket server;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answerAll);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void itIsFetchedOnceAndThenFoundWithoutANetwork() throws Exception {
        SparkSet set = set("org.one:one:1.0", "org.two:two:2.0:linux");
        List<Path> jars = set.in(folder.resolve("cache"), folder.resolve("none"), this::repository, told::add);
        assertThat(jars)
                .extracting(Path::getFileName)
                .map(Path::toString)
                .containsExactly("one-1.0.jar", "two-2.0-linux.jar");
        assertThat(jars.get(0)).hasContent(served.get("/repo/org/one/one/1.0/one-1.0.jar"));
        assertThat(requests).hasSize(2);
        assertThat(told.getFirst()).contains("Fetching Apache Spark (2 jars").contains("once) from http://127.0.0.1");
        assertThat(told.getLast()).contains(" MB");
        server.close();
        assertThat(set.in(
                        folder.resolve("cache"),
                        folder.resolve("none"),
                        () -> {
                            throw new IOException("nobody asks");
                        },
                        told::add))
                .isEqualTo(jars);
    }

    @Test
    void whatMavenHasIsTakenFromThereWhenItIsTheSame() throws Exception {
        SparkSet set = set("org.one:one:1.0", "org.two:two:2.0");
        Path mavens = folder.resolve("m2");
        put(mavens, "org/one/one/1.0/one-1.0.jar", served.get("/repo/org/one/one/1.0/one-1.0.jar"));
        String two = served.get("/repo/org/two/two/2.0/two-2.0.jar");
        put(mavens, "org/two/two/2.0/two-2.0.jar", two.replace('j', 'k')); // as long, and another
        assertThat(set.in(folder.resolve("cache"), mavens, this::repository, told::add)
                        .get(1))
                .hasContent(two);
        assertThat(requests).singleElement().asString().contains("two-2.0.jar");
    }

    @Test
    void whatMavenFetchesIsToldOfAsItComes() throws Exception {
        SparkSet set = set("org.one:one:1.0", "org.two:two:2.0");
        Path mavens = folder.resolve("m2");
        SparkSet.Arrival arrival = set.arrival(mavens, told::add);
        assertThat(arrival.toCome()).contains("0 MB");
        arrival.look();
        assertThat(told).isEmpty();
        put(mavens, "org/two/two/2.0/two-2.0.jar", served.get("/repo/org/two/two/2.0/two-2.0.jar"));
        put(mavens, "org/one/one/1.0/one-1.0.jar", "the beginning of it");
        arrival.look();
        arrival.look();
        assertThat(told).containsExactly("Fetching Apache Spark: 0 of 0 MB"); // half of 10,000 bytes
        put(mavens, "org/one/one/1.0/one-1.0.jar", served.get("/repo/org/one/one/1.0/one-1.0.jar"));
        arrival.look();
        assertThat(told).hasSize(2);
        assertThat(set.arrival(mavens, told::add).toCome()).isEmpty();
    }

    @Test
    void aFetchThatWasCutGoesOnWhereItStopped() throws Exception {
        SparkSet set = set("org.one:one:1.0");
        longestAnswer = 1000;
        assertThatThrownBy(() -> set.in(folder, folder.resolve("none"), this::repository, told::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not be fetched")
                .hasMessageContaining("start it again to go on");
        longestAnswer = Integer.MAX_VALUE;
        Path jar = set.in(folder, folder.resolve("none"), this::repository, told::add)
                .getFirst();
        assertThat(jar).hasContent(served.get("/repo/org/one/one/1.0/one-1.0.jar"));
        assertThat(requests.getLast()).endsWith(" bytes=1000-");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatIsNotWhatItShouldBeIsNotTaken() throws Exception {
        SparkSet set = set("org.one:one:1.0");
        served.computeIfPresent("/repo/org/one/one/1.0/one-1.0.jar", (path, text) -> text.replace('j', 'k'));
        assertThatThrownBy(() -> set.in(folder, folder.resolve("none"), this::repository, told::add))
                .hasMessageContaining("is not org.one:one:1.0: its SHA-256 is");
        assertThat(folder).isEmptyDirectory();
        served.clear();
        assertThatThrownBy(() -> set.in(folder, folder.resolve("none"), this::repository, told::add))
                .hasMessageContaining("answered HTTP 404");
    }

    @Test
    void oursIsSparkAsGlueHasIt() throws Exception {
        assertThat(SparkSet.ours().jars())
                .extracting(SparkSet.Jar::name)
                .contains("spark-sql_2.13-4.1.1.jar", "scala-library-2.13.17.jar")
                .noneMatch(name -> name.startsWith("bundle-"));
        assertThat(SparkSet.ours().bytes()).isLessThan(300_000_000);
    }

    @Test
    void aJavaForItIsFoundOrAskedForByName() throws Exception {
        Path root = folder.resolve("root");
        Path home = folder.resolve("home");
        Path java26 = java(folder.resolve("ours"), "26");
        assertThatThrownBy(() -> SparkJava.find(Map.of(), home, root, java26))
                .hasMessageContaining("Java 17, 21 or 25 and none was found")
                .hasMessageContaining("FEEDLINE_SPARK_JAVA");
        Path java25 = java(folder.resolve("25"), "25.0.1");
        assertThat(SparkJava.find(Map.of(), home, root, java25).version()).isEqualTo(25);
        Path java21 = java(home.resolve(".sdkman/candidates/java/21-tem"), "21.0.4");
        assertThat(SparkJava.find(Map.of("JAVA_HOME", java25.toString()), home, root, java25)
                        .executable())
                .isEqualTo(java21.resolve("bin/java"));
        Path java17 = java(root.resolve("opt/jdk-17"), "17.0.15");
        assertThat(SparkJava.find(Map.of(), home, root, java25).version()).isEqualTo(17);
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("java"), java17.resolve("bin/java"));
        assertThat(SparkJava.find(Map.of("PATH", "/none:" + bin), folder.resolve("x"), folder.resolve("y"), java26)
                        .version())
                .isEqualTo(17);
        assertThat(SparkJava.find(Map.of("FEEDLINE_SPARK_JAVA", java21.toString()), home, root, java25)
                        .version())
                .isEqualTo(21);
        assertThatThrownBy(() -> SparkJava.find(Map.of("FEEDLINE_SPARK_JAVA", java26.toString()), home, root, java25))
                .hasMessageContaining("is Java 26; Spark needs 17, 21 or 25");
        assertThatThrownBy(() -> SparkJava.find(Map.of("FEEDLINE_SPARK_JAVA", "/none"), home, root, java25))
                .hasMessageContaining("names no Java");
    }

    private static Path java(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        assertThat(Files.createFile(folder.resolve("bin/java")).toFile().setExecutable(true))
                .isTrue();
        return folder;
    }

    /// Serves jars of 5,000 bytes and lists them.
    private SparkSet set(String... coordinates) throws Exception {
        List<SparkSet.Jar> jars = new java.util.ArrayList<>();
        for (String one : coordinates) {
            String text = ("jar " + one + " ").repeat(500).substring(0, 5000);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1)));
            SparkSet.Jar jar = new SparkSet.Jar(one, text.length(), sha256);
            served.put("/repo/" + jar.path(), text);
            jars.add(SparkSet.Jar.parse(jar.toString()));
        }
        return new SparkSet(jars);
    }

    private MavenRepository repository() {
        return new MavenRepository(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/repo/"));
    }

    private static void put(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void answerAll() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                answer(client);
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(Socket client) throws IOException {
        BufferedReader request = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        String path = request.readLine().split(" ")[1];
        int from = 0;
        for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("range: bytes=")) {
                from = Integer.parseInt(line.substring("range: bytes=".length(), line.length() - 1));
            }
        }
        requests.add(path + " bytes=" + from + "-");
        String body = served.get(path);
        String answer = body == null
                ? "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                : (from > 0 ? "HTTP/1.1 206 Partial Content" : "HTTP/1.1 200 OK")
                        + "\r\nConnection: close\r\n\r\n" // without a length: its end is the connection's
                        + body.substring(from, Math.min(body.length(), from + Math.min(body.length(), longestAnswer)));
        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }
}
