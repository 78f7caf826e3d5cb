package dev.feedline.glue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How a driver process is started: its command and its environment.
record DriverCommand(List<String> command, Map<String, String> environment) {
    /// What a driver needs of the machine; everything else, such as other keys, is kept from it.
    private static final List<String> OF_THE_MACHINE = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL");

    /// @param folder the process's own, where its temporary files go, too
    static DriverCommand of(
            SparkSettings.Installed spark, int megabytes, Path folder, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(
                spark.java().toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+IgnoreUnrecognizedVMOptions", // some of these are not known to every Java that Spark runs on
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.reflect.useDirectMethodHandle=false",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC"));
        command.addAll(SparkSettings.javaOptions());
        command.add("--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED");
        command.add("-cp");
        command.add(spark.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(spark.driver());
        Map<String, String> all = new HashMap<>();
        for (String name : OF_THE_MACHINE) {
            String value = System.getenv(name);
            if (value != null) {
                all.put(name, value);
            }
        }
        all.put("TZ", "UTC");
        all.put("FEEDLINE_RUN_FOLDER", folder.toString());
        all.putAll(spark.environment());
        all.putAll(environment);
        return new DriverCommand(List.copyOf(command), Map.copyOf(all));
    }
}
