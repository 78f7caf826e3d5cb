package dev.feedline.spark;

import org.apache.spark.rdd.InputFileBlockHolder;

/// The file that this thread's task reads, for what there is to say of its records.
///
/// Spark keeps it to itself in Scala only.
public final class FileAtWork {
    private FileAtWork() {}

    /// Its path, or words for it where Spark does not know.
    public static String name() {
        String path = InputFileBlockHolder.getInputFilePath().toString();
        return path.isEmpty() ? "A file" : path;
    }
}
