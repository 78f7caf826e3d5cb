package dev.feedline.app.kills;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// When each durable trace of each file came to be, read from the stores of a server that has stopped.
///
/// What is dated before a kill was there at the kill: what had not been committed was made again later, with a later
/// date.
/// (A landing object that Firehose put again under its old name has the later date, too.)
final class Chronicle {
    private final Map<String, Instant> objects = new HashMap<>();
    private final Map<String, String> indexes = new HashMap<>();
    private final Map<String, Instant> loads = new HashMap<>();

    private Chronicle() {}

    static Chronicle read(Path data) throws IOException, SQLException {
        Chronicle chronicle = new Chronicle();
        chronicle.readObjects(data.resolve("s3").resolve("s3.db"));
        chronicle.readLoads(data.resolve("snowflake"));
        return chronicle;
    }

    /// How far the file was at that moment.
    ///
    /// @param fileId empty when no upload of the key was ever committed
    Stage stageOf(CustomerFile file, String fileId, Instant moment) {
        if (!allBefore(objects, List.of("feedline-source/" + file.key()), moment)) {
            return Stage.UPLOADING;
        }
        List<String> chunks = objectsUnder("feedline-landing/_feedline/chunks/" + file.feed() + "/" + fileId + "-");
        boolean recorded = !chunks.isEmpty() && allBefore(objects, chunks, moment);
        List<String> landing = landing(file.feed(), fileId);
        List<String> lake = objectsUnder("feedline-lake/data/" + file.feed() + "/" + fileId + "-");
        if (lake.isEmpty() || !allBefore(objects, lake, moment)) {
            if (recorded) {
                return !landing.isEmpty() && allBefore(objects, landing, moment) ? Stage.LANDED : Stage.RECORDED;
            }
            // Rows without a record are sent again and land once more: the first of them count.
            if (landing.stream().anyMatch(object -> allBefore(objects, List.of(object), moment))) {
                return Stage.LANDED_UNRECORDED;
            }
            boolean pinned = allBefore(
                    objects,
                    List.of("feedline-landing/_feedline/terms/" + file.feed() + "/" + fileId + ".json"),
                    moment);
            return pinned ? Stage.PINNED : Stage.UPLOADED;
        }
        if (!allBefore(loads, names(lake), moment)) {
            return Stage.IN_LAKE;
        }
        List<String> accounts = new ArrayList<>(List.of(fileId + ".json"));
        accounts.addAll(names(objectsUnder("feedline-landing/ops/quarantine/" + fileId + "-")));
        return allBefore(loads, accounts, moment) ? Stage.BALANCED : Stage.LOADED;
    }

    /// The landing objects with rows of the file.
    private List<String> landing(String feed, String fileId) {
        List<String> landing = new ArrayList<>();
        indexes.forEach((key, body) -> {
            if (key.startsWith("_feedline/index/" + feed + "/") && body.contains(fileId + "-")) {
                String name = key.substring(("_feedline/index/" + feed + "/").length(), key.lastIndexOf('.'));
                landing.add("feedline-landing/data/" + feed + "/" + name);
            }
        });
        return landing;
    }

    private List<String> objectsUnder(String prefix) {
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    private static List<String> names(List<String> keys) {
        return keys.stream().map(key -> key.substring(key.lastIndexOf('/') + 1)).toList();
    }

    private static boolean allBefore(Map<String, Instant> times, List<String> names, Instant moment) {
        return names.stream()
                .allMatch(name -> Optional.ofNullable(times.get(name))
                        .filter(time -> !time.isAfter(moment))
                        .isPresent());
    }

    private void readObjects(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT bucket, key, modified, body FROM version ORDER BY sequence DESC")) {
            while (rows.next()) {
                String key = new String(rows.getBytes(2), UTF_8);
                objects.put(rows.getString(1) + "/" + key, Instant.ofEpochMilli(rows.getLong(3)));
                if (key.startsWith("_feedline/index/")) {
                    indexes.put(key, new String(rows.getBytes(4), UTF_8));
                }
            }
        }
    }

    private void readLoads(Path folder) throws IOException, SQLException {
        List<Path> databases;
        try (Stream<Path> files = Files.list(folder)) {
            databases =
                    files.filter(file -> file.toString().endsWith(".duckdb")).toList();
        }
        for (Path database : databases) {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT file, epoch_ms(min(loaded_on)) FROM _load_history WHERE status = 'LOADED' GROUP BY file")) {
                while (rows.next()) {
                    String file = rows.getString(1);
                    loads.put(file.substring(file.lastIndexOf('/') + 1), Instant.ofEpochMilli(rows.getLong(2)));
                }
            }
        }
    }
}
