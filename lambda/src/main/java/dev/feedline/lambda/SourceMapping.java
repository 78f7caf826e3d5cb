package dev.feedline.lambda;

import dev.feedline.kernel.SdkJson;
import dev.feedline.kernel.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

/// A mapping of a queue to a function as it is kept: its configuration as AWS shows it.
///
/// @param function the plain name of its function, with which it goes
record SourceMapping(String function, EventSourceMappingConfiguration configuration) {
    static final String ENABLED = "Enabled";
    static final String DISABLED = "Disabled";

    /// How many batches run at once when the mapping does not say: with so many pollers AWS begins.
    private static final int STANDARD_CONCURRENCY = 5;

    String uuid() {
        return configuration.uuid();
    }

    String queue() {
        return configuration.eventSourceArn();
    }

    boolean isEnabled() {
        return ENABLED.equals(configuration.state());
    }

    /// Whether the function's answer names the messages that it could not do, and no others.
    boolean reportsFailures() {
        return configuration.functionResponseTypes().contains(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
    }

    int concurrency() {
        return Optional.ofNullable(configuration.scalingConfig())
                .map(scaling -> scaling.maximumConcurrency())
                .orElse(STANDARD_CONCURRENCY);
    }

    static Optional<SourceMapping> find(Transaction tx, String uuid) throws SQLException {
        return tx.first("SELECT function, body FROM source_mapping WHERE uuid = ?", SourceMapping::read, uuid);
    }

    static Optional<SourceMapping> of(Transaction tx, String function, String queue) throws SQLException {
        return tx.first(
                "SELECT function, body FROM source_mapping WHERE function = ? AND queue = ?",
                SourceMapping::read,
                function,
                queue);
    }

    static List<SourceMapping> all(Transaction tx) throws SQLException {
        return tx.query("SELECT function, body FROM source_mapping ORDER BY uuid", SourceMapping::read);
    }

    void put(Transaction tx) throws SQLException {
        tx.update(
                "INSERT OR REPLACE INTO source_mapping (uuid, function, queue, body) VALUES (?, ?, ?, ?)",
                uuid(),
                function,
                queue(),
                SdkJson.write(configuration));
    }

    void delete(Transaction tx) throws SQLException {
        tx.update("DELETE FROM source_mapping WHERE uuid = ?", uuid());
    }

    private static SourceMapping read(ResultSet row) throws SQLException {
        return new SourceMapping(
                row.getString(1), SdkJson.read(row.getString(2), EventSourceMappingConfiguration.builder()));
    }
}
