/// The conversion job on Apache Spark, the driver process of Glue's jobs, and what the library of
/// their API stands on.
@org.jspecify.annotations.NullMarked
package dev.feedline.spark;
