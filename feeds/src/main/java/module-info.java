/// The pipeline itself: the two functions, the job, receipts, quarantine, balance and sweep.
@org.jspecify.annotations.NullMarked
module dev.feedline.feeds {
    requires static org.jspecify;
    requires dev.feedline.parquet;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires com.github.luben.zstd_jni;
    requires org.apache.commons.compress;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires transitive aws.lambda.java.core;
    requires transitive dev.feedline.convert;
    requires transitive dev.feedline.rows;
    requires transitive software.amazon.awssdk.services.firehose;
    requires transitive software.amazon.awssdk.services.glue;
    requires transitive software.amazon.awssdk.services.kinesis;
    requires transitive software.amazon.awssdk.services.lambda;
    requires transitive software.amazon.awssdk.services.s3;
    requires transitive software.amazon.awssdk.services.sqs;

    exports dev.feedline.feeds;
    exports dev.feedline.feeds.definition;
    exports dev.feedline.feeds.deployment;
}
