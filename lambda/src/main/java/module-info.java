/// Functions: invoke, retry, dead letters; in the JVM or as a process over the Runtime API.
@org.jspecify.annotations.NullMarked
module dev.feedline.lambda {
    requires static org.jspecify;
    requires java.sql;
    requires org.slf4j;
    requires software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.services.sqs;
    requires tools.jackson.databind;
    requires transitive aws.lambda.java.core;
    requires transitive dev.feedline.kernel;
    requires transitive software.amazon.awssdk.services.lambda;

    exports dev.feedline.lambda;
}
