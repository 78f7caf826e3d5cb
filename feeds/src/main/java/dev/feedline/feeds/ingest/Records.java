package dev.feedline.feeds.ingest;

import dev.feedline.convert.Spool;
import dev.feedline.feeds.S3Bodies;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Small immutable JSON records in the landing bucket: the first to be written holds, for everybody.
final class Records {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final S3Bodies landing;

    Records(S3Bodies landing) {
        this.landing = landing;
    }

    <T> Optional<T> find(String key, Class<T> type) throws IOException {
        Optional<InputStream> body = landing.find(key);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = body.get()) {
            return Optional.of(JSON.readValue(in, type));
        }
    }

    /// Writes the record, unless somebody has before.
    ///
    /// @return the one that holds
    <T> T pin(String key, T proposed, Class<T> type) throws IOException {
        try (Spool body = Spool.of(JSON.writeValueAsBytes(proposed))) {
            if (landing.putIfAbsent(key, body)) {
                return proposed;
            }
        }
        return find(key, type).orElseThrow(() -> new IOException("record " + key + " was there and is gone"));
    }
}
