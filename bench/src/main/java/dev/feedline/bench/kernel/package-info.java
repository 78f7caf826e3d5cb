/// The inner loops of reading JSON and writing Parquet, each measured under its own name.
@org.jspecify.annotations.NullMarked
package dev.feedline.bench.kernel;
