/// `Feedline.start()`, the command, and the wiring of the rooms.
@org.jspecify.annotations.NullMarked
module dev.feedline.app {
    requires static org.jspecify;
    requires aws.lambda.java.core;
    requires com.github.luben.zstd_jni;
    requires dev.feedline.feeds;
    requires dev.feedline.firehose;
    requires dev.feedline.gateway;
    requires dev.feedline.glue;
    requires dev.feedline.iam;
    requires dev.feedline.kernel;
    requires dev.feedline.kinesis;
    requires dev.feedline.lambda;
    requires dev.feedline.parquet;
    requires dev.feedline.s3;
    requires dev.feedline.snowflake;
    requires dev.feedline.sqs;
    requires info.picocli;
    requires java.logging;
    requires java.net.http;
    requires java.sql;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.services.firehose;
    requires software.amazon.awssdk.services.glue;
    requires software.amazon.awssdk.services.kinesis;
    requires software.amazon.awssdk.services.lambda;
    requires software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.services.sqs;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.feedline.app;

    opens dev.feedline.app.command to
            info.picocli;
}
