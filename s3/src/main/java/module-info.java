/// Buckets, objects, versions, multipart uploads, listings, notifications.
@org.jspecify.annotations.NullMarked
module dev.feedline.s3 {
    requires static org.jspecify;
    requires java.sql;
    requires org.slf4j;
    requires software.amazon.awssdk.http;
    requires tools.jackson.core;
    requires transitive dev.feedline.kernel;
    requires transitive software.amazon.awssdk.services.lambda;
    requires transitive software.amazon.awssdk.services.s3;
    requires transitive software.amazon.awssdk.services.sqs;

    exports dev.feedline.s3;
}
