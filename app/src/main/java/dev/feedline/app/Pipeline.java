package dev.feedline.app;

import dev.feedline.feeds.deployment.Deployment;
import dev.feedline.feeds.deployment.FunctionCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// The pipeline at work: running, and deployed as the definition says.
final class Pipeline {
    private Pipeline() {}

    static void start(FeedlineSettings settings, Services services, Reach reach)
            throws IOException, InterruptedException {
        Deployment deployment =
                new Deployment(services.clients(), services.buckets(), builtIn(), Thread::sleep, services.awsStorage());
        if (services.awsStorage().isEmpty()) {
            start(settings, services, reach, deployment);
            return;
        }
        try {
            start(settings, services, reach, deployment);
        } catch (S3Exception | SqsException e) {
            throw new IOException("AWS refused what the deployment needs: " + AwsClients.said(e), e);
        } catch (SdkClientException e) {
            throw new IOException("AWS does not answer: " + e.getMessage(), e);
        }
    }

    /// The buckets come first: a folder whose buckets are another's must not take the other's messages before it is
    /// refused.
    private static void start(FeedlineSettings settings, Services services, Reach reach, Deployment deployment)
            throws InterruptedException {
        deployment.takeBuckets();
        services.startWork(reach);
        deployment.deploy(settings.definition());
    }

    /// The functions are in Feedline itself; their deployment package only says so.
    static FunctionCode builtIn() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            ZipEntry entry = new ZipEntry("README");
            entry.setTime(0);
            out.putNextEntry(entry);
            out.write("This function is built into Feedline.\n".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return new FunctionCode(
                SdkBytes.fromByteArray(zip.toByteArray()), "feedline:builtin/ingest", "feedline:builtin/convert");
    }
}
