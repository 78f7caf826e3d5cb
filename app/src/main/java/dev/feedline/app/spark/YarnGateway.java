package dev.feedline.app.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a run on YARN takes from this machine, as `spark-submit` does: a Spark with its module of YARN, and the folders
/// that say where YARN is.
///
/// YARN's machines have no Spark of their own; they are sent the driver's.
///
/// @param spark the folder that `SPARK_HOME` names
/// @param jars that Spark's own
/// @param configuration folders of Hadoop's settings, one of them with `yarn-site.xml`
/// @param environment what a driver is told of all this
record YarnGateway(Path spark, List<Path> jars, List<Path> configuration, Map<String, String> environment) {
    static final String MASTER = "yarn";
    private static final String SPARK_HOME = "SPARK_HOME";
    private static final List<String> FOLDERS = List.of("YARN_CONF_DIR", "HADOOP_CONF_DIR");
    /// Who asks YARN.
    private static final List<String> IDENTITY = List.of("HADOOP_USER_NAME", "KRB5CCNAME");
    private static final String SITE = "yarn-site.xml";
    private static final Pattern MODULE = Pattern.compile("spark-yarn_(\\d+\\.\\d+)-(\\d+\\.\\d+)\\..*\\.jar");
    private static final String SCALA = "2.13";
    private static final Set<String> VERSIONS = Set.of("4.1", "4.2");
    /// `artifact-1.2.3.jar`: a version begins with a digit.
    private static final Pattern VERSION = Pattern.compile("-\\d[^/]*\\.jar$");
    /// They go with the Hadoop and the Spark of the folder, and cannot be added to others.
    private static final Set<String> ITS_OWN =
            Set.of("org.apache.spark", "org.apache.hadoop", "software.amazon.s3.analyticsaccelerator");

    YarnGateway {
        jars = List.copyOf(jars);
        configuration = List.copyOf(configuration);
        environment = Map.copyOf(environment);
    }

    /// @throws IOException naming the variable that is not set, or what its folder lacks
    static YarnGateway of(Map<String, String> environment) throws IOException {
        Map<String, String> told = new TreeMap<>();
        List<Path> configuration = configuration(environment, told);
        Path spark = folder(environment, SPARK_HOME, told);
        if (spark == null) {
            throw new IOException("Spark's master yarn needs SPARK_HOME in Feedline's environment: the folder of Spark "
                    + versions() + ", as it is downloaded from spark.apache.org; the Spark that Feedline fetches has no"
                    + " module of YARN. It is not set.");
        }
        List<Path> jars = jars(spark);
        checkModule(spark, jars);
        for (String name : IDENTITY) {
            String value = environment.get(name);
            if (value != null) {
                told.put(name, value);
            }
        }
        return new YarnGateway(spark, jars, configuration, told);
    }

    /// What the folder's Spark lacks of the set: the SDK, above all.
    SparkSet missing(SparkSet set) {
        Set<String> there = jars.stream().map(YarnGateway::artifact).collect(Collectors.toSet());
        return new SparkSet(set.jars().stream()
                .filter(jar -> !ITS_OWN.contains(jar.coordinates().split(":")[0]))
                .filter(jar -> !there.contains(artifact(Path.of(jar.name()))))
                .toList());
    }

    private static List<Path> configuration(Map<String, String> environment, Map<String, String> told)
            throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        for (String name : FOLDERS) {
            Path folder = folder(environment, name, told);
            if (folder != null) {
                folders.add(folder);
            }
        }
        String needs = "Spark's master yarn needs YARN_CONF_DIR or HADOOP_CONF_DIR in Feedline's environment: the"
                + " folder whose yarn-site.xml says where YARN's ResourceManager is. ";
        if (folders.isEmpty()) {
            throw new IOException(needs + "Neither is set.");
        }
        if (folders.stream().noneMatch(folder -> Files.isReadable(folder.resolve(SITE)))) {
            throw new IOException(needs + "There is no " + SITE + " that can be read in "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(" and in ")) + ".");
        }
        return new ArrayList<>(folders);
    }

    private static @Nullable Path folder(Map<String, String> environment, String name, Map<String, String> told) {
        String named = environment.getOrDefault(name, "");
        if (named.isBlank()) {
            return null;
        }
        Path folder = Path.of(named).toAbsolutePath().normalize(); // a driver has a working folder of its own
        told.put(name, folder.toString());
        return folder;
    }

    private static List<Path> jars(Path spark) throws IOException {
        Path folder = spark.resolve("jars");
        if (!Files.isDirectory(folder)) {
            throw new IOException(SPARK_HOME + "=" + spark
                    + " is no Spark's folder: it has no folder jars. Name that of Spark " + versions() + ".");
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static void checkModule(Path spark, List<Path> jars) throws IOException {
        for (Path jar : jars) {
            Matcher module = MODULE.matcher(String.valueOf(jar.getFileName()));
            if (module.matches()) {
                if (module.group(1).equals(SCALA) && VERSIONS.contains(module.group(2))) {
                    return;
                }
                throw new IOException(SPARK_HOME + "=" + spark + " is Spark " + module.group(2) + " for Scala "
                        + module.group(1) + " (" + jar.getFileName() + "); Feedline's job runs on Spark " + versions()
                        + ".");
            }
        }
        throw new IOException(SPARK_HOME + "=" + spark + " has no module of YARN: there is no spark-yarn_" + SCALA
                + "-….jar in " + spark.resolve("jars") + ". Name the folder of Spark " + versions()
                + " as it is downloaded from spark.apache.org.");
    }

    private static String versions() {
        return "4.1 or 4.2 for Scala " + SCALA;
    }

    private static String artifact(Path jar) {
        return VERSION.matcher(String.valueOf(jar.getFileName())).replaceFirst("");
    }
}
