package dev.feedline.snowflake.catalog;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// Virtual warehouses: stored and shown, without effect; the embedded warehouse is this process.
public final class Warehouses {
    private static final JsonMapper JSON = new JsonMapper();

    private final Ground ground;
    private final Store store;

    /// @param properties as written, e.g. `WAREHOUSE_SIZE`
    public record Stored(
            String name, boolean suspended, Map<String, String> properties, Instant createdOn, String comment) {}

    public Warehouses(Ground ground, Store store) {
        this.ground = ground;
        this.store = store;
    }

    public void create(String name, Map<String, String> properties, String comment) {
        put(new Stored(
                name,
                properties.getOrDefault("INITIALLY_SUSPENDED", "FALSE").equalsIgnoreCase("TRUE"),
                properties,
                ground.clock().instant(),
                comment));
    }

    public void put(Stored stored) {
        String json = JSON.writeValueAsString(new TreeMap<>(stored.properties()));
        store.write(tx -> tx.update(
                "INSERT OR REPLACE INTO warehouses (name, suspended, properties, created_on, comment)"
                        + " VALUES (?, ?, ?, ?, ?)",
                stored.name(),
                stored.suspended() ? 1L : 0L,
                json,
                stored.createdOn().toString(),
                stored.comment()));
    }

    public void drop(String name) {
        store.write(tx -> tx.update("DELETE FROM warehouses WHERE name = ?", name));
    }

    public Optional<Stored> find(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    @SuppressWarnings("unchecked")
    public List<Stored> all() {
        return store.read(tx -> tx.query(
                "SELECT name, suspended, properties, created_on, comment FROM warehouses ORDER BY name",
                row -> new Stored(
                        row.getString(1),
                        row.getLong(2) != 0,
                        (Map<String, String>) JSON.readValue(row.getString(3), TreeMap.class),
                        Instant.parse(row.getString(4)),
                        row.getString(5))));
    }
}
