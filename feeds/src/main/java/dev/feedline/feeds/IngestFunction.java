package dev.feedline.feeds;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.feedline.feeds.S3Events.Notice;
import dev.feedline.feeds.S3Events.ObjectReference;
import dev.feedline.feeds.ingest.Ingest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The function that hears of uploads and takes each file to its receipt.
///
/// Its event is S3's, or messages of a queue that hold S3's. When the time runs short it invokes itself with the event
/// of the one file it is at. A file that fails makes the invocation fail, after the others had their turn: everything
/// is then done again, and what is done is found so. Of a queue only the messages that failed stay, and those of files
/// that another invocation is at: it may fail, and has perhaps no message any more.
public final class IngestFunction implements RequestStreamHandler {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String AT_WORK = "AT_WORK";

    private final Ingest ingest;
    private final LambdaClient lambda;
    /// What this instance is at.
    private final Set<ObjectReference> atWork = ConcurrentHashMap.newKeySet();

    /// As AWS Lambda makes it: clients from the environment, which also names the buckets.
    public IngestFunction() {
        this(
                S3Client.create(),
                KinesisClient.create(),
                GlueClient.create(),
                LambdaClient.create(),
                Buckets.fromEnvironment(System.getenv()),
                IngestSettings.fromEnvironment(System.getenv()),
                InstantSource.system(),
                Thread::sleep);
    }

    public IngestFunction(
            S3Client s3,
            KinesisClient kinesis,
            GlueClient glue,
            LambdaClient lambda,
            Buckets buckets,
            IngestSettings settings,
            InstantSource clock,
            Sleeper sleeper) {
        this.ingest = new Ingest(new Ingest.Ports(s3, kinesis, glue), buckets, settings, clock, sleeper);
        this.lambda = lambda;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        ObjectNode said = JSON.createObjectNode();
        List<Notice> notices = S3Events.read(event);
        List<String> undone = new ArrayList<>();
        Exception failure = null;
        for (Notice notice : notices) {
            Exception ofThis = taken(notice, context, said);
            if (ofThis != null) {
                if (notice.messageId() != null) {
                    undone.add(notice.messageId());
                }
                failure = added(failure, ofThis);
            }
        }
        if (notices.stream().anyMatch(notice -> notice.messageId() != null)) {
            answer.write(S3Events.failures(undone));
            return;
        }
        switch (failure) {
            case null -> answer.write(JSON.writeValueAsBytes(said));
            case IOException io -> throw io;
            case RuntimeException other -> throw other;
            default -> throw new IllegalStateException(failure);
        }
    }

    /// Takes each file of the notice to where it can, and says what went wrong.
    private @Nullable Exception taken(Notice notice, Context context, ObjectNode said) {
        RemainingTime time = () -> Duration.ofMillis(context.getRemainingTimeInMillis());
        Exception failure = notice.fault() == null ? null : new IllegalArgumentException(notice.fault());
        for (ObjectReference object : notice.objects()) {
            try {
                String outcome = take(object, time, context);
                said.put(object.bucket() + "/" + object.key(), outcome);
                if (outcome.equals(AT_WORK) && notice.messageId() != null) {
                    failure = added(
                            failure,
                            new IllegalStateException(object.key() + " is being ingested by another invocation"));
                }
            } catch (IOException | RuntimeException e) {
                failure = added(failure, e);
            }
        }
        if (failure != null && notice.messageId() != null) {
            context.getLogger().log("message " + notice.messageId() + " is not done: " + failure);
        }
        return failure;
    }

    /// A file that this instance is at already is left to it: twice at once is harmless, but sends every row twice. An
    /// event of S3's own is not lost on that, because the invocation that is at the file tries again.
    private String take(ObjectReference object, RemainingTime time, Context context) throws IOException {
        if (!atWork.add(object)) {
            return AT_WORK;
        }
        Ingest.Progress progress;
        try {
            progress = ingest.ingest(object, time);
        } finally {
            atWork.remove(object);
        }
        if (progress == Ingest.Progress.UNFINISHED) {
            lambda.invoke(request -> request.functionName(context.getFunctionName())
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromByteArray(S3Events.write(object))));
        }
        return progress.name();
    }

    private static Exception added(@Nullable Exception before, Exception next) {
        if (before == null) {
            return next;
        }
        before.addSuppressed(next);
        return before;
    }
}
