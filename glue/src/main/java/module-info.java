/// Data Catalog, crawlers, jobs and runs: the embedded AWS Glue.
@org.jspecify.annotations.NullMarked
module dev.feedline.glue {
    requires static org.jspecify;
    requires java.sql;
    requires transitive dev.feedline.kernel;
    requires dev.feedline.rows;
    requires org.slf4j;
    requires tools.jackson.databind;
    requires transitive software.amazon.awssdk.services.glue;
    requires transitive software.amazon.awssdk.services.s3;

    exports dev.feedline.glue;
}
