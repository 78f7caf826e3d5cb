package dev.feedline.app;

import dev.feedline.app.warehouse.SnowflakeClient;
import dev.feedline.feeds.Buckets;
import dev.feedline.feeds.FeedCatalog;
import dev.feedline.feeds.FileState;
import dev.feedline.feeds.FileStates;
import dev.feedline.feeds.Warehouse;
import dev.feedline.feeds.definition.Definition;
import dev.feedline.feeds.definition.Feed;
import dev.feedline.feeds.deployment.Clients;
import dev.feedline.feeds.deployment.Deployment;
import dev.feedline.feeds.deployment.Rebuild;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The pipeline as a command reaches it: by the public protocols only.
public final class RemotePipeline {
    private final Reach reach;
    private final S3Client s3;
    private final GlueClient glue;
    private final Warehouse warehouse;
    private final FileStates states;

    private RemotePipeline(Reach reach, S3Client s3, GlueClient glue, Warehouse warehouse) {
        this.reach = reach;
        this.s3 = s3;
        this.glue = glue;
        this.warehouse = warehouse;
        this.states = new FileStates(s3, glue, warehouse, reach.buckets(), RemotePipeline::beside);
    }

    public static RemotePipeline of(Reach reach) throws IOException {
        // To log in and to build two clients takes a short command half of its time, and about as long each.
        FutureTask<SnowflakeClient> session = new FutureTask<>(reach::warehouse);
        beside(session);
        S3Client s3 = reach.s3();
        GlueClient glue = reach.glue();
        try {
            return new RemotePipeline(reach, s3, glue, new ClientWarehouse(session.get()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while logging in");
        }
    }

    private static void beside(Runnable work) {
        Thread.ofPlatform().daemon().name("beside").start(work);
    }

    /// Creates the feed as the definition says, or with the defaults, when it is not there.
    public void ensureFeed(Definition definition, String name) throws IOException, InterruptedException {
        if (new FeedCatalog(glue).find(name).isEmpty()) {
            Feed feed = Optional.ofNullable(definition.feeds().get(name))
                    .orElseGet(() -> Feed.named(name, definition.storage()));
            new Deployment(clients(), buckets(), Pipeline.builtIn(), Thread::sleep).add(feed);
        }
    }

    /// Every file and where it stands.
    public List<FileState> files() throws IOException {
        return states.all();
    }

    /// The files whose key in the source bucket begins so; less work than all of them.
    public List<FileState> under(String prefix) throws IOException {
        return states.under(prefix);
    }

    /// The file that this upload made.
    public Optional<FileState> file(String key, String version) throws IOException {
        return states.of(key, version, Instant.now());
    }

    /// Makes the tables anew from what they were loaded from.
    public Rebuild rebuild() {
        return new Rebuild(s3, glue, warehouse, buckets());
    }

    public Buckets buckets() {
        return reach.buckets();
    }

    public S3Client s3() {
        return s3;
    }

    public Warehouse warehouse() {
        return warehouse;
    }

    /// All the services, each by its public protocol; most commands need only some of them, and a client takes time to
    /// build.
    public Clients clients() {
        return new Clients(s3, reach.kinesis(), reach.firehose(), reach.lambda(), glue, warehouse);
    }
}
