/// Databases, tables, stages, file formats, pipes, COPY, load history and the SQL dialect over DuckDB.
@org.jspecify.annotations.NullMarked
module dev.feedline.snowflake {
    requires static org.jspecify;
    requires transitive dev.feedline.kernel;
    requires duckdb.jdbc;
    requires transitive java.sql;
    requires org.slf4j;
    requires transitive software.amazon.awssdk.services.s3;
    requires transitive software.amazon.awssdk.services.sqs;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports dev.feedline.snowflake;
}
