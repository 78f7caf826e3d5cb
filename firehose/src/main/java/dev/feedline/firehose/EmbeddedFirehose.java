package dev.feedline.firehose;

import dev.feedline.kernel.Blame;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Members;
import dev.feedline.kernel.Store;
import dev.feedline.kernel.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.*;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/// Data Firehose in this process: delivery streams that read a Kinesis stream, or take records
/// directly, and put them into S3 by size or by time.
///
/// Each delivery is journaled before its object is put, so a record is never lost between the two,
/// and an object that was on its way in a crash is put again under the same name with the same
/// bytes. Unlike at AWS, a new delivery stream reads its source from the beginning. Reference:
/// Amazon Data Firehose API, version 2015-08-04.
public final class EmbeddedFirehose implements FirehoseClient {
    /// As Firehose reads at AWS, where a shard gives five answers a second to all its readers together.
    public static final Duration BETWEEN_READINGS = Duration.ofSeconds(1);

    static final int MOST_STREAMS = 200;
    private static final int DEFAULT_LISTED = 10;
    private static final int MOST_LISTED = 10_000;

    private final Ground ground;
    private final Store store;
    private final Catalog catalog;
    private final PendingRecords pending;
    private final Deliveries deliveries;
    private final StreamChanges changes;
    private final Tagging tagging;
    private final ExecutorService deleting = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedFirehose(
            Ground ground,
            Store store,
            SpoolFolder spools,
            KinesisClient kinesis,
            S3Client s3,
            Duration betweenReadings) {
        this.ground = ground;
        this.store = store;
        this.catalog = new Catalog(store);
        this.pending = new PendingRecords(store);
        this.deliveries = new Deliveries(ground, kinesis, s3, new Journal(store), pending, spools, betweenReadings);
        this.changes = new StreamChanges(ground, catalog, kinesis);
        this.tagging = new Tagging(catalog);
    }

    /// Opens the delivery streams that live in the folder; nothing is read or delivered before
    /// [#start].
    public static EmbeddedFirehose open(Path folder, Ground ground, KinesisClient kinesis, S3Client s3)
            throws IOException {
        return open(folder, ground, kinesis, s3, BETWEEN_READINGS);
    }

    /// The same with a source that may be read more often.
    ///
    /// @param betweenReadings how long a stream that had nothing is left alone when no bell rings for it, at least;
    ///     at most it is [#BETWEEN_READINGS]
    public static EmbeddedFirehose open(
            Path folder, Ground ground, KinesisClient kinesis, S3Client s3, Duration betweenReadings)
            throws IOException {
        SpoolFolder spools = SpoolFolder.open(folder.resolve("spool"), ground.disk(), SpoolFolder.MEMORY_BYTES);
        Store store =
                Store.open(folder.resolve("firehose.db"), ground.disk(), FirehoseSchema.SCRIPTS, ground.onFailure());
        return new EmbeddedFirehose(ground, store, spools, kinesis, s3, betweenReadings);
    }

    /// Resumes all delivery streams, open deliveries first, and finishes deletions.
    public void start() {
        List<DeliveryStream> all = catalog.all();
        all.stream()
                .filter(stream -> stream.status() == DeliveryStreamStatus.DELETING)
                .forEach(stream -> catalog.remove(stream.id()));
        deliveries.start(all.stream()
                .filter(stream -> stream.status() == DeliveryStreamStatus.ACTIVE)
                .toList());
    }

    /// The loop of a delivery stream, for whoever turns its rounds by hand.
    DeliveryLoop loop(String name) {
        return deliveries.loop(catalog.require(name));
    }

