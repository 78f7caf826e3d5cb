package dev.feedline.kinesis;

import dev.feedline.kernel.Blame;
import dev.feedline.kernel.DiskFullException;
import dev.feedline.kernel.Ground;
import dev.feedline.kernel.Members;
import dev.feedline.kernel.Store;
import dev.feedline.kernel.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.*;

/// Kinesis Data Streams in this process: every record that was acknowledged is on disk.
///
/// Each shard is a segment log; a put returns when its records have been forced, and they can be
/// read at once. The stream's ARN is rung on the [dev.feedline.kernel.Bell] each time there is more
/// to read. Reference: Amazon Kinesis Data Streams API, version 2013-12-02.
public final class EmbeddedKinesis implements KinesisClient {
    private final Ground ground;
    private final Store store;
    private final Catalog catalog;
    private final Streams streams;
    private final StreamChanges changes;
    private final Reading reading;
    private final Listing listing;
    private final Tagging tagging;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Retention retention;

    private EmbeddedKinesis(Path folder, Ground ground, KinesisSettings settings, Store store) {
        this.ground = ground;
        this.store = store;
        this.catalog = new Catalog(store);
        this.streams = new Streams(folder, ground, settings, catalog);
        this.changes = new StreamChanges(streams);
        this.reading = new Reading(
                ground,
                streams,
                new ShardIterator.Seal(catalog.keep("iterator-key", ground.ids().hex(64))));
        this.listing = new Listing(streams, ground.clock());
        this.tagging = new Tagging(catalog);
    }

    /// Opens the streams that live in the folder, and finishes what a crash interrupted.
    ///
    /// @throws IOException when acknowledged records are damaged; it names the file and the byte
    public static EmbeddedKinesis open(Path folder, Ground ground) throws IOException {
        return open(folder, ground, KinesisSettings.DEFAULT);
    }

    public static EmbeddedKinesis open(Path folder, Ground ground, KinesisSettings settings) throws IOException {
        Store store = Store.open(folder.resolve("kinesis.db"), ground.disk(), Catalog.SCHEMA, ground.onFailure());
        EmbeddedKinesis kinesis = new EmbeddedKinesis(folder, ground, settings, store);
        try {
            kinesis.streams.openAll();
            return kinesis;
        } catch (IOException | RuntimeException e) {
            kinesis.close();
            throw e;
        }
    }

    /// Begins to let records go that are older than their stream keeps them.
    public synchronized void start() {
        if (retention == null) {
            retention = new Retention(streams);
        }
    }

    /// Lets records go that are older than their stream keeps them, now.
    void retain() throws IOException {
        streams.retain();
    }

    @Override
    public String serviceName() {
        return "kinesis";
    }

    @Override
    public synchronized void close() {
        if (closed.compareAndSet(false, true)) {
            if (retention != null) {
                retention.close();
            }
            streams.close();
            store.close();
        }
    }

    @Override
    public CreateStreamResponse createStream(CreateStreamRequest request) {
        return answer(request, Honoured.CREATE_STREAM, () -> {
            changes.create(request);
            return CreateStreamResponse.builder().build();
        });
    }

    @Override
    public DeleteStreamResponse deleteStream(DeleteStreamRequest request) {
        return answer(request, Honoured.DELETE_STREAM, () -> {
            changes.delete(find(request.streamName(), request.streamARN()));
            return DeleteStreamResponse.builder().build();
        });
    }

