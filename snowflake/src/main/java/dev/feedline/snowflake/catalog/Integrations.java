package dev.feedline.snowflake.catalog;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// Storage integrations: stored and shown; the embedded stages reach S3 without them.
public final class Integrations {
    private static final JsonMapper JSON = new JsonMapper();

    private final Ground ground;
    private final Store store;

    /// @param properties as the CREATE statement wrote them
    public record Integration(String name, Map<String, String> properties, Instant createdOn, String comment) {}

    public Integrations(Ground ground, Store store) {
        this.ground = ground;
        this.store = store;
    }

    public void put(String name, Map<String, String> properties, String comment) {
        String json = JSON.writeValueAsString(new TreeMap<>(properties));
        String now = ground.clock().instant().toString();
        store.write(tx -> tx.update(
                "INSERT OR REPLACE INTO integrations (name, properties, created_on, comment) VALUES (?, ?, ?, ?)",
                name,
                json,
                now,
                comment));
    }

    public void alter(String name, Map<String, String> properties, String comment) {
        String json = JSON.writeValueAsString(new TreeMap<>(properties));
        store.write(tx ->
                tx.update("UPDATE integrations SET properties = ?, comment = ? WHERE name = ?", json, comment, name));
    }

    public void setComment(String name, String comment) {
        store.write(tx -> tx.update("UPDATE integrations SET comment = ? WHERE name = ?", comment, name));
    }

    public void drop(String name) {
        store.write(tx -> tx.update("DELETE FROM integrations WHERE name = ?", name));
    }

    public Optional<Integration> find(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    @SuppressWarnings("unchecked")
    public List<Integration> all() {
        return store.read(tx -> tx.query(
                "SELECT name, properties, created_on, comment FROM integrations ORDER BY name",
                row -> new Integration(
                        row.getString(1),
                        (Map<String, String>) JSON.readValue(row.getString(2), TreeMap.class),
                        Instant.parse(row.getString(3)),
                        row.getString(4))));
    }
}
