package dev.feedline.app.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.feedline.feeds.definition.Secret;
import dev.feedline.feeds.definition.WarehouseChoice.Account;
import dev.feedline.feeds.definition.WarehouseChoice.KeyPair;
import dev.feedline.feeds.definition.WarehouseChoice.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;

/// What Snowflake's driver is told when it connects. It holds the secrets, which are read for each login and kept
/// nowhere.
final class AccountLogin {
    /// Of a login, in seconds; a plain-text server that is asked for TLS never answers.
    static final String LONGEST_LOGIN_SECONDS = "40";

    /// The session's parameters: what is read is in UTC and written out in full.
    private static final Map<String, String> SESSION = Map.of(
            "TIMEZONE", "UTC",
            "QUERY_TAG", "feedline",
            "JSON_INDENT", "0",
            "JDBC_QUERY_RESULT_FORMAT", "JSON", // Arrow would need --add-opens
            "CLIENT_SESSION_KEEP_ALIVE", "true",
            "CLIENT_TELEMETRY_ENABLED", "false",
            "TIME_OUTPUT_FORMAT", "HH24:MI:SS.FF9",
            "TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF9",
            "TIMESTAMP_LTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF9 TZHTZM",
            "TIMESTAMP_TZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF9 TZHTZM");

    private AccountLogin() {}

    static String url(Account account) {
        return "jdbc:snowflake://" + account.host() + ":" + account.port() + "/";
    }

    /// @throws IOException when a secret is not where the definition says
    static Properties of(Account account, Map<String, String> environment) throws IOException {
        Properties login = new Properties();
        SESSION.forEach(login::setProperty);
        login.setProperty("DATE_OUTPUT_FORMAT", "YYYY-MM-DD");
        login.setProperty("account", account.account());
        login.setProperty("user", account.user());
        login.setProperty("db", "FEEDLINE");
        login.setProperty("schema", "RAW");
        login.setProperty("application", "Feedline");
        login.setProperty("loginTimeout", LONGEST_LOGIN_SECONDS);
        login.setProperty("disablePlatformDetection", "true");
        account.role().ifPresent(role -> login.setProperty("role", role));
        account.warehouse().ifPresent(warehouse -> login.setProperty("warehouse", warehouse));
        if (!account.ssl()) {
            login.setProperty("ssl", "off");
        }
        switch (account.login()) {
            case Password(Secret password) ->
                login.setProperty("password", read(password, environment).strip());
            case KeyPair(Secret key, var passphrase) -> {
                String pem = read(key, environment);
                login.setProperty("private_key_base64", Base64.getEncoder().encodeToString(pem.getBytes(UTF_8)));
                if (passphrase.isPresent()) {
                    login.setProperty(
                            "private_key_pwd",
                            read(passphrase.get(), environment).strip());
                }
            }
        }
        return login;
    }

    private static String read(Secret secret, Map<String, String> environment) throws IOException {
        String found = switch (secret) {
            case Secret.OfEnvironment(String name) -> environment.getOrDefault(name, "");
            case Secret.OfFile(var path) -> {
                if (!Files.isReadable(path)) {
                    throw new IOException(
                            "The definition's " + secret + " cannot be read. Check the path and its rights.");
                }
                yield Files.readString(path);
            }
        };
        if (found.isBlank()) {
            throw new IOException("The definition's " + secret + " is empty. Set it where Feedline runs.");
        }
        return found;
    }
}
