package dev.feedline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients send as passwords and keys is in no log of the server, right or wrong, understood or not.
@Tag("proof")
class SecretsProofTest {
    private static final String SECRET = "Geheim-7f3a";

    @Test
    void noLogHasAPasswordOrAKey(@TempDir Path temp) throws Exception {
        Path definition = Files.writeString(temp.resolve("feedline.yaml"), "feeds: { orders: {} }\n");
        try (ServerProcess server = ServerProcess.start(temp.resolve("data"), definition);
                HttpClient http = HttpClient.newHttpClient();
                Reach reach = server.reach()) {
            URI endpoint = reach.server().endpoint();
            List<Integer> answers = new ArrayList<>();
            for (String body : List.of(
                    "{\"data\":{\"ACCOUNT_NAME\":\"feedline\",\"LOGIN_NAME\":\"FEEDLINE\",\"PASSWORD\":\"" + SECRET
                            + "\"}}",
                    "{\"data\":{\"PASSWORD\":\"" + SECRET + "\"",
                    "{\"data\":{\"LOGIN_NAME\":\"" + SECRET + "\",\"AUTHENTICATOR\":\"SNOWFLAKE_JWT\",\"TOKEN\":\""
                            + SECRET + "\"}}")) {
                HttpRequest login = HttpRequest.newBuilder(endpoint.resolve("/session/v1/login-request"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + SECRET)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                answers.add(http.send(login, BodyHandlers.ofString()).statusCode());
            }
            List<Optional<Throwable>> refusals = new ArrayList<>();
            ClientWarehouse warehouse = new ClientWarehouse(reach.warehouse());
            for (String sql : List.of(
                    "create user u password = '" + SECRET + "'",
                    "alter user feedline set password = '" + SECRET + "' nonsense",
                    "create stage s url = 's3://orders/' credentials = (aws_key_id = 'k' aws_secret_key = '" + SECRET
                            + "')")) {
                // Taken or refused: neither may be written down.
                refusals.add(Optional.ofNullable(catchThrowable(() -> warehouse.execute(sql))));
            }
            HttpRequest unsigned = HttpRequest.newBuilder(endpoint.resolve("/bucket/key?X-Amz-Signature=" + SECRET))
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + SECRET)
                    .build();
            answers.add(http.send(unsigned, BodyHandlers.ofString()).statusCode());
            server.close();
            assertThat(answers).hasSize(4);
            assertThat(refusals).as("one at least is refused").anyMatch(Optional::isPresent);
            assertThat(Files.readString(server.log())).as("the server's log").doesNotContain(SECRET);
            assertThat(logs(temp.resolve("data")))
                    .allSatisfy((log, text) -> assertThat(text).as(log).doesNotContain(SECRET));
        }
    }

    /// Files of the folder that are logs by their name.
    private static Map<String, String> logs(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            Map<String, String> logs = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".log"))
                    .toList()) {
                logs.put(file.toString(), new String(Files.readAllBytes(file), UTF_8));
            }
            return logs;
        }
    }
}
