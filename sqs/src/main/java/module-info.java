/// Queues: between bucket notifications and pipes, and for dead letters.
@org.jspecify.annotations.NullMarked
module dev.feedline.sqs {
    requires static org.jspecify;
    requires java.sql;
    requires tools.jackson.databind;
    requires transitive dev.feedline.kernel;
    requires transitive software.amazon.awssdk.services.sqs;

    exports dev.feedline.sqs;
}