    @Override
    public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
        return answer(
                request,
                Honoured.DESCRIBE_STREAM,
                () -> DescribeStreamResponse.builder()
                        .streamDescription(
                                Describing.describe(find(request.streamName(), request.streamARN()), request))
                        .build());
    }

    @Override
    public DescribeStreamSummaryResponse describeStreamSummary(DescribeStreamSummaryRequest request) {
        return answer(
                request,
                Honoured.STREAM,
                () -> DescribeStreamSummaryResponse.builder()
                        .streamDescriptionSummary(Describing.summary(find(request.streamName(), request.streamARN())))
                        .build());
    }

    @Override
    public DescribeLimitsResponse describeLimits(DescribeLimitsRequest request) {
        return answer(
                request,
                Set.of(),
                () -> DescribeLimitsResponse.builder()
                        .shardLimit(Streams.MOST_SHARDS)
                        .openShardCount(streams.openShards())
                        .onDemandStreamCount((int) streams.all().stream()
                                .filter(stream -> stream.row().mode() == StreamMode.ON_DEMAND)
                                .count())
                        .onDemandStreamCountLimit(StreamChanges.MOST_ON_DEMAND_STREAMS)
                        .build());
    }

    @Override
    public ListStreamsResponse listStreams(ListStreamsRequest request) {
        return answer(request, Honoured.LIST_STREAMS, () -> listing.streams(request));
    }

    @Override
    public ListShardsResponse listShards(ListShardsRequest request) {
        return answer(request, Honoured.LIST_SHARDS, () -> listing.shards(request));
    }

    @Override
    public IncreaseStreamRetentionPeriodResponse increaseStreamRetentionPeriod(
            IncreaseStreamRetentionPeriodRequest request) {
        return answer(request, Honoured.RETENTION, () -> {
            changes.increaseRetention(find(request.streamName(), request.streamARN()), request.retentionPeriodHours());
            return IncreaseStreamRetentionPeriodResponse.builder().build();
        });
    }

    @Override
    public DecreaseStreamRetentionPeriodResponse decreaseStreamRetentionPeriod(
            DecreaseStreamRetentionPeriodRequest request) {
        return answer(request, Honoured.RETENTION, () -> {
            changes.decreaseRetention(find(request.streamName(), request.streamARN()), request.retentionPeriodHours());
            return DecreaseStreamRetentionPeriodResponse.builder().build();
        });
    }

    @Override
    public PutRecordResponse putRecord(PutRecordRequest request) {
        return answer(
                request,
                Honoured.PUT_RECORD,
                () -> Writing.put(find(request.streamName(), request.streamARN()), request));
    }

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
        return answer(
                request,
                Honoured.PUT_RECORDS,
                () -> Writing.put(find(request.streamName(), request.streamARN()), request));
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
        return answer(
                request,
                Honoured.SHARD_ITERATOR,
                () -> GetShardIteratorResponse.builder()
                        .shardIterator(reading.iterator(find(request.streamName(), request.streamARN()), request))
                        .build());
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
        return answer(request, Honoured.GET_RECORDS, () -> reading.records(request));
    }

    @Override
    public AddTagsToStreamResponse addTagsToStream(AddTagsToStreamRequest request) {
        return answer(request, Honoured.ADD_TAGS, () -> {
            tagging.add(find(request.streamName(), request.streamARN()), request.tags());
            return AddTagsToStreamResponse.builder().build();
        });
    }

    @Override
    public RemoveTagsFromStreamResponse removeTagsFromStream(RemoveTagsFromStreamRequest request) {
        return answer(request, Honoured.REMOVE_TAGS, () -> {
            tagging.remove(find(request.streamName(), request.streamARN()), request.tagKeys());
            return RemoveTagsFromStreamResponse.builder().build();
        });
    }

    @Override
    public ListTagsForStreamResponse listTagsForStream(ListTagsForStreamRequest request) {
        return answer(
                request,
                Honoured.LIST_TAGS,
                () -> tagging.list(find(request.streamName(), request.streamARN()), request));
    }

    private OpenStream find(@Nullable String name, @Nullable String arn) {
        return streams.find(name, arn);
    }

    /// Refuses members that are not honoured, and turns what the disk reports into the service's
    /// own errors.
    private <T> T answer(SdkPojo request, Set<String> honoured, Supplier<T> work) {
        Members.notHonoured(request, honoured).ifPresent(member -> {
            throw KinesisError.VALIDATION.exception(member + " is not supported by Feedline.");
        });
        if (closed.get()) {
            throw KinesisError.INTERNAL_FAILURE.exception(
                    "Kinesis of account " + ground.account().id() + " is closed.");
        }
        try {
            return work.get();
        } catch (StoreException e) {
            throw (e.blame() == Blame.RESOURCE ? KinesisError.DISK_FULL : KinesisError.INTERNAL_FAILURE)
                    .exception(String.valueOf(e.getMessage()), e);
        } catch (java.io.UncheckedIOException e) {
            throw (e.getCause() instanceof DiskFullException ? KinesisError.DISK_FULL : KinesisError.INTERNAL_FAILURE)
                    .exception(String.valueOf(e.getMessage()), e);
        }
    }
}
