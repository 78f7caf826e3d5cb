/// Data Firehose on one machine: delivery streams that buffer, journal and deliver to S3.
@org.jspecify.annotations.NullMarked
module dev.feedline.firehose {
    requires static org.jspecify;
    requires transitive dev.feedline.kernel;
    requires java.sql;
    requires org.slf4j;
    requires software.amazon.awssdk.http;
    requires transitive software.amazon.awssdk.services.firehose;
    requires transitive software.amazon.awssdk.services.kinesis;
    requires transitive software.amazon.awssdk.services.s3;

    exports dev.feedline.firehose;
}
