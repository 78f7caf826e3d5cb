/// Contract suites of the services, and in-memory SDK clients for simulations.
@org.jspecify.annotations.NullMarked
module dev.feedline.testkit {
    requires static org.jspecify;
    requires transitive dev.feedline.kernel;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires software.amazon.awssdk.http;
    requires tools.jackson.databind;
    requires transitive org.junit.jupiter.params;
    requires transitive software.amazon.awssdk.services.firehose;
    requires transitive software.amazon.awssdk.services.glue;
    requires transitive software.amazon.awssdk.services.iam;
    requires transitive software.amazon.awssdk.services.kinesis;
    requires transitive software.amazon.awssdk.services.lambda;
    requires transitive software.amazon.awssdk.services.s3;
    requires transitive software.amazon.awssdk.services.sqs;

    exports dev.feedline.testkit;
    exports dev.feedline.testkit.glue;
    exports dev.feedline.testkit.iam;
    exports dev.feedline.testkit.firehose;
    exports dev.feedline.testkit.kinesis;
    exports dev.feedline.testkit.s3;
    exports dev.feedline.testkit.lambda;
    exports dev.feedline.testkit.sqs;
}
