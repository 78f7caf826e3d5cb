package dev.feedline.feeds.definition;

import dev.feedline.feeds.definition.WarehouseChoice.Account;
import dev.feedline.feeds.definition.WarehouseChoice.Embedded;
import dev.feedline.feeds.definition.WarehouseChoice.KeyPair;
import dev.feedline.feeds.definition.WarehouseChoice.Login;
import dev.feedline.feeds.definition.WarehouseChoice.Password;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `warehouse:`.
final class WarehouseReader {
    private static final int HTTPS = 443;
    private static final int HIGHEST_PORT = 65_535;
    /// `orgname-account_name`, or a locator with its region and cloud: `xy12345.us-east-2.aws`.
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+){0,3}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,254}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,253}");

    private final YamlMap map;
    private final Path folder;
    private final StorageChoice storage;

    private WarehouseReader(YamlMap map, Path folder, StorageChoice storage) {
        this.map = map;
        this.folder = folder;
        this.storage = storage;
    }

    /// @param folder what paths begin in
    /// @param storage what the warehouse has to read
    static WarehouseChoice read(YamlMap map, Path folder, StorageChoice storage) {
        boolean account = map.choice("type", false, Map.of("duckdb", false, "snowflake", true));
        WarehouseChoice choice = account ? new WarehouseReader(map, folder, storage).account() : new Embedded();
        map.refuseUnknown();
        return choice;
    }

    private WarehouseChoice account() {
        String account = map.value("account", "", text -> matching(text, ACCOUNT, "an account's identifier"));
        String standard = account.isEmpty() ? "" : account + ".snowflakecomputing.com";
        String host = map.value("host", standard, text -> matching(text, HOST, "a host's name"));
        boolean ssl = map.choice("ssl", true, Map.of("on", true, "off", false));
        int port = map.value("port", HTTPS, WarehouseReader::port);
        String user = map.text("user", "");
        Optional<Login> login = login();
        Optional<String> role = name("role");
        Optional<String> warehouse = name("warehouse");
        Optional<String> integration = name("storage-integration");
        map.choice("database", "FEEDLINE", Map.of("FEEDLINE", "FEEDLINE"));
        Optional<Path> driver = Optional.of(map.text("driver", ""))
                .filter(text -> !text.isEmpty())
                .map(folder::resolve);
        if (host.isEmpty()) {
            map.reportMissing("warehouse: a Snowflake account needs 'account', or 'host' for another Feedline");
        }
        if (user.isEmpty()) {
            map.reportMissing("warehouse: a Snowflake account needs 'user'");
        }
        if (login.isEmpty() || host.isEmpty()) {
            return new Embedded();
        }
        // Another Feedline takes any account's name.
        String name = account.isEmpty() ? "FEEDLINE" : account;
        Account read = new Account(name, host, port, ssl, user, login.get(), role, warehouse, integration, driver);
        if (read.isOfSnowflake()) {
            requireReach(read);
        }
        return read;
    }

    /// Snowflake loads from AWS's S3, through an integration that its administrator has made.
    private void requireReach(Account account) {
        if (!account.ssl()) {
            map.report("ssl", "warehouse.ssl: Snowflake answers by TLS only; leave it on");
        }
        String key = map.has("host") && !map.has("account") ? "host" : "account";
        if (storage == StorageChoice.EMBEDDED) {
            map.report(
                    key,
                    "warehouse: the account " + account.account() + " can only load from AWS's S3, and services.s3 is"
                            + " embedded; the pipeline's lake on this machine is out of its reach. Write services:"
                            + " {s3: aws, sqs: aws}, name another Feedline (host, port, ssl: off), or leave out"
                            + " 'warehouse' for the embedded one");
        } else if (account.integration().isEmpty()) {
            map.report(
                    key,
                    "warehouse: the account " + account.account() + " reads the pipeline's buckets through a storage"
                            + " integration; name it: storage-integration: NAME (docs/aws.md says how it is made)");
        }
    }

    private Optional<Login> login() {
        Optional<Secret> password = secret("password");
        Optional<Secret> key = secret("private-key");
        Optional<Secret> passphrase = secret("private-key-passphrase");
        boolean bothOrNone = map.has("password") == map.has("private-key");
        if (bothOrNone) {
            map.reportMissing("warehouse: a Snowflake account needs either 'password' or 'private-key'");
            return Optional.empty();
        }
        if (passphrase.isPresent() && key.isEmpty()) {
            map.report("private-key-passphrase", "warehouse.private-key-passphrase is for a 'private-key'");
        }
        return password.<Login>map(Password::new).or(() -> key.map(one -> new KeyPair(one, passphrase)));
    }

    private Optional<Secret> secret(String key) {
        return map.value(key, Optional.empty(), text -> Optional.of(Secret.parse(text, folder)));
    }

    private Optional<String> name(String key) {
        return map.value(key, Optional.empty(), text -> Optional.of(matching(text, NAME, "a name in Snowflake")));
    }

    private static String matching(String text, Pattern pattern, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not " + what);
        }
        return text;
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a port is 1 to " + HIGHEST_PORT);
        }
        return port;
    }
}
