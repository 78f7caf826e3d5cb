package dev.feedline.feeds;

import dev.feedline.convert.ChunkOutcome;
import dev.feedline.convert.Conversion;
import dev.feedline.convert.DamagedChunkException;
import dev.feedline.convert.LakeFormat;
import dev.feedline.convert.Landed;
import dev.feedline.convert.ParquetLake;
import dev.feedline.convert.ReadyChunk;
import dev.feedline.convert.Safety;
import dev.feedline.parquet.ParquetOptions;
import dev.feedline.rows.RowLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The built-in Glue job: converts every chunk of every feed that is ready, and looks again until a look finds nothing.
public final class ConversionJob {
    private final FeedCatalog catalog;
    private final Conversion conversion;
    private final StreamedFiles streamed;

    public ConversionJob(S3Client s3, GlueClient glue, LambdaClient lambda, Buckets buckets) {
        this(s3, glue, lambda, buckets, new ParquetLake(ParquetOptions.DEFAULT), RowLimits.DEFAULT, Safety.FULL);
    }

    /// @param safety anything but [Safety#FULL] is for tests that show what it is for
    public ConversionJob(
            S3Client s3,
            GlueClient glue,
            LambdaClient lambda,
            Buckets buckets,
            LakeFormat format,
            RowLimits limits,
            Safety safety) {
        this.catalog = new FeedCatalog(glue);
        S3Bodies landing = new S3Bodies(s3, buckets.landing());
        this.conversion = new Conversion(landing, new S3Bodies(s3, buckets.lake()), format, limits, safety);
        this.streamed = new StreamedFiles(s3, lambda, buckets);
    }

    /// Converts what is ready, and what becomes ready meanwhile.
    ///
    /// A chunk whose rows are damaged is reported and does not hold up the others.
    public ConversionReport run() throws IOException {
        ConversionReport total = ConversionReport.NOTHING;
        ConversionReport look;
        Set<String> handedOver = new HashSet<>();
        do {
            look = ConversionReport.NOTHING;
            for (String feed : catalog.feeds()) {
                look = look.beside(convert(feed, handedOver));
            }
            total = look.after(total);
        } while (look.didSomething());
        return total;
    }

    private ConversionReport convert(String feed, Set<String> handedOver) throws IOException {
        Landed landed = conversion.look(feed);
        long converted = 0;
        long alreadyThere = 0;
        long waiting = landed.waiting().size();
        List<String> failures = new ArrayList<>();
        for (ReadyChunk chunk : landed.ready()) {
            try {
                ChunkOutcome outcome = conversion.convert(chunk);
                converted += outcome == ChunkOutcome.CONVERTED ? 1 : 0;
                alreadyThere += outcome == ChunkOutcome.ALREADY_THERE ? 1 : 0;
                waiting += outcome == ChunkOutcome.INCOMPLETE ? 1 : 0;
            } catch (DamagedChunkException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        return new ConversionReport(
                converted, alreadyThere, waiting, streamed.handOver(landed.unmarked(), handedOver), failures);
    }
}
