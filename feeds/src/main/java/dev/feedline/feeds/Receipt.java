package dev.feedline.feeds;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What became of a file at ingest, written once, after its last chunk; a row of `FEEDLINE.OPS.RECEIPTS`.
///
/// @param received rows in the file; good and bad are their parts
/// @param reason for people, when the file was not ingested
/// @param receivedAt when this was written
public record Receipt(
        String feed,
        String bucket,
        String key,
        String version,
        String fileId,
        long received,
        long good,
        long bad,
        long chunks,
        State state,
        @Nullable String reason,
        Instant receivedAt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Receipt {
        receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS); // finer than a warehouse may keep
    }

    /// How ingest ended.
    public enum State {
        /// Every row was sent or is in quarantine.
        INGESTED,
        /// More rows are bad than the feed allows, or the container is damaged: no row was sent.
        HELD,
        /// The same content was uploaded to the same key before.
        SKIPPED,
        /// The file is not read, for the reason given.
        FAILED
    }

    /// As one line of JSON, the columns of the table in upper case.
    public byte[] toJson() {
        return JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("FEED", feed)
                .put("BUCKET", bucket)
                .put("KEY", key)
                .put("VERSION", version)
                .put("FILE_ID", fileId)
                .put("RECEIVED", received)
                .put("GOOD", good)
                .put("BAD", bad)
                .put("CHUNKS", chunks)
                .put("STATE", state.name())
                .put("REASON", reason)
                .put("RECEIVED_AT", receivedAt.toString()));
    }

    /// Reads what [#toJson] wrote.
    public static Receipt read(InputStream body) throws IOException {
        JsonNode json = JSON.readTree(body);
        return new Receipt(
                json.required("FEED").asString(),
                json.required("BUCKET").asString(),
                json.required("KEY").asString(),
                json.required("VERSION").asString(),
                json.required("FILE_ID").asString(),
                json.required("RECEIVED").asLong(),
                json.required("GOOD").asLong(),
                json.required("BAD").asLong(),
                json.required("CHUNKS").asLong(),
                State.valueOf(json.required("STATE").asString()),
                json.required("REASON").isNull()
                        ? null
                        : json.required("REASON").asString(),
                Instant.parse(json.required("RECEIVED_AT").asString()));
    }
}
