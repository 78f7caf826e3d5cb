package dev.feedline.s3.object;

import dev.feedline.kernel.LocalBodies;
import dev.feedline.kernel.Transaction;
import dev.feedline.s3.body.Body;
import dev.feedline.s3.body.BodyReading;
import dev.feedline.s3.body.Segment;
import dev.feedline.s3.state.Key;
import dev.feedline.s3.state.ObjectVersion;
import dev.feedline.s3.state.S3Store;
import dev.feedline.s3.state.Versions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Lends the file of an object whose body is in exactly one; any other object's reader fetches it.
public final class LocalObjects implements LocalBodies {
    private final S3Store store;
    private final BodyReading reading;

    public LocalObjects(S3Store store) {
        this.store = store;
        this.reading = new BodyReading(store.bodies());
    }

    private record FilePin(S3Store store, Segment segment, AtomicBoolean closed) implements Pin {
        @Override
        public Path path() {
            return store.bodies().path(segment.file());
        }

        @Override
        public long length() {
            return segment.length();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                store.bodies().unpin(List.of(segment.file()));
            }
        }
    }

    @Override
    public Optional<Pin> pin(String bucket, String key, @Nullable String version) {
        Optional<Body> body = store.read(tx -> find(tx, bucket, key, version));
        if (body.isEmpty()
                || !(body.get() instanceof Body.Filed filed)
                || filed.segments().size() != 1) {
            return Optional.empty();
        }
        Segment segment = filed.segments().getFirst();
        if (!store.bodies().pin(List.of(segment.file()))) {
            return Optional.empty();
        }
        FilePin pin = new FilePin(store, segment, new AtomicBoolean());
        if (!isWhole(filed)) {
            pin.close();
            return Optional.empty();
        }
        return Optional.of(pin);
    }

    /// Who reads the file itself checks nothing, so it is checked here: a gigabyte in well under a second.
    private boolean isWhole(Body.Filed body) {
        try (InputStream bytes = reading.open(body, 0, body.length()).orElseThrow()) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            return false; // its reader fetches it instead, and is told what is wrong
        }
    }

    private static Optional<Body> find(Transaction tx, String bucket, String key, @Nullable String version)
            throws SQLException {
        byte[] bytes = Key.bytes(key);
        Optional<ObjectVersion> found =
                version == null ? Versions.latest(tx, bucket, bytes) : Versions.find(tx, bucket, bytes, version);
        Optional<ObjectVersion> object = found.filter(one -> !one.deleteMarker());
        return object.isPresent() ? Optional.of(Versions.body(tx, object.get())) : Optional.empty();
    }
}
