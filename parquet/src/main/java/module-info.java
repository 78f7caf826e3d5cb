/// Rows to a Parquet file, written from front to back: no Hadoop, no seeking, memory bounded by the row group.
@org.jspecify.annotations.NullMarked
module dev.feedline.parquet {
    requires static org.jspecify;
    requires transitive dev.feedline.rows;
    requires org.xerial.snappy;
    requires com.github.luben.zstd_jni;

    exports dev.feedline.parquet;
}
