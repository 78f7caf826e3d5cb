package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import tools.jackson.databind.json.JsonMapper;

/// One script, run by the genuine JDBC drivers 4.x and 3.x and by the npm driver, with the same answers.
@Tag("proof")
class SnowflakeDriversProofTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private TestingFeedline feedline;
    private SnowflakeScript script;

    @BeforeEach
    void start() throws Exception {
        script = SnowflakeScript.read();
        feedline = TestingFeedline.start(folder.resolve("data"), "feeds: {}\n");
        feedline.s3().createBucket(request -> request.bucket("script-lake"));
        put("data/copied/1.jsonl", """
                {"id":1,"customer":"ann","amount":10.50,"tags":{"kind":"book","sizes":[3,5]},"placed":"2026-01-02T03:04:05"}
                {"id":2,"customer":"bob","amount":7.25,"tags":null,"placed":"2026-01-02T04:00:00"}
                {"id":3,"customer":"ann","amount":0.99,"tags":{"kind":"pen"},"placed":"2026-01-03T00:00:00"}
                """);
        put("data/piped/2.jsonl", """
                {"id":11,"customer":"eve","amount":1.10}
                {"id":12,"customer":"dan","amount":2.20}
                """);
    }

    @AfterEach
    void stop() {
        feedline.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snowflake-jdbc-4.jar", "snowflake-jdbc-3.jar"})
    void jdbc(String jar) throws Exception {
        Path path = Path.of("target", "drivers", jar);
        assertThat(path).exists();
        // Never closed: the driver makes its Bouncy Castle a provider of the whole process.
        URLClassLoader loader =
                new URLClassLoader(new URL[] {path.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Driver driver = (Driver) loader.loadClass("net.snowflake.client.jdbc.SnowflakeDriver")
                .getDeclaredConstructor()
                .newInstance();
        Properties login = new Properties();
        login.setProperty("user", keys().snowflakeUser());
        login.setProperty("password", keys().snowflakePassword());
        login.setProperty("ssl", "off");
        login.setProperty("disablePlatformDetection", "true");
        try (Connection connection = driver.connect("jdbc:snowflake://127.0.0.1:" + port() + "/", login)) {
            for (SnowflakeScript.Step step : script.steps()) {
                assertThat(answer(connection, step)).as(step.sql()).isEqualTo(step.rows());
            }
        }
    }

    @Test
    void npm() throws Exception {
        Path modules = Path.of(Optional.ofNullable(System.getenv("FEEDLINE_NODE_MODULES"))
                .orElse(System.getProperty("user.home") + "/.cache/feedline-ci/snowflake-sdk/node_modules"));
        assertThat(modules.resolve("snowflake-sdk"))
                .as("the npm driver; `.ci/run` installs it there")
                .exists();
        Path run = Files.writeString(folder.resolve("run.js"), SnowflakeScript.text("run.js"));
        List<Map<String, Object>> steps = new ArrayList<>();
        for (SnowflakeScript.Step step : script.steps()) {
            steps.add(step.awaited() ? Map.of("sql", step.sql(), "awaited", step.rows()) : Map.of("sql", step.sql()));
        }
        Path statements = Files.writeString(folder.resolve("statements.json"), JSON.writeValueAsString(steps));
        Path output = folder.resolve("output.txt");
        ProcessBuilder node = new ProcessBuilder(
                        "node",
                        run.toString(),
                        Integer.toString(port()),
                        keys().snowflakeUser(),
                        keys().snowflakePassword(),
                        statements.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        node.environment().put("NODE_PATH", modules.toString());
        Process process = node.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("node ended").isTrue();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        String answers = said.lines()
                .filter(line -> line.startsWith("ANSWERS "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
        var got = JSON.readTree(answers.substring("ANSWERS ".length()));
        for (int i = 0; i < script.steps().size(); i++) {
            SnowflakeScript.Step step = script.steps().get(i);
            List<String> rows = new ArrayList<>();
            got.path(i).path("rows").forEach(row -> rows.add(row.asString()));
            if (step.fails()) {
                rows.add(got.path(i).path("error").asString());
            }
            assertThat(rows).as(step.sql()).isEqualTo(step.rows());
        }
    }

    private static List<String> answer(Connection connection, SnowflakeScript.Step step) {
        List<String> rows = once(connection, step);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (step.awaited() && !rows.equals(step.rows()) && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000_000);
            rows = once(connection, step);
        }
        return rows;
    }

    private static List<String> once(Connection connection, SnowflakeScript.Step step) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(step.sql())) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        } catch (SQLException e) {
            return List.of(step.fails() ? String.format("%06d", e.getErrorCode()) : e.toString());
        }
    }

    private void put(String key, String text) {
        feedline.s3().putObject(request -> request.bucket("script-lake").key(key), RequestBody.fromString(text));
    }

    private Keys keys() {
        return feedline.feedline().server().keys();
    }

    private int port() {
        return feedline.feedline().server().endpoint().getPort();
    }
}
