package dev.feedline.convert;

import java.util.Locale;
import java.util.Map;

/// What converts; a lake object's user metadata says which it was, so that its bytes stay those
/// of its chunk.
public enum LakeEngine {
    /// Inside Feedline, on its own threads.
    NATIVE,
    /// On Apache Spark.
    SPARK;

    /// The user metadata's key, as S3 gives it back: `x-amz-meta-feedline-engine`.
    public static final String METADATA = "feedline-engine";

    /// What an object that this engine wrote carries.
    public Map<String, String> metadata() {
        return Map.of(METADATA, name().toLowerCase(Locale.ROOT));
    }
}
