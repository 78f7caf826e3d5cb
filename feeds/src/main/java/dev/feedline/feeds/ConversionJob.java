package dev.feedline.feeds;

import dev.feedline.convert.ChunkResult;
import dev.feedline.convert.Conversion;
import dev.feedline.convert.ConversionReport;
import dev.feedline.convert.ConversionRun;
import dev.feedline.convert.LakeEngine;
import dev.feedline.convert.LakeFormat;
import dev.feedline.convert.Landed;
import dev.feedline.convert.ParquetLake;
import dev.feedline.convert.ReadyChunk;
import dev.feedline.convert.Safety;
import dev.feedline.rows.RowLimits;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The built-in Glue job inside Feedline: converts every chunk that is ready of every feed that has chosen it, several
/// at once, and looks again until a look finds nothing.
public final class ConversionJob {
    /// What is converted between two looks, as landed: a feed with much to do does not hold up the others.
    private static final long BYTES_PER_LOOK = 512L << 20;

    private final FeedCatalog catalog;
    private final ChunkPool pool;
    private final Conversion conversion;
    private final StreamedFiles streamed;

    public ConversionJob(S3Client s3, GlueClient glue, LambdaClient lambda, Buckets buckets) {
        this(s3, glue, lambda, buckets, Safety.FULL);
    }

    /// @param safety anything but [Safety#FULL] is for tests that show what it is for
    public ConversionJob(S3Client s3, GlueClient glue, LambdaClient lambda, Buckets buckets, Safety safety) {
        this(s3, glue, lambda, buckets, new ParquetLake(), RowLimits.DEFAULT, safety, ChunkPool.ofMachine());
    }

    /// One chunk after the other, on the caller's thread.
    ///
    /// @param safety anything but [Safety#FULL] is for tests that show what it is for
    public ConversionJob(
            S3Client s3,
            GlueClient glue,
            LambdaClient lambda,
            Buckets buckets,
            LakeFormat format,
            RowLimits limits,
            Safety safety) {
        this(s3, glue, lambda, buckets, format, limits, safety, new ChunkPool(1));
    }

    private ConversionJob(
            S3Client s3,
            GlueClient glue,
            LambdaClient lambda,
            Buckets buckets,
            LakeFormat format,
            RowLimits limits,
            Safety safety,
            ChunkPool pool) {
        this.pool = pool;
        this.catalog = new FeedCatalog(glue);
        S3Bodies landing = new S3Bodies(s3, buckets.landing());
        this.conversion = new Conversion(
                landing, new S3Bodies(s3, buckets.lake(), LakeEngine.NATIVE.metadata()), format, limits, safety);
        this.streamed = new StreamedFiles(s3, lambda, buckets);
    }

    /// Converts what is ready, and what becomes ready meanwhile.
    ///
    /// A chunk whose rows are damaged is reported and does not hold up the others.
    public ConversionReport run() throws IOException {
        return new ConversionRun(() -> catalog.feedsOf(Names.JOB), new InProcess(), streamed, () -> BYTES_PER_LOOK)
                .run(progress -> {});
    }

    private final class InProcess implements ConversionRun.Engine {
        @Override
        public Landed look(String feed) throws IOException {
            return conversion.look(feed);
        }

        @Override
        public List<ChunkResult> convert(List<ReadyChunk> chunks) throws IOException {
            return pool.convert(conversion, chunks);
        }
    }
}
