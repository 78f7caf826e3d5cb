package dev.feedline.app;

import dev.feedline.feeds.definition.Definition;
import dev.feedline.testkit.glue.CatalogContractSuite;
import dev.feedline.testkit.kinesis.KinesisContractSuite;
import dev.feedline.testkit.s3.BucketContractSuite;
import dev.feedline.testkit.s3.CopyContractSuite;
import dev.feedline.testkit.s3.ListingContractSuite;
import dev.feedline.testkit.s3.MultipartContractSuite;
import dev.feedline.testkit.s3.ObjectContractSuite;
import dev.feedline.testkit.s3.VersioningContractSuite;
import dev.feedline.testkit.sqs.MessageContractSuite;
import dev.feedline.testkit.sqs.QueueContractSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The services' contract suites once more, through the genuine SDK clients over HTTP.
class HttpContractTest {
    private static Feedline feedline;
    private static Reach reach;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        feedline = Feedline.start(FeedlineSettings.of(folder, Definition.EMPTY, failure -> {
                    throw new IllegalStateException(failure);
                })
                .readingOnly());
        reach = Reach.of(feedline);
    }

    @AfterAll
    static void stop() {
        reach.close();
        feedline.close();
    }

    @Nested
    class Buckets extends BucketContractSuite {
        @Override
        protected S3Client client() {
            return reach.s3();
        }
    }

    @Nested
    class Objects extends ObjectContractSuite {
        @Override
        protected S3Client client() {
            return reach.s3();
        }
    }

    @Nested
    class Listings extends ListingContractSuite {
        @Override
        protected S3Client client() {
            return reach.s3();
        }
    }

    @Nested
    class Versions extends VersioningContractSuite {
        @Override
        protected S3Client client() {
            return reach.s3();
        }
    }

    @Nested
    class Multiparts extends MultipartContractSuite {
        @Override
        protected S3Client client() {
            return reach.s3();
        }
    }

    @Nested
    class Copies extends CopyContractSuite {
        @Override
        protected S3Client client() {
            return reach.s3();
        }
    }

    @Nested
    class Queues extends QueueContractSuite {
        @Override
        protected SqsClient client() {
            return reach.sqs();
        }
    }

    @Nested
    class Messages extends MessageContractSuite {
        @Override
        protected SqsClient client() {
            return reach.sqs();
        }
    }

    @Nested
    class Streams extends KinesisContractSuite {
        @Override
        protected KinesisClient client() {
            return reach.kinesis();
        }
    }

    @Nested
    class Catalog extends CatalogContractSuite {
        @Override
        protected GlueClient client() {
            return reach.glue();
        }

        /// Its tests use names of their own choice, each on an empty catalog.
        @AfterEach
        void emptyTheCatalog() {
            GlueClient glue = client();
            glue.getDatabasesPaginator(request -> {}).stream()
                    .flatMap(page -> page.databaseList().stream())
                    .forEach(database -> glue.deleteDatabase(request -> request.name(database.name())));
        }
    }
}
