package dev.feedline.bench.engine;

import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/// Spark in one process, its session kept.
final class SparkProgram {
    private SparkProgram() {}

    /// @param arguments the file to read, the folder to write, the codec, the threads, and the columns as DDL, empty
    /// when they are inferred
    public static void main(String[] arguments) throws Exception {
        try (SparkSession spark = SparkSession.builder()
                .master("local[" + arguments[3] + "]")
                .appName("convert")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
                .config("spark.sql.parquet.compression.codec", arguments[2])
                .getOrCreate()) {
            Turns.take(() -> {
                DataFrameReader reader = spark.read();
                if (!arguments[4].isEmpty()) {
                    reader = reader.schema(arguments[4]);
                }
                reader.json(arguments[0]).write().mode(SaveMode.Overwrite).parquet(arguments[1]);
            });
        }
    }
}
