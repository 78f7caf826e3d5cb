package dev.feedline.feeds.sim;

import dev.feedline.feeds.Names;
import dev.feedline.feeds.Warehouse;
import dev.feedline.testkit.InMemoryS3;
import dev.feedline.testkit.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Snowflake as far as the pipeline needs it: pipes that load an object's rows and its name in one transaction, and the
/// balance as DESIGN.md defines it.
final class SimWarehouse implements Warehouse {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final InMemoryS3 s3;
    private final Chaos chaos;
    private final Set<String> history = new HashSet<>();
    private final Map<String, List<SimLake.Loaded>> tables = new TreeMap<>();
    private final Map<String, JsonNode> receipts = new TreeMap<>();
    private final List<JsonNode> quarantine = new ArrayList<>();
    private boolean late;

    SimWarehouse(InMemoryS3 s3, Chaos chaos) {
        this.s3 = s3;
        this.chaos = chaos;
    }

    List<SimLake.Loaded> table(String feed) {
        return tables.getOrDefault(feed, List.of());
    }

    List<JsonNode> quarantine() {
        return quarantine;
    }

    /// From now on what is short counts as missing.
    void quarterOfAnHourLater() {
        late = true;
    }

    /// What a pipe does when it hears of an object.
    void load(String bucket, String key) {
        chaos.point("pipe load before");
        StoredObject object = s3.objects(bucket).stream()
                .filter(stored -> stored.key().equals(key))
                .findFirst()
                .orElseThrow();
        if (history.add(bucket + "/" + key)) {
            if (key.startsWith(Names.RECEIPTS)) {
                lines(object)
                        .forEach(line -> receipts.put(line.required("FILE_ID").asString(), line));
            } else if (key.startsWith(Names.QUARANTINE)) {
                quarantine.addAll(lines(object));
            } else {
                tables.computeIfAbsent(Names.feedOfLandingKey(key).orElseThrow(), feed -> new ArrayList<>())
                        .addAll(SimLake.read(object.bytes()));
            }
        }
        chaos.point("pipe load after");
    }

    @Override
    public void execute(String sql) {
        chaos.point("warehouse execute");
        String pipe = sql.substring("ALTER PIPE ".length(), sql.length() - " REFRESH".length());
        if (pipe.equals(Names.RECEIPTS_PIPE)) {
            loadAll("feedline-landing", Names.RECEIPTS);
        } else if (pipe.equals(Names.QUARANTINE_PIPE)) {
            loadAll("feedline-landing", Names.QUARANTINE);
        } else {
            String feed = pipe.substring("FEEDLINE.RAW.".length(), pipe.length() - "_PIPE".length())
                    .toLowerCase(java.util.Locale.ROOT);
            loadAll("feedline-lake", Names.lakePrefix(feed));
        }
    }

    private void loadAll(String bucket, String prefix) {
        s3.objects(bucket).stream()
                .map(StoredObject::key)
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> load(bucket, key));
    }

    @Override
    public List<Map<String, Object>> query(String sql) {
        chaos.point("warehouse query");
        if (!sql.contains("FROM FEEDLINE.OPS.BALANCE")) {
            throw new IllegalArgumentException("the simulated warehouse has one view: " + sql);
        }
        return receipts.values().stream().map(this::balance).toList();
    }

    private Map<String, Object> balance(JsonNode receipt) {
        String fileId = receipt.required("FILE_ID").asString();
        long received = receipt.required("RECEIVED").asLong();
        List<Long> rows = table(receipt.required("FEED").asString()).stream()
                .filter(row -> row.fileId().equals(fileId))
                .map(SimLake.Loaded::row)
                .toList();
        Set<Long> distinct = new HashSet<>(rows);
        Set<Long> bad = new HashSet<>();
        quarantine.stream()
                .filter(line -> line.required("FILE_ID").asString().equals(fileId))
                .forEach(line -> bad.add(line.required("ROW_NUMBER").asLong()));
        Map<String, Object> balance = new LinkedHashMap<>();
        for (String column : List.of("FEED", "BUCKET", "KEY", "VERSION", "FILE_ID")) {
            balance.put(column, receipt.required(column).asString());
        }
        balance.put("RECEIVED", received);
        balance.put("LOADED", (long) rows.size());
        balance.put("QUARANTINED", (long) bad.size());
        balance.put("STATE", state(receipt, received, rows, distinct, bad));
        return balance;
    }

    private String state(JsonNode receipt, long received, List<Long> rows, Set<Long> distinct, Set<Long> bad) {
        if (!receipt.required("STATE").asString().equals("INGESTED")) {
            return receipt.required("STATE").asString();
        }
        Set<Long> overlap = new HashSet<>(distinct);
        overlap.retainAll(bad);
        long accounted = rows.size() + (long) bad.size();
        if (rows.size() > distinct.size() || !overlap.isEmpty() || accounted > received) {
            return "UNBALANCED";
        }
        return accounted == received ? "BALANCED" : late ? "UNBALANCED" : "IN_FLIGHT";
    }

    private static List<JsonNode> lines(StoredObject object) {
        return new String(object.bytes(), StandardCharsets.UTF_8)
                .lines()
                .map(JSON::readTree)
                .toList();
    }
}
