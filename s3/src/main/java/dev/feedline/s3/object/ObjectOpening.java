package dev.feedline.s3.object;

import dev.feedline.s3.body.Body;
import dev.feedline.s3.body.BodyReading;
import dev.feedline.s3.body.Segment;
import dev.feedline.s3.error.S3Error;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds an object and opens its bytes, or a range of them, for GetObject and for copies.
public final class ObjectOpening {
    // Between the look at the row and the opening of its file the object may be replaced; five times in a row is none.
    private static final int MOST_LOOKS = 5;

    private final S3Store store;
    private final BodyReading reading;

    public ObjectOpening(S3Store store) {
        this.store = store;
        this.reading = new BodyReading(store.bodies());
    }

    /// An object as its rows have it.
    public record Stored(ObjectLookup.Found found, Body body) {
        public ObjectVersion version() {
            return found.version();
        }

        List<Segment> segments() {
            return body instanceof Body.Filed filed ? filed.segments() : List.of();
        }
    }

    /// An object whose bytes can be read; whoever has it closes the stream.
    public record Opened(Stored stored, ByteRange range, InputStream stream) {}

    /// @param choose says which bytes are wanted, or throws when the object is not what the caller asked for
    public Opened open(String bucket, String key, @Nullable String versionId, Function<Stored, ByteRange> choose) {
        for (int look = 1; look <= MOST_LOOKS; look++) {
            Stored stored = store.read(tx -> {
                ObjectLookup.Found found = ObjectLookup.require(tx, bucket, key, versionId);
                return new Stored(found, Versions.body(tx, found.version()));
            });
            ByteRange range = choose.apply(stored);
            Optional<InputStream> stream = open(stored, range);
            if (stream.isPresent()) {
                return new Opened(stored, range, stream.get());
            }
        }
        throw S3Error.INTERNAL_ERROR.because("The body of " + bucket + "/" + key
                + " is not where its row says. Check the data folder's disk and restore it from a copy.");
    }

    private Optional<InputStream> open(Stored stored, ByteRange range) {
        try {
            return reading.open(stored.body(), range.offset(), range.length());
        } catch (IOException e) {
            throw S3Error.INTERNAL_ERROR.because(
                    "The object " + stored.version().key() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
