package dev.feedline.lambda;

import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/// A function as it is kept: its configuration as AWS shows it, and where its code is.
///
/// @param code the name of its zip in the code folder, empty for a built-in function without one
record Function(FunctionConfiguration configuration, String code) {
    static final String BUILT_IN = "feedline:builtin/";

    String name() {
        return configuration.functionName();
    }

    String arn() {
        return configuration.functionArn();
    }

    Duration timeout() {
        return Duration.ofSeconds(configuration.timeout());
    }

    boolean isBuiltIn() {
        return configuration.handler() != null && configuration.handler().startsWith(BUILT_IN);
    }

    /// The name of the built-in function, `ingest` of `feedline:builtin/ingest`.
    String builtInName() {
        return configuration.handler().substring(BUILT_IN.length());
    }

    static Optional<Function> find(Transaction tx, String name) throws SQLException {
        return tx.first("SELECT body, code FROM function WHERE name = ?", Function::read, name);
    }

    static Function existing(Transaction tx, FunctionName name, dev.feedline.kernel.Account account)
            throws SQLException {
        return find(tx, name.name()).orElseThrow(() -> FunctionName.notFound(name.arn(account)));
    }

    static List<Function> after(Transaction tx, String name, int limit) throws SQLException {
        return tx.query(
                "SELECT body, code FROM function WHERE name > ? ORDER BY name LIMIT ?", Function::read, name, limit);
    }

    void insert(Transaction tx) throws SQLException {
        tx.update(
                "INSERT INTO function (name, code, body) VALUES (?, ?, ?)", name(), code, SdkJson.write(configuration));
    }

    void update(Transaction tx) throws SQLException {
        tx.update("UPDATE function SET code = ?, body = ? WHERE name = ?", code, SdkJson.write(configuration), name());
    }

    private static Function read(java.sql.ResultSet row) throws SQLException {
        return new Function(SdkJson.read(row.getString(1), FunctionConfiguration.builder()), row.getString(2));
    }
}
