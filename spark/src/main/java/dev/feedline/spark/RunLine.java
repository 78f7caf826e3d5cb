package dev.feedline.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The line of JSON by which a driver is given its one run.
///
/// @param application the id of its applications on Kubernetes, by which Spark labels all that it asks for
/// @param mainClass the class that `--class` names
/// @param script a Scala script to compile first, absent when the class is in the jars
/// @param scripts the folder that keeps compiled scripts, absent when none does
/// @param jars the user's own
/// @param conf Spark's settings, which win over the driver's
/// @param arguments with their dashes
/// @param bookmarks see [BookmarkBook#of(Map, long)]; empty for none
/// @param commits the file to write, whole each time, when the job commits its bookmarks
/// @param report the file to write when the run has ended
/// @param podsGone the file to write when none of the run's pods is left on Kubernetes
record RunLine(
        String runId,
        String application,
        String jobName,
        String mainClass,
        @Nullable Path script,
        @Nullable Path scripts,
        List<Path> jars,
        String master,
        Map<String, String> conf,
        Map<String, String> arguments,
        Map<?, ?> bookmarks,
        Path commits,
        Path report,
        Path podsGone) {

    static RunLine parse(String line) {
        Map<String, Object> json = Json.readObject(line);
        return new RunLine(
                text(json, "runId"),
                text(json, "application"),
                text(json, "jobName"),
                text(json, "mainClass"),
                path(json, "script"),
                path(json, "scripts"),
                ((List<?>) json.getOrDefault("jars", List.of()))
                        .stream().map(jar -> Path.of((String) jar)).toList(),
                text(json, "master"),
                texts(json, "conf"),
                texts(json, "arguments"),
                map(json, "bookmarks"),
                Path.of(text(json, "commits")),
                Path.of(text(json, "report")),
                Path.of(text(json, "podsGone")));
    }

    static String text(Map<String, Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the run's line has no text '" + name + "'");
    }

    private static @Nullable Path path(Map<String, Object> json, String name) {
        Object path = json.get(name);
        return path == null ? null : Path.of((String) path);
    }

    private static Map<?, ?> map(Map<String, Object> json, String name) {
        Object value = json.get(name);
        return value == null ? Map.of() : (Map<?, ?>) value;
    }

    static Map<String, String> texts(Map<String, Object> json, String name) {
        Map<String, String> texts = new TreeMap<>();
        map(json, name).forEach((key, value) -> texts.put((String) key, String.valueOf(value)));
        return texts;
    }
}
