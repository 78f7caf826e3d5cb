package dev.feedline.app.story;

import dev.feedline.app.RemotePipeline;
import dev.feedline.app.story.FileStory.ChunkStory;
import dev.feedline.app.story.FileStory.Stage;
import dev.feedline.app.story.FileStory.UploadedObject;
import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ChunkRecord;
import dev.feedline.convert.ChunkRecordJson;
import dev.feedline.convert.Keys;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.Names;
import dev.feedline.feeds.Receipt;
import dev.feedline.feeds.S3Bodies;
import dev.feedline.feeds.SourceVersion;
import dev.feedline.feeds.SourceVersions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Reads a file's story from the buckets and the warehouse; nothing in it is remembered by anybody.
public final class StoryReader {
    private final RemotePipeline pipeline;
    private final S3Client s3;
    private final Buckets buckets;
    private final WarehouseStory warehouse;

    public StoryReader(RemotePipeline pipeline) {
        this.pipeline = pipeline;
        this.s3 = pipeline.s3();
        this.buckets = pipeline.buckets();
        this.warehouse = new WarehouseStory(pipeline.warehouse());
    }

    public FileStory read(FileState file) throws IOException {
        Optional<SourceVersion> upload = upload(file);
        UploadedObject object =
                upload.map(it -> new UploadedObject(it.size(), it.eTag())).orElse(null);
        if (file.state() == FileState.State.NO_FEED) {
            Stage uploaded = new Stage("upload", 1, file.uploadedAt(), file.uploadedAt(), "");
            return new FileStory(file, object, null, List.of(uploaded), List.of(), List.of(), others(file));
        }
        String chunkPrefix = file.fileId() + "-";
        Listing records = Listing.of(s3, buckets.landing(), Keys.chunkRecords(file.feed()) + chunkPrefix);
        Listing lake = Listing.of(s3, buckets.lake(), Keys.data(file.feed()) + chunkPrefix);
        boolean isThrough =
                file.state() == FileState.State.BALANCED && !lake.objects().isEmpty();
        LandedRows landed = records.objects().isEmpty()
                ? new LandedRows(new Listing(List.of()), Map.of(), "")
                : LandedRows.of(s3, buckets.landing(), file, isThrough ? lake.last() : null);
        List<LoadedObject> loads = records.objects().isEmpty() ? List.of() : warehouse.loads(file);
        List<ChunkStory> chunks = chunks(file, records, lake, landed, loads);
        return new FileStory(
                file,
                object,
                warehouse.equation(file.fileId()),
                stages(file, records, landed, lake, loads),
                chunks,
                warehouse.quarantine(file.fileId()),
                others(file));
    }

    /// One Parquet object, as the load history has it.
    record LoadedObject(String key, long rows, Instant at) {}

    private List<Stage> stages(
            FileState file, Listing records, LandedRows landed, Listing lake, List<LoadedObject> loads)
            throws IOException {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("upload", 1, file.uploadedAt(), file.uploadedAt(), ""));
        stages.add(object("terms pinned", Names.terms(file.feed(), file.fileId())));
        Stage firstPass = object("first pass", Names.firstPass(file.feed(), file.fileId()));
        if (firstPass.count() > 0) {
            stages.add(firstPass);
        }
        stages.add(stage("chunk records", records, ""));
        stages.add(receipt(file));
        String expired = landed.objects().objects().isEmpty() && !lake.objects().isEmpty()
                ? "expired by their keep time"
                : landed.note();
        stages.add(stage("landing objects", landed.objects(), expired));
        stages.add(stage(
                "quarantine objects", Listing.of(s3, buckets.landing(), Names.QUARANTINE + file.fileId() + "-"), ""));
        stages.add(stage("lake objects", lake, ""));
        stages.add(new Stage(
                "loads",
                loads.size(),
                loads.stream()
                        .map(LoadedObject::at)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                loads.stream()
                        .map(LoadedObject::at)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                ""));
        return stages;
    }

    /// A receipt tells its time more finely than a listing does.
    private Stage receipt(FileState file) throws IOException {
        Optional<InputStream> found = new S3Bodies(s3, buckets.landing()).find(Names.receipt(file.fileId()));
        if (found.isEmpty()) {
            return new Stage("receipt", 0, null, null, "");
        }
        try (InputStream body = found.get()) {
            Instant at = Receipt.read(body).receivedAt();
            return new Stage("receipt", 1, at, at, "");
        }
    }

    private Stage object(String name, String key) {
        return stage(name, Listing.of(s3, buckets.landing(), key), "");
    }

    private static Stage stage(String name, Listing listing, String note) {
        return new Stage(name, listing.objects().size(), listing.first(), listing.last(), note);
    }

    private List<ChunkStory> chunks(
            FileState file, Listing records, Listing lake, LandedRows landed, List<LoadedObject> loads)
            throws IOException {
        Map<String, Long> lakeBytes = new HashMap<>();
        lake.objects().forEach(object -> lakeBytes.put(object.key(), object.size()));
        Map<String, Instant> loadedAt = new HashMap<>();
        loads.forEach(load -> loadedAt.put(load.key(), load.at()));
        List<ChunkRecord> headers = new ArrayList<>();
        for (S3Object record : records.objects()) {
            headers.add(header(record.key()));
        }
        headers.sort(Comparator.comparing(ChunkRecord::name));
        Map<Long, Long> loaded = warehouse.loadedRows(file, headers);
        List<ChunkStory> chunks = new ArrayList<>();
        for (ChunkRecord record : headers) {
            ChunkName name = record.name();
            String key = Keys.lake(file.feed(), name);
            chunks.add(new ChunkStory(
                    name.chunk(),
                    record.firstRow(),
                    record.lastRow(),
                    record.good(),
                    record.bad(),
                    record.schemaVersion(),
                    landed.rows().getOrDefault(name.chunk(), 0L),
                    key,
                    lakeBytes.get(key),
                    loaded.getOrDefault(name.chunk(), 0L),
                    loadedAt.get(key)));
        }
        return chunks;
    }

    private ChunkRecord header(String key) throws IOException {
        try (InputStream body =
                s3.getObject(request -> request.bucket(buckets.landing()).key(key))) {
            return ChunkRecordJson.readHeader(body);
        }
    }

    private Optional<SourceVersion> upload(FileState file) {
        List<SourceVersion> found = new ArrayList<>();
        new SourceVersions(s3, file.bucket()).each(file.key(), version -> {
            if (version.fileId().equals(file.fileId())) {
                found.add(version);
            }
        });
        return found.stream().findFirst();
    }

    private List<FileState> others(FileState file) throws IOException {
        if (!file.bucket().equals(buckets.source())) {
            return List.of();
        }
        return pipeline.under(file.key()).stream()
                .filter(other ->
                        other.key().equals(file.key()) && !other.fileId().equals(file.fileId()))
                .sorted(Comparator.comparing(FileState::uploadedAt).reversed())
                .toList();
    }
}
