package dev.feedline.glue;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which Glue a job asks for. Feedline has what Glue 6.0 has, and says so when another is asked for:
/// docs/decisions/0011-glue-6.md.
///
/// https://docs.aws.amazon.com/glue/latest/dg/release-notes.html
final class GlueVersion {
    static final String OURS = "6.0";

    private static final Map<String, String> OTHERS = Map.of(
            "0.9", "Spark 2.2 and Scala 2.11",
            "1.0", "Spark 2.4 and Scala 2.11",
            "2.0", "Spark 2.4 and Scala 2.11",
            "3.0", "Spark 3.1 and Scala 2.12",
            "4.0", "Spark 3.3 and Scala 2.12",
            "5.0", "Spark 3.5 and Scala 2.12",
            "5.1", "Spark 3.5 and Scala 2.12");

    private GlueVersion() {}

    /// A job inside Feedline has neither Spark nor Scala, so any version is as good for it.
    static void check(Script script, @Nullable String version) {
        if (version == null || version.equals(OURS)) {
            return;
        }
        String others = OTHERS.get(version);
        if (others == null) {
            throw GlueError.INVALID_INPUT.because(
                    "GlueVersion " + version + " is none that Feedline knows; it has 6.0");
        }
        if (script instanceof Script.OnSpark) {
            throw GlueError.INVALID_INPUT.because("GlueVersion " + version + " is not supported by Feedline: it is "
                    + others
                    + ", and Feedline runs what Glue 6.0 has, Spark 4.1.1, Scala 2.13 and Java 17. Write 6.0, or"
                    + " leave GlueVersion out");
        }
    }
}