    @Override
    public String serviceName() {
        return "firehose";
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            deleting.close();
            deliveries.close();
            store.close();
        }
    }

    @Override
    public CreateDeliveryStreamResponse createDeliveryStream(CreateDeliveryStreamRequest request) {
        return answer(request, Honoured.CREATE, () -> {
            DeliveryStream stream = changes.create(request);
            deliveries.add(stream);
            return CreateDeliveryStreamResponse.builder()
                    .deliveryStreamARN(deliveries.arn(stream.name()))
                    .build();
        });
    }

    @Override
    public DescribeDeliveryStreamResponse describeDeliveryStream(DescribeDeliveryStreamRequest request) {
        return answer(request, Honoured.DESCRIBE, () -> {
            DeliveryStream stream = catalog.require(request.deliveryStreamName());
            return DescribeDeliveryStreamResponse.builder()
                    .deliveryStreamDescription(Describing.describe(stream, deliveries.arn(stream.name())))
                    .build();
        });
    }

    @Override
    public ListDeliveryStreamsResponse listDeliveryStreams(ListDeliveryStreamsRequest request) {
        return answer(request, Honoured.LIST, () -> {
            int most = Describing.limit(request.limit(), DEFAULT_LISTED, MOST_LISTED);
            String after = request.exclusiveStartDeliveryStreamName();
            List<String> rest = catalog.all().stream()
                    .filter(stream -> request.deliveryStreamType() == null
                            || Describing.type(stream) == request.deliveryStreamType())
                    .map(DeliveryStream::name)
                    .filter(name -> after == null || name.compareTo(after) > 0)
                    .toList();
            return ListDeliveryStreamsResponse.builder()
                    .deliveryStreamNames(Describing.page(rest, most))
                    .hasMoreDeliveryStreams(rest.size() > most)
                    .build();
        });
    }

    /// The stream is in the state DELETING until what it is doing has ended; what it has buffered
    /// is discarded.
    @Override
    public DeleteDeliveryStreamResponse deleteDeliveryStream(DeleteDeliveryStreamRequest request) {
        return answer(request, Honoured.DELETE, () -> {
            DeliveryStream stream = catalog.require(request.deliveryStreamName());
            if (stream.status() != DeliveryStreamStatus.DELETING) {
                catalog.setDeleting(stream.id());
                deleting.execute(() -> {
                    deliveries.remove(stream.id());
                    catalog.remove(stream.id());
                });
            }
            return DeleteDeliveryStreamResponse.builder().build();
        });
    }

    @Override
    public UpdateDestinationResponse updateDestination(UpdateDestinationRequest request) {
        return answer(request, Honoured.UPDATE, () -> {
            deliveries.change(changes.update(request));
            return UpdateDestinationResponse.builder().build();
        });
    }

    @Override
    public PutRecordResponse putRecord(PutRecordRequest request) {
        return answer(
                request,
                Honoured.PUT_RECORD,
                () -> PutRecordResponse.builder()
                        .recordId(put(request.deliveryStreamName(), List.of(request.record()))
                                .getFirst())
                        .encrypted(false)
                        .build());
    }

    @Override
    public PutRecordBatchResponse putRecordBatch(PutRecordBatchRequest request) {
        return answer(
                request,
                Honoured.PUT_BATCH,
                () -> PutRecordBatchResponse.builder()
                        .requestResponses(put(request.deliveryStreamName(), request.records()).stream()
                                .map(id -> PutRecordBatchResponseEntry.builder()
                                        .recordId(id)
                                        .build())
                                .toList())
                        .failedPutCount(0)
                        .encrypted(false)
                        .build());
    }

    @Override
    public TagDeliveryStreamResponse tagDeliveryStream(TagDeliveryStreamRequest request) {
        return answer(request, Honoured.TAG, () -> {
            tagging.add(catalog.require(request.deliveryStreamName()), request.tags());
            return TagDeliveryStreamResponse.builder().build();
        });
    }

    @Override
    public UntagDeliveryStreamResponse untagDeliveryStream(UntagDeliveryStreamRequest request) {
        return answer(request, Honoured.UNTAG, () -> {
            tagging.remove(catalog.require(request.deliveryStreamName()), request.tagKeys());
            return UntagDeliveryStreamResponse.builder().build();
        });
    }

    @Override
    public ListTagsForDeliveryStreamResponse listTagsForDeliveryStream(ListTagsForDeliveryStreamRequest request) {
        return answer(
                request,
                Honoured.LIST_TAGS,
                () -> tagging.list(catalog.require(request.deliveryStreamName()), request));
    }

    /// All records of a request become durable together, so there is no record that fails alone.
    private List<String> put(String name, List<software.amazon.awssdk.services.firehose.model.Record> records) {
        DeliveryStream stream = catalog.require(name);
        List<String> ids =
                pending
                        .add(
                                stream.id(),
                                PutRules.checked(stream, records),
                                ground.clock().instant())
                        .stream()
                        .map("%020d"::formatted)
                        .toList();
        ground.bell().ring(deliveries.arn(name));
        return ids;
    }

    /// Refuses members that are not honoured, and turns what the store reports into the service's
    /// own errors.
    private <T> T answer(SdkPojo request, Set<String> honoured, Supplier<T> work) {
        Members.notHonoured(request, honoured).ifPresent(member -> {
            throw FirehoseError.INVALID_ARGUMENT.exception(member + " is not supported by Feedline.");
        });
        try {
            return work.get();
        } catch (StoreException e) {
            throw (e.blame() == Blame.RESOURCE ? FirehoseError.DISK_FULL : FirehoseError.INTERNAL_FAILURE)
                    .exception(String.valueOf(e.getMessage()), e);
        }
    }
}
