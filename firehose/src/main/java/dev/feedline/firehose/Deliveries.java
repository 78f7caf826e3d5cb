package dev.feedline.firehose;

import dev.feedline.kernel.Ground;
import dev.feedline.kernel.NativePool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The delivery loops of all delivery streams, each on its thread once [#start] was called.
final class Deliveries implements AutoCloseable {
    /// How many loops hold an answer of their source (at most 10 MiB) in memory at once.
    static final int READING_AT_ONCE = 4;
    /// How many objects are packed at once, and how many wait for it.
    static final int PACKING_AT_ONCE = 2;
    /// Fifty readings a second that find nothing take a hundredth of a core.
    private static final Duration BETWEEN_ANY_READINGS = Duration.ofMillis(20);

    private final Ground ground;
    private final KinesisClient kinesis;
    private final Journal journal;
    private final PendingRecords pending;
    private final SpoolFolder spools;
    private final ObjectPut objects;
    private final Duration leastBetweenReadings;
    private final NativePool packing;
    private final Semaphore reading = new Semaphore(READING_AT_ONCE);
    private final Map<Long, DeliveryThread> threads = new HashMap<>();
    private boolean started;
    private boolean closed;

    Deliveries(
            Ground ground,
            KinesisClient kinesis,
            S3Client s3,
            Journal journal,
            PendingRecords pending,
            SpoolFolder spools,
            Duration leastBetweenReadings) {
        this.ground = ground;
        this.kinesis = kinesis;
        this.journal = journal;
        this.pending = pending;
        this.spools = spools;
        this.leastBetweenReadings = leastBetweenReadings;
        this.packing = new NativePool("firehose-pack", PACKING_AT_ONCE, EmbeddedFirehose.MOST_STREAMS);
        this.objects = new ObjectPut(s3, spools, packing);
    }

    synchronized void start(Iterable<DeliveryStream> streams) {
        started = true;
        streams.forEach(this::add);
    }

    /// Begins to deliver, if deliveries have been started.
    synchronized void add(DeliveryStream stream) {
        if (started && !closed) {
            threads.computeIfAbsent(stream.id(), id -> new DeliveryThread(stream.name(), loop(stream), ground.bell()));
        }
    }

    synchronized void change(DeliveryStream stream) {
        DeliveryThread thread = threads.get(stream.id());
        if (thread != null) {
            thread.loop().change(stream);
        }
    }

    /// Returns when the stream delivers no more.
    void remove(long id) {
        DeliveryThread thread = taken(id);
        if (thread != null) {
            thread.stop();
        }
    }

    DeliveryLoop loop(DeliveryStream stream) {
        String source = stream.source();
        return new DeliveryLoop(
                ground,
                stream,
                source == null
                        ? new DirectSource(pending, stream.id(), arn(stream.name()))
                        : new KinesisSource(kinesis, source),
                journal,
                objects,
                spools,
                reading,
                this::betweenReadings);
    }

    /// Shared by all streams: with many of them each is read less often, once a second at least.
    private synchronized Duration betweenReadings() {
        Duration shared = BETWEEN_ANY_READINGS.multipliedBy(threads.size());
        Duration least = shared.compareTo(leastBetweenReadings) < 0 ? leastBetweenReadings : shared;
        return least.compareTo(EmbeddedFirehose.BETWEEN_READINGS) < 0 ? least : EmbeddedFirehose.BETWEEN_READINGS;
    }

    String arn(String name) {
        return ground.account().arn("firehose", "deliverystream/" + name).toString();
    }

    @Override
    public void close() {
        Map<Long, DeliveryThread> running;
        synchronized (this) {
            closed = true;
            running = Map.copyOf(threads);
            threads.clear();
        }
        running.values().forEach(DeliveryThread::stop);
        packing.close();
    }

    private synchronized @Nullable DeliveryThread taken(long id) {
        return threads.remove(id);
    }
}
