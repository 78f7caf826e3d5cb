package dev.feedline.bench.engine;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/// A user's Glue job that does with Spark's own reader and writer what the pipeline's job does with ours.
public final class ReadJsonWriteParquet {
    private ReadJsonWriteParquet() {}

    /// @param words `--from` and `--to`, places in S3, and `--columns`, as DDL, or `inferred`
    public static void main(String[] words) {
        System.out.println("first line at " + System.currentTimeMillis());
        SparkSession spark = SparkSession.builder().getOrCreate();
        DataFrameReader reader = spark.read().option("recursiveFileLookup", "true");
        String columns = value(words, "--columns");
        if (!columns.equals("inferred")) {
            reader = reader.schema(columns);
        }
        reader.json(value(words, "--from")).write().mode(SaveMode.Overwrite).parquet(value(words, "--to"));
        if (value(words, "--count").equals("yes")) {
            System.out.println("rows written: " + spark.read().parquet(value(words, "--to")).count());
        }
    }

    private static String value(String[] words, String name) {
        List<String> all = Arrays.asList(words);
        return all.get(all.indexOf(name) + 1);
    }
}
