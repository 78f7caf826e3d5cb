package dev.feedline.app;

import dev.feedline.feeds.FileState;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.DefinitionReader;
import dev.feedline.kernel.Bell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// A whole Feedline in this process, on a free port and a folder of its own, with clients over HTTP.
public final class TestingFeedline implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Path folder;
    private final Feedline feedline;
    private final Reach reach;
    private final RemotePipeline pipeline;
    private final S3Client s3;

    private TestingFeedline(Path folder, Feedline feedline) throws IOException {
        this.folder = folder;
        this.feedline = feedline;
        this.reach = Reach.of(feedline);
        this.pipeline = RemotePipeline.of(reach);
        this.s3 = reach.s3();
    }

    /// @param definition YAML, as in `feedline.yaml`
    public static TestingFeedline start(Path folder, String definition) throws IOException {
        Definition parsed = DefinitionReader.parse("test.yaml", definition);
        return new TestingFeedline(folder, Feedline.start(FeedlineSettings.of(folder, parsed, failure -> {
            throw new IllegalStateException(failure);
        })));
    }

    /// The same as the settings say.
    static TestingFeedline start(FeedlineSettings settings) throws IOException {
        return new TestingFeedline(settings.data(), Feedline.start(settings));
    }

    /// The same with something between its parts, and sweeps every second.
    static TestingFeedline start(Path folder, String definition, Rig rig) throws IOException {
        return start(folder, definition, rig, Duration.ofSeconds(1));
    }

    /// The same, and what events do not bring about does not happen (but for the sweep at the start).
    static TestingFeedline startWithoutSweep(Path folder, String definition, Rig rig) throws IOException {
        return start(folder, definition, rig, Duration.ofDays(1));
    }

    private static TestingFeedline start(Path folder, String definition, Rig rig, Duration sweepEvery)
            throws IOException {
        FeedlineSettings settings =
                FeedlineSettings.of(folder, DefinitionReader.parse("test.yaml", definition), failure -> {
                    throw new IllegalStateException(failure);
                });
        return new TestingFeedline(folder, Feedline.start(settings.sweeping(sweepEvery), rig));
    }

    /// The same with bells that never ring.
    static TestingFeedline startWithoutBells(Path folder, String definition) throws IOException {
        FeedlineSettings settings =
                FeedlineSettings.of(folder, DefinitionReader.parse("test.yaml", definition), failure -> {
                    throw new IllegalStateException(failure);
                });
        return new TestingFeedline(folder, Feedline.start(settings.with(Bell.silent())));
    }

    /// The same with the services behind HTTP for each other, too.
    public static TestingFeedline startOverHttp(Path folder, Definition definition) throws IOException {
        FeedlineSettings settings = FeedlineSettings.of(folder, definition, failure -> {
            throw new IllegalStateException(failure);
        });
        return new TestingFeedline(folder, Feedline.start(settings.overHttp()));
    }

    /// The pipeline's functions as a user would upload them to AWS.
    public static byte[] functionZip() throws IOException {
        return FunctionZip.make();
    }

    public Reach reach() {
        return reach;
    }

    public RemotePipeline pipeline() {
        return pipeline;
    }

    public S3Client s3() {
        return s3;
    }

    public Feedline feedline() {
        return feedline;
    }

    /// Uploads to the source bucket and returns the version's id.
    public String upload(String key, byte[] body) {
        return s3.putObject(request -> request.bucket(reach.buckets().source()).key(key), RequestBody.fromBytes(body))
                .versionId();
    }

    /// Uploads a file and waits until nothing more happens to it by itself.
    public FileState put(String key, byte[] body) throws IOException, InterruptedException {
        return settled(key, upload(key, body));
    }

    public FileState settled(String key, String version) throws IOException, InterruptedException {
        int slash = key.indexOf('/');
        String feed = slash < 0 ? key : key.substring(0, slash);
        return Journey.of(pipeline, feed, key, version)
                .await(LONGEST, stages -> {})
                .orElseThrow(() -> new AssertionError(key + " is not settled; its data is in " + folder));
    }

    public List<Map<String, Object>> sql(String sql) {
        return pipeline.warehouse().query(sql);
    }

    public static byte[] example(String name) throws IOException {
        return Files.readAllBytes(Path.of("..", "examples", "feeds", name));
    }

    @Override
    public void close() {
        reach.close();
        feedline.close();
    }
}
