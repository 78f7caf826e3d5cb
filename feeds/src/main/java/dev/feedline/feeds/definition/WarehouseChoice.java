package dev.feedline.feeds.definition;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Which warehouse the pipeline ends in.
public sealed interface WarehouseChoice {
    /// The one of this process, on DuckDB.
    record Embedded() implements WarehouseChoice {}

    /// A Snowflake account, reached by Snowflake's own JDBC driver; another Feedline counts as one.
    ///
    /// @param account its identifier, e.g. `myorg-orders`
    /// @param integration the storage integration through which it reads the pipeline's buckets
    /// @param driver the jar of Snowflake's driver; else it is fetched once
    record Account(
            String account,
            String host,
            int port,
            boolean ssl,
            String user,
            Login login,
            Optional<String> role,
            Optional<String> warehouse,
            Optional<String> integration,
            Optional<Path> driver)
            implements WarehouseChoice {
        /// Snowflake's own hosts, the one for China among them.
        public boolean isOfSnowflake() {
            String name = host.toLowerCase(Locale.ROOT);
            return name.endsWith(".snowflakecomputing.com") || name.endsWith(".snowflakecomputing.cn");
        }

        /// Where it is, as `server.json` and messages say it.
        public String place() {
            return host + ":" + port;
        }
    }

    /// How one logs in to an account.
    sealed interface Login {}

    record Password(Secret password) implements Login {}

    /// A private key in PKCS#8, as PEM, whose public key the user's `RSA_PUBLIC_KEY` is.
    ///
    /// @param passphrase of an encrypted key
    record KeyPair(Secret key, Optional<Secret> passphrase) implements Login {}
}
