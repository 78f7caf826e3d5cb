package dev.feedline.gateway;

import static dev.feedline.gateway.SnowflakeDriverTest.one;
import static dev.feedline.gateway.SnowflakeDriverTest.query;
import static dev.feedline.gateway.SnowflakeDriverTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.snowflake.client.api.connection.SnowflakeConnection;
import net.snowflake.client.api.resultset.SnowflakeAsyncResultSet;
import net.snowflake.client.api.resultset.SnowflakeResultSet;
import net.snowflake.client.api.statement.SnowflakeStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Logins, tokens, long results, and statements that take long: the genuine JDBC drivers, and raw requests where a
/// driver cannot be made to misbehave.
@Timeout(120)
class SnowflakeSessionsTest {
    private static final String NUMBERS = "select * from (select seq8() n from table(generator(rowcount => %d)))";

    /// Some minutes of work.
    private static final String SLOW = "select sum(a.n * b.n) from (" + NUMBERS.formatted(2_000_000) + ") a, ("
            + NUMBERS.formatted(2_000_000) + ") b";

    private final JsonMapper json = new JsonMapper();
    private TestDoor door;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        door = new TestDoor(folder, settings -> settings.waiting(Duration.ofMillis(300)));
    }

    @AfterEach
    void stop() {
        door.close();
    }

    @ParameterizedTest
    @EnumSource
    void aLongResultComesInChunks(JdbcDriver driver) throws Exception {
        try (Connection connection = door.connect(driver)) {
            try (ResultSet rows =
                    query(connection, "select n, 'row ' || n from (" + NUMBERS.formatted(400_000) + ")")) {
                long sum = 0;
                long count = 0;
                while (rows.next()) {
                    sum += rows.getLong(1);
                    assertThat(rows.getString(2)).isEqualTo("row " + rows.getLong(1));
                    count++;
                }
                assertThat(count).isEqualTo(400_000);
                assertThat(sum).isEqualTo(399_999L * 400_000 / 2);
            }
            assertThat(files()).isEqualTo(1);
        }
        assertThat(files()).as("results go with their session").isZero();
    }

    @Test
    void resultsThatTakeTooMuchRoomAreRefused(@TempDir Path another) throws Exception {
        try (TestDoor small = new TestDoor(another, settings -> settings.resultBytes(1 << 20));
                Connection connection = small.connect(JdbcDriver.CURRENT)) {
            assertThatThrownBy(() -> query(connection, NUMBERS.formatted(1_000_000)))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(606));
            assertThat(Files.list(small.results).toList()).isEmpty();
            assertThat(one(connection, "select 1")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDriverAsksAgainForAStatementThatTakesLong(JdbcDriver driver) throws Exception {
        try (Connection connection = door.connect(driver)) {
            String slow = "select sum(a.n * b.n) from (" + NUMBERS.formatted(30_000) + ") a, ("
                    + NUMBERS.formatted(30_000) + ") b";
            assertThat(one(connection, slow)).isEqualTo("202486500225000000");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStatementIsCanceledFromAnotherThread(JdbcDriver driver) throws Exception {
        try (Connection connection = door.connect(driver);
                Statement statement = connection.createStatement()) {
            door.forgetStatements();
            CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.executeQuery(SLOW);
                    throw new AssertionError("it ended");
                } catch (SQLException e) {
                    return e;
                }
            });
            door.awaitStatement();
            statement.cancel();
            assertThat(failure.get(60, TimeUnit.SECONDS).getErrorCode()).isEqualTo(604);
            assertThat(one(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void anAbortMayOvertakeItsStatement() throws Exception {
        String token = logIn();
        UUID request = UUID.randomUUID();
        post("/queries/v1/abort-request", "{\"sqlText\":\"x\",\"requestId\":\"" + request + "\"}", token);
        JsonNode answer = post("/queries/v1/query-request?requestId=" + request, "{\"sqlText\":\"select 1\"}", token);
        assertThat(answer.path("code").asString()).isEqualTo("000604");
    }

    @Test
    void aStatementEndsWithItsTimeout() throws Exception {
        try (Connection connection = door.connect(JdbcDriver.CURRENT)) {
            run(connection, "alter session set statement_timeout_in_seconds = 1");
            assertThatThrownBy(() -> query(connection, SLOW))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(604));
            assertThat(one(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void anAsynchronousQueryIsAskedForLater() throws Exception {
        try (Connection connection = door.connect(JdbcDriver.CURRENT)) {
            String id;
            try (Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.unwrap(SnowflakeStatement.class).executeAsyncQuery(NUMBERS.formatted(150_000))) {
                id = rows.unwrap(SnowflakeResultSet.class).getQueryID();
                assertThat(one(connection, "select 'meanwhile'")).isEqualTo("meanwhile");
                assertThat(count(rows)).isEqualTo(150_000);
            }
            try (ResultSet again = connection.unwrap(SnowflakeConnection.class).createResultSet(id)) {
                assertThat(count(again)).isEqualTo(150_000);
            }
        }
    }

    @Test
    void aTemporaryTableThatIsCreatedAsynchronouslyIsTheSessions() throws Exception {
        try (Connection connection = door.connect(JdbcDriver.CURRENT);
                Statement statement = connection.createStatement()) {
            run(connection, "create or replace database shared");
            try (ResultSet created = statement
                    .unwrap(SnowflakeStatement.class)
                    .executeAsyncQuery("create temporary table late as select 7 a")) {
                assertThat(created.next()).isTrue();
            }
            assertThat(one(connection, "select a from late")).isEqualTo("7");
        }
    }

    @Test
    void anAsynchronousStatementWithoutAutocommitIsOfTheSessionsTransaction() throws Exception {
        try (Connection connection = door.connect(JdbcDriver.CURRENT);
                Statement statement = connection.createStatement()) {
            run(connection, "create or replace database shared");
            run(connection, "create table kept (a int)");
            connection.setAutoCommit(false);
            try (ResultSet inserted =
                    statement.unwrap(SnowflakeStatement.class).executeAsyncQuery("insert into kept values (7)")) {
                assertThat(inserted.next()).isTrue();
            }
            assertThat(one(connection, "select a from kept")).isEqualTo("7");
            connection.rollback();
            assertThat(one(connection, "select count(*) from kept")).isEqualTo("0");
        }
    }

    @Test
    void anAsynchronousQueryReadsTheSessionsOwnTable() throws Exception {
        try (Connection connection = door.connect(JdbcDriver.CURRENT);
                Connection another = door.connect(JdbcDriver.CURRENT);
                Statement statement = connection.createStatement()) {
            run(connection, "create or replace database shared");
            run(connection, "create temporary table mine as select 7 a");
            try (ResultSet rows =
                    statement.unwrap(SnowflakeStatement.class).executeAsyncQuery("select a from shared.public.mine")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
            assertThatThrownBy(() -> one(another, "select a from shared.public.mine"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(2003));
        }
    }

    @Test
    void anAsynchronousQuerysErrorIsAskedForLater() throws Exception {
        try (Connection connection = door.connect(JdbcDriver.CURRENT);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.unwrap(SnowflakeStatement.class).executeAsyncQuery("select 'x'::int")) {
            assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
            assertThat(rows.unwrap(SnowflakeAsyncResultSet.class).getStatus().getErrorMessage())
                    .contains("'x'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredTokenIsRenewed(JdbcDriver driver) throws Exception {
        try (Connection connection = door.connect(driver)) {
            run(connection, "create or replace database kept");
            door.advance(Duration.ofMinutes(61));
            assertThat(one(connection, "select current_database()")).isEqualTo("KEPT");
            door.advance(Duration.ofMinutes(30));
            assertThat(connection.isValid(10)).isTrue();
            door.advance(Duration.ofHours(5));
            assertThatThrownBy(() -> one(connection, "select 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(390114));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyPairLogsIn(JdbcDriver driver) throws Exception {
        KeyPair pair = keyPair();
        assertThatThrownBy(() -> logIn(driver, pair))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(390144));
        try (Connection connection = door.connect(driver)) {
            run(
                    connection,
                    "alter user feedline set rsa_public_key = '"
                            + Base64.getEncoder()
                                    .encodeToString(pair.getPublic().getEncoded()) + "'");
        }
        try (Connection connection = logIn(driver, pair)) {
            assertThat(one(connection, "select current_user()")).isEqualTo("FEEDLINE");
            assertThatThrownBy(() -> logIn(driver, keyPair())).isInstanceOf(SQLException.class);
            run(connection, "alter user feedline unset rsa_public_key");
        }
        assertThatThrownBy(() -> logIn(driver, pair)).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasswordIsRefused(JdbcDriver driver) {
        assertThatThrownBy(() -> door.connect(driver, "password", "guess"))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(390100);
                    assertThat(e.getSQLState()).isEqualTo("08001");
                });
        assertThatThrownBy(() -> door.connect(driver, "authenticator", "oauth", "token", "t"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("OAUTH is not supported");
    }

    @Test
    void aLoginThatIsNoJsonIsRefused() throws Exception {
        for (String body : new String[] {"", "user=FEEDLINE", "[]", "{\"data\":1}"}) {
            JsonNode answer = post("/session/v1/login-request", body, "");
            assertThat(answer.path("success").asBoolean()).isFalse();
            assertThat(answer.path("code").asString()).isEqualTo("390400");
        }
    }

    @Test
    void aRequestThatIsSentAgainRunsOnce() throws Exception {
        String token = logIn();
        statement(token, UUID.randomUUID(), "create database once");
        statement(token, UUID.randomUUID(), "create table t (a int)");
        UUID request = UUID.randomUUID();
        String first = statement(token, request, "insert into t values (1)")
                .path("queryId")
                .asString();
        assertThat(statement(token, request, "insert into t values (1)")
                        .path("queryId")
                        .asString())
                .isEqualTo(first);
        assertThat(statement(token, UUID.randomUUID(), "select count(*) from t")
                        .path("rowset")
                        .path(0)
                        .path(0)
                        .asString())
                .isEqualTo("1");
        assertThat(post("/session/heartbeat", "", "nonsense").path("code").asString())
                .isEqualTo("390111");
        assertThat(post("/queries/v1/query-request", "no json", token)
                        .path("code")
                        .asString())
                .isEqualTo("390400");
    }

    @Test
    void nobodyGuessesAChunk() throws Exception {
        try (Connection connection = door.connect(JdbcDriver.CURRENT)) {
            query(connection, NUMBERS.formatted(400_000));
            String file = Files.list(door.results)
                    .findFirst()
                    .orElseThrow()
                    .getFileName()
                    .toString();
            assertThat(get("/queries/chunks/" + file + "/0")).isEqualTo(200);
            assertThat(get("/queries/chunks/" + file + "/99")).isEqualTo(404);
            assertThat(get("/queries/chunks/" + file.replace(file.charAt(5), '0') + "x/0"))
                    .isEqualTo(404);
            assertThat(get("/queries/chunks/../results/" + file)).isEqualTo(404);
        }
    }

    private String logIn() throws Exception {
        String login = "{\"data\":{\"LOGIN_NAME\":\"feedline\",\"PASSWORD\":\"open sesame\"}}";
        return post("/session/v1/login-request", login, "")
                .path("data")
                .path("token")
                .asString();
    }

    private Connection logIn(JdbcDriver driver, KeyPair pair) throws SQLException, IOException {
        Path key = Files.createTempFile("key", ".p8");
        try {
            Files.writeString(
                    key,
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(pair.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
            return door.connect(driver, "password", "", "private_key_file", key.toString(), "account", "feedline");
        } finally {
            Files.delete(key);
        }
    }

    private static KeyPair keyPair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private JsonNode statement(String token, UUID request, String sql) throws Exception {
        JsonNode answer = post(
                "/queries/v1/query-request?requestId=" + request,
                json.createObjectNode().put("sqlText", sql).toString(),
                token);
        assertThat(answer.path("success").asBoolean()).as(answer.toString()).isTrue();
        return answer.path("data");
    }

    private JsonNode post(String path, String body, String token) throws Exception {
        HttpURLConnection request = open(path);
        request.setDoOutput(true);
        if (!token.isEmpty()) {
            request.setRequestProperty("Authorization", "Snowflake Token=\"" + token + "\"");
        }
        try (OutputStream out = request.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return json.readTree(request.getInputStream());
    }

    private int get(String path) throws Exception {
        return open(path).getResponseCode();
    }

    private HttpURLConnection open(String path) throws Exception {
        return (HttpURLConnection) door.endpoint().resolve(path).toURL().openConnection();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(door.results)) {
            return files.count();
        }
    }

    private static long count(ResultSet rows) throws SQLException {
        long count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }
}
