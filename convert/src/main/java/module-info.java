/// The conversion job as pure code over [dev.feedline.convert.Bodies]: index landing objects, find ready chunks,
/// convert.
@org.jspecify.annotations.NullMarked
module dev.feedline.convert {
    requires static org.jspecify;
    requires tools.jackson.core;
    requires dev.feedline.parquet;
    requires transitive dev.feedline.rows;

    exports dev.feedline.convert;
}
