package dev.feedline.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a driver is told of its run: one line of JSON on its standard input.
///
/// @param script a Scala file to compile; null where the main class is in a jar
/// @param jars on the class path of the main class, and of executors
/// @param report the file that the driver's last word goes to
record RunLine(
        String runId,
        String mainClass,
        @Nullable Path script,
        List<Path> jars,
        String master,
        Map<String, String> conf,
        Map<String, String> arguments,
        Path report) {
    static RunLine read(String json) {
        Map<String, Object> line = Json.readObject(json);
        Object script = line.get("script");
        List<Path> jars = new ArrayList<>();
        for (Object jar : (List<?>) member(line, "jars")) {
            jars.add(Path.of(jar.toString()));
        }
        return new RunLine(
                text(line, "runId"),
                text(line, "mainClass"),
                script == null ? null : Path.of(script.toString()),
                List.copyOf(jars),
                text(line, "master"),
                texts(line, "conf"),
                texts(line, "arguments"),
                Path.of(text(line, "report")));
    }

    private static Object member(Map<String, Object> line, String name) {
        Object value = line.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the run has no " + name);
        }
        return value;
    }

    private static String text(Map<String, Object> line, String name) {
        return (String) member(line, name);
    }

    private static Map<String, String> texts(Map<String, Object> line, String name) {
        Map<String, String> texts = new TreeMap<>();
        ((Map<?, ?>) member(line, name)).forEach((key, value) -> texts.put((String) key, String.valueOf(value)));
        return texts;
    }
}
