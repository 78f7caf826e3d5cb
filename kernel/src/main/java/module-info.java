/// The shared words and the durable ground: ARNs, ids, `Disk`, the SQLite store, `Bell`, `LocalBodies`, `Caller`.
@org.jspecify.annotations.NullMarked
module dev.feedline.kernel {
    requires static org.jspecify;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.databind;
    requires transitive software.amazon.awssdk.awscore;
    requires transitive software.amazon.awssdk.core;
    requires transitive software.amazon.awssdk.utils;

    exports dev.feedline.kernel;
    exports dev.feedline.kernel.sim;
}
