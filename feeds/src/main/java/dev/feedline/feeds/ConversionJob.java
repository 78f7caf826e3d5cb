package dev.feedline.feeds;

import dev.feedline.convert.ChunkName;
import dev.feedline.convert.ChunkOutcome;
import dev.feedline.convert.Conversion;
import dev.feedline.convert.LakeFormat;
import dev.feedline.convert.Landed;
import dev.feedline.convert.ParquetLake;
import dev.feedline.convert.ReadyChunk;
import dev.feedline.convert.Safety;
import dev.feedline.parquet.ParquetOptions;
import dev.feedline.rows.RowLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/// The built-in Glue job: converts every chunk of every feed that is ready, several at once, and looks again until a
/// look
/// finds nothing.
public final class ConversionJob {
    /// What is converted between two looks, as landed: a feed with much to do does not hold up the others.
    private static final long BYTES_PER_LOOK = 512L << 20;
    /// A chunk's file has several row groups, so that a warehouse reads it on several threads. See
    /// `docs/decisions/0006-row-groups-of-16-mib.md`.
    private static final ParquetOptions LAKE = ParquetOptions.DEFAULT.rowGroupBytes(16L << 20);

    private final FeedCatalog catalog;
    private final ChunkPool pool;
    private final Conversion conversion;
    private final StreamedFiles streamed;

    public ConversionJob(S3Client s3, GlueClient glue, LambdaClient lambda, Buckets buckets) {
        this(s3, glue, lambda, buckets, Safety.FULL);
    }

    /// @param safety anything but [Safety#FULL] is for tests that show what it is for
    public ConversionJob(S3Client s3, GlueClient glue, LambdaClient lambda, Buckets buckets, Safety safety) {
        this(s3, glue, lambda, buckets, new ParquetLake(LAKE), RowLimits.DEFAULT, safety, ChunkPool.ofMachine());
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
        this.conversion = new Conversion(landing, new S3Bodies(s3, buckets.lake()), format, limits, safety);
        this.streamed = new StreamedFiles(s3, lambda, buckets);
    }

    /// Converts what is ready, and what becomes ready meanwhile.
    ///
    /// A chunk whose rows are damaged is reported and does not hold up the others.
    public ConversionReport run() throws IOException {
        ConversionReport total = ConversionReport.NOTHING;
        ConversionReport look;
        Run run = new Run();
        do {
            look = ConversionReport.NOTHING;
            run.hasLeft = false;
            for (String feed : catalog.feeds()) {
                look = look.beside(run.convert(feed));
            }
            total = look.after(total);
        } while (look.didSomething() || run.hasLeft);
        return total;
    }

    /// What one run has to remember from look to look.
    private final class Run {
        private final Set<String> handedOver = new HashSet<>();
        /// Tried without a lake object to show for it; they have their turn when nothing else is ready.
        private final Set<ChunkName> fruitless = new HashSet<>();
        private final Map<String, Map<ChunkName, String>> damagedByFeed = new HashMap<>();
        private boolean hasLeft;

        private ConversionReport convert(String feed) throws IOException {
            Landed landed = conversion.look(feed);
            List<ReadyChunk> chunks = turn(landed.ready());
            List<ChunkPool.Result> results = pool.convert(conversion, chunks);
            long converted = 0;
            long alreadyThere = 0;
            long waiting = landed.waiting().size();
            Map<ChunkName, String> damaged = damagedByFeed.computeIfAbsent(feed, name -> new TreeMap<>());
            for (int i = 0; i < chunks.size(); i++) {
                ChunkName chunk = chunks.get(i).name();
                damaged.remove(chunk);
                switch (results.get(i)) {
                    case ChunkPool.Result.Damaged(String reason) -> {
                        damaged.put(chunk, reason);
                        fruitless.add(chunk);
                    }
                    case ChunkPool.Result.Of(ChunkOutcome outcome) -> {
                        switch (outcome) {
                            case CONVERTED -> converted++;
                            case ALREADY_THERE -> alreadyThere++;
                            case INCOMPLETE -> {
                                waiting++;
                                fruitless.add(chunk);
                            }
                        }
                    }
                }
            }
            return new ConversionReport(
                    converted,
                    alreadyThere,
                    waiting,
                    streamed.handOver(landed.unmarked(), handedOver),
                    List.copyOf(damaged.values()));
        }

        /// As many of the ready chunks as make up [#BYTES_PER_LOOK], at least one.
        private List<ReadyChunk> turn(List<ReadyChunk> ready) {
            List<ReadyChunk> untried = ready.stream()
                    .filter(chunk -> !fruitless.contains(chunk.name()))
                    .toList();
            List<ReadyChunk> turn = new ArrayList<>();
            long bytes = 0;
            for (ReadyChunk chunk : untried.isEmpty() ? ready : untried) {
                if (!turn.isEmpty() && bytes >= BYTES_PER_LOOK) {
                    hasLeft |= !untried.isEmpty();
                    break;
                }
                turn.add(chunk);
                bytes +=
                        chunk.runs().stream().mapToLong(at -> at.run().length()).sum();
            }
            return turn;
        }
    }
}
