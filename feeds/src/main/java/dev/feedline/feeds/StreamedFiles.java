package dev.feedline.feeds;

import dev.feedline.convert.ConversionRun;
import dev.feedline.feeds.S3Events.ObjectReference;
import dev.feedline.feeds.ingest.SourceFile;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.s3.S3Client;

/// Rows that other producers put straight on the stream: the landing object they arrived in is their file.
///
/// Ingest takes that file like any other, but only its unmarked lines: they are judged, marked, sent and receipted, so
/// they balance too. What Firehose delivers twice is two files, at-least-once as on AWS.
final class StreamedFiles implements ConversionRun.Streamed {
    /// Known to have a receipt; what is forgotten is looked up again.
    private static final int MAX_REMEMBERED = 100_000;

    private final S3Client s3;
    private final LambdaClient lambda;
    private final Buckets buckets;
    private final S3Bodies landing;
    private final Set<String> settled = new HashSet<>();

    StreamedFiles(S3Client s3, LambdaClient lambda, Buckets buckets) {
        this.s3 = s3;
        this.lambda = lambda;
        this.buckets = buckets;
        this.landing = new S3Bodies(s3, buckets.landing());
    }

    /// Has ingest invoked for those that have no receipt.
    @Override
    public long handOver(Collection<String> landingKeys, Set<String> done) {
        long count = 0;
        for (String key : landingKeys) {
            if (!settled.contains(key) && done.add(key)) {
                count += handOver(key) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean handOver(String key) {
        Optional<SourceVersion> found = SourceFile.find(s3, new ObjectReference(buckets.landing(), key, null));
        if (found.isEmpty()) {
            return false; // it has expired since
        }
        SourceVersion file = found.get();
        if (landing.isThere(Names.receipt(file.fileId()))) {
            remember(key);
            return false;
        }
        lambda.invoke(request -> request.functionName(Names.INGEST_FUNCTION)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromByteArray(
                        S3Events.write(new ObjectReference(buckets.landing(), key, file.versionId())))));
        return true;
    }

    private void remember(String key) {
        if (settled.size() == MAX_REMEMBERED) {
            settled.clear();
        }
        settled.add(key);
    }
}
