package dev.feedline.glue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run's script with all its arguments: what its driver is to do.
///
/// @param script the Scala source that is to be compiled, when there is one
/// @param jars in their order on the class path
record SparkScript(
        String mainClass, Optional<S3Place> script, List<S3Place> jars, List<S3Place> files, SparkConf conf) {

    /// Everything that a set of arguments must hold together.
    static SparkScript of(Script.OnSpark script, Map<String, String> arguments) {
        BookmarkUse.of(arguments).checked();
        SparkConf conf = SparkConf.parse(arguments.get("--conf"));
        List<S3Place> jars = S3Place.list("--extra-jars", arguments.get("--extra-jars"));
        List<S3Place> files = S3Place.list("--extra-files", arguments.get("--extra-files"));
        if (script.isOwn()) {
            return new SparkScript(script.mainClass().orElseThrow(), Optional.empty(), jars, files, conf);
        }
        S3Place location = script.location().orElseThrow();
        boolean isSource = location.key().toLowerCase(java.util.Locale.ROOT).endsWith(".scala");
        if (isSource && !"scala".equals(arguments.get("--job-language"))) {
            throw GlueError.INVALID_INPUT.because("--job-language scala must be given for " + location
                    + ": without it Glue takes a script for Python");
        }
        String mainClass = arguments.get("--class");
        if (mainClass == null || mainClass.isBlank()) {
            throw GlueError.INVALID_INPUT.because("--class must name the main class of " + location);
        }
        if (isSource) {
            return new SparkScript(mainClass, Optional.of(location), jars, files, conf);
        }
        List<S3Place> all = new java.util.ArrayList<>(List.of(location));
        all.addAll(jars);
        return new SparkScript(mainClass, Optional.empty(), all, files, conf);
    }
}
