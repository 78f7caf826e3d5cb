/// Kinesis Data Streams on one machine: streams, shards, iterators and retention on a segment log.
@org.jspecify.annotations.NullMarked
module dev.feedline.kinesis {
    requires static org.jspecify;
    requires transitive dev.feedline.kernel;
    requires java.sql;
    requires org.slf4j;
    requires transitive software.amazon.awssdk.services.kinesis;

    exports dev.feedline.kinesis;
}
