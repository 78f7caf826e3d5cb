/// JSON to Parquet, measured: Feedline's engine and its peers on the same files in one run.
@org.jspecify.annotations.NullMarked
package dev.feedline.bench.conversion;
