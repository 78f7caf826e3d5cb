package dev.feedline.app.story;

import dev.feedline.convert.Keys;
import dev.feedline.feeds.FileState;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where in the landing bucket a file's rows are, told from the job's index objects.
///
/// @param objects landing objects that hold rows of the file
/// @param rows good rows by chunk, repeats included
/// @param note why it may not be all
record LandedRows(Listing objects, Map<Long, Long> rows, String note) {
    /// A busy feed has many landing objects; beyond so many an answer would take too long.
    private static final int MOST_INDEXES = 2000;

    private static final JsonMapper JSON = new JsonMapper();
    /// Firehose puts a delivery's UTC hour into its key.
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH").withZone(ZoneOffset.UTC);

    /// @param until when the file's last lake object was written; null while one may still be missing
    static LandedRows of(S3Client s3, String bucket, FileState file, @Nullable Instant until) throws IOException {
        String hour = HOUR.format(file.uploadedAt());
        String prefix = Keys.indexes(file.feed());
        Map<String, S3Object> landing = new HashMap<>();
        Listing.after(s3, bucket, Keys.data(file.feed()), Keys.data(file.feed()) + hour)
                .objects()
                .forEach(object -> landing.put(
                        object.key().substring(Keys.data(file.feed()).length()), object));
        List<S3Object> holding = new ArrayList<>();
        Map<Long, Long> rows = new HashMap<>();
        int read = 0;
        for (S3Object index : Listing.after(s3, bucket, prefix, prefix + hour).objects()) {
            if (until != null && index.lastModified().isAfter(until)) {
                continue; // made after the file was through
            }
            if (++read > MOST_INDEXES) {
                return new LandedRows(new Listing(holding), rows, "only the first " + MOST_INDEXES + " were looked at");
            }
            if (add(s3, bucket, index.key(), file.fileId(), rows)) {
                S3Object object = landing.get(landingName(index.key().substring(prefix.length())));
                if (object != null) {
                    holding.add(object);
                }
            }
        }
        return new LandedRows(new Listing(holding), rows, "");
    }

    /// Index objects are `{"unmarked":0,"chunks":{"<fileId>-<chunk>":[[offset,length,first,last,rows],…]}}`.
    private static boolean add(S3Client s3, String bucket, String key, String fileId, Map<Long, Long> rows)
            throws IOException {
        JsonNode chunks;
        try (InputStream body = s3.getObject(request -> request.bucket(bucket).key(key))) {
            chunks = JSON.readTree(body).path("chunks");
        } catch (NoSuchKeyException e) {
            return false; // expired between the listing and now
        }
        boolean found = false;
        for (Map.Entry<String, JsonNode> chunk : chunks.properties()) {
            if (chunk.getKey().startsWith(fileId + "-")) {
                found = true;
                long number = Long.parseLong(chunk.getKey().substring(fileId.length() + 1));
                chunk.getValue().forEach(run -> rows.merge(number, run.path(4).asLong(), Long::sum));
            }
        }
        return found;
    }

    private static String landingName(String indexName) {
        String name = indexName.substring(0, indexName.length() - ".json".length());
        return name.endsWith(".unmarked") ? name.substring(0, name.length() - ".unmarked".length()) : name;
    }
}
