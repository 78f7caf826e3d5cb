package dev.feedline.firehose;

import dev.feedline.firehose.Source.Arrived;
import dev.feedline.firehose.Source.GoneException;
import dev.feedline.firehose.Source.Place;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Trial;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one delivery stream does, round by round: read every shard, buffer, and deliver what is
/// due.
///
/// A delivery is journaled before its object is put, and closed together with its checkpoints
/// afterwards. Whatever fails in between, the next round, or the next process, goes on with the
/// same object. Belongs to one thread.
final class DeliveryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
    private static final Duration SHARDS_ARE_KNOWN_FOR = Duration.ofMinutes(1);

    private final Ground ground;
    private final Source source;
    private final Journal journal;
    private final ObjectPut objects;
    private final Semaphore reading;
    private final Supplier<Duration> betweenReadings;
    private final Buffer buffer;
    private final Map<String, Place> places = new HashMap<>();
    private volatile DeliveryStream stream;
    private @Nullable Delivery open;
    private boolean recovered;
    private List<String> shards = List.of();
    private Instant shardsReadAt = Instant.MIN;

    /// What a round came to.
    sealed interface Round {
        /// There was something to read, and there may be more.
        record Busy() implements Round {}

        /// Nothing more to do before `longest` is over or something arrives.
        record Idle(Duration longest) implements Round {}
    }

    /// @param reading bounds how many loops hold an answer of their source in memory at once
    /// @param betweenReadings how long a source that had nothing is left alone when nobody rings
    DeliveryLoop(
            Ground ground,
            DeliveryStream stream,
            Source source,
            Journal journal,
            ObjectPut objects,
            SpoolFolder spools,
            Semaphore reading,
            Supplier<Duration> betweenReadings) {
        this.ground = ground;
        this.stream = stream;
        this.source = source;
        this.journal = journal;
        this.objects = objects;
        this.reading = reading;
        this.betweenReadings = betweenReadings;
        this.buffer = new Buffer(spools);
    }

    Source source() {
        return source;
    }

    /// Takes a changed destination; what is delivered from now on goes there.
    void change(DeliveryStream changed) {
        stream = changed;
    }

    /// Does what can be done now. When it throws, the next round tries again where this one
    /// stopped.
    Round round() throws IOException {
        recover();
        if (open != null) {
            finish(open);
        }
        Destination destination = stream.destination();
        boolean quiet = true;
        for (String shard : shards()) {
            quiet &= !read(shard, destination);
            if (buffer.isFull(destination)) {
                deliver(destination);
            }
        }
        if (isDue(destination, quiet)) {
            deliver(destination);
        }
        return quiet ? new Round.Idle(idle(destination)) : new Round.Busy();
    }

    /// Gives temporary files and memory back.
    void close() throws IOException {
        buffer.clear();
    }

    private boolean isDue(Destination destination, boolean quiet) {
        Duration left = buffer.untilDue(destination, ground.clock().instant(), quiet);
        return !buffer.isEmpty() && (left.isNegative() || left.isZero());
    }

    private Duration idle(Destination destination) {
        Duration left = buffer.untilDue(destination, ground.clock().instant(), false);
        Duration longest = betweenReadings.get();
        return left.compareTo(longest) < 0 ? left.plusMillis(1) : longest;
    }

    private List<String> shards() {
        Instant now = ground.clock().instant();
        if (shards.isEmpty()
                || shardsReadAt.isAfter(now)
                || Duration.between(shardsReadAt, now).compareTo(SHARDS_ARE_KNOWN_FOR) > 0) {
            shards = source.shards();
            shardsReadAt = now;
        }
        return shards;
    }

    /// Reads once from a shard into the buffer, no more than the buffer takes; says whether there
    /// was anything.
    private boolean read(String shard, Destination destination) throws IOException {
        reading.acquireUninterruptibly();
        try {
            List<Arrived> records = source.read(shard, places.getOrDefault(shard, new Place.Beginning()));
            Instant now = ground.clock().instant();
            for (Arrived record : records) {
                buffer(shard, record, destination.delimiter(), now);
                places.put(shard, new Place.After(record.sequence()));
                if (buffer.isFull(destination)) {
                    break; // what is left of the answer is read again, after the delivery
                }
            }
            return !records.isEmpty();
        } catch (GoneException e) {
            LOG.warn("{}: reading shard {} from its beginning, its place is lost: {}", stream.name(), shard, reason(e));
        } finally {
            reading.release();
        }
        if (!buffer.isEmpty()) {
            deliver(destination);
        }
        journal.forget(stream.id(), shard);
        places.remove(shard);
        return true;
    }

    private void buffer(String shard, Arrived record, String delimiter, Instant now) throws IOException {
        try {
            buffer.add(shard, record, delimiter, now);
        } catch (IOException e) {
            beginAgain();
            throw e;
        }
    }

    private void deliver(Destination destination) throws IOException {
        DeliveryStream now = stream;
        Delivery delivery = new Delivery(
                destination.bucket(),
                destination.key(now.name(), now.version(), buffer.oldest(), ground.ids()),
                destination.compression(),
                destination.delimiter(),
                buffer.ranges());
        try {
            if (ground.trial().holds(Trial.Defence.JOURNAL)) {
                journal.open(now.id(), delivery);
            }
        } catch (RuntimeException e) {
            beginAgain();
            throw e;
        }
        open = delivery;
        finish(delivery);
    }

    private void finish(Delivery delivery) throws IOException {
        if (ground.trial().holds(Trial.Defence.CHECKPOINT_ORDER)) {
            objects.put(delivery, buffer);
            journal.close(stream, delivery);
        } else {
            journal.close(stream, delivery);
            objects.put(delivery, buffer);
        }
        open = null;
        buffer.clear();
    }

    /// Drops what is in memory; the next round begins from what is on disk.
    private void beginAgain() throws IOException {
        recovered = false;
        open = null;
        places.clear();
        buffer.clear();
    }

    private void recover() throws IOException {
        if (recovered) {
            return;
        }
        places.clear();
        buffer.clear();
        journal.checkpoints(stream.id()).forEach((shard, last) -> places.put(shard, new Place.After(last)));
        Optional<Delivery> left = journal.openDelivery(stream.id());
        if (left.isPresent()) {
            readAgain(left.get());
        }
        recovered = true;
    }

    /// Makes the content of a journaled delivery again from its source.
    private void readAgain(Delivery delivery) throws IOException {
        List<String> ofDelivery =
                delivery.ranges().stream().map(Delivery.Range::shard).toList();
        try {
            for (Delivery.Range range : delivery.ranges()) {
                readAgain(range, delivery.delimiter());
            }
        } catch (GoneException e) {
            LOG.warn("{}: {} is given up, its records exist no more: {}", stream.name(), delivery.key(), reason(e));
            journal.abandon(stream.id(), ofDelivery);
            ofDelivery.forEach(places::remove);
            buffer.clear();
            return;
        }
        if (buffer.isEmpty()) {
            LOG.warn("{}: the records of {} were past retention, it is given up", stream.name(), delivery.key());
            journal.close(stream, delivery);
        } else {
            open = delivery;
        }
        delivery.ranges().forEach(range -> places.put(range.shard(), new Place.After(range.last())));
    }

    private void readAgain(Delivery.Range range, String delimiter) throws IOException, GoneException {
        Optional<Place> next = Optional.of(new Place.At(range.first()));
        while (next.isPresent()) {
            reading.acquireUninterruptibly();
            try {
                next = readAgain(range, next.get(), delimiter);
            } finally {
                reading.release();
            }
        }
    }

    /// Reads once; says where to go on, if the range goes on.
    private Optional<Place> readAgain(Delivery.Range range, Place from, String delimiter)
            throws IOException, GoneException {
        BigInteger last = new BigInteger(range.last());
        List<Arrived> records = source.read(range.shard(), from);
        if (from instanceof Place.At(String first) && !beginsWith(first, records)) {
            LOG.warn(
                    "{}: retention has taken records that were about to be delivered, from {} of {} on",
                    stream.name(),
                    first,
                    range.shard());
        }
        for (Arrived record : records) {
            int past = new BigInteger(record.sequence()).compareTo(last);
            if (past <= 0) {
                buffer.add(range.shard(), record, delimiter, ground.clock().instant());
            }
            if (past >= 0) {
                return Optional.empty();
            }
        }
        // An empty answer ends it too: retention has taken what is missing.
        return records.isEmpty()
                ? Optional.empty()
                : Optional.of(new Place.After(records.getLast().sequence()));
    }

    private static boolean beginsWith(String sequence, List<Arrived> records) {
        return !records.isEmpty() && records.getFirst().sequence().equals(sequence);
    }

    private static String reason(GoneException e) {
        return e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage());
    }
}
