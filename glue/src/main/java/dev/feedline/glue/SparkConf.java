package dev.feedline.glue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// What `--conf` says: Spark's properties, several joined by ` --conf ` as Glue has it.
///
/// @param master Spark's master, `local[*]` when none is named
/// @param driverMegabytes the driver's heap, `spark.driver.memory`
/// @param properties all others
record SparkConf(String master, int driverMegabytes, Map<String, String> properties) {
    static final int STANDARD_MEGABYTES = 1024;
    static final String STANDARD_MASTER = "local[*]";
    private static final int LEAST_MEGABYTES = 256;
    private static final int MOST_MEGABYTES = 1 << 20;
    private static final String MASTER = "spark.master";
    static final String KUBERNETES = "k8s://";
    private static final Pattern MASTERS =
            Pattern.compile("local(\\[(\\*|\\d+)(,\\d+)?])?|spark://\\S+|yarn|k8s://\\S+");
    private static final List<String> IMAGES =
            List.of("spark.kubernetes.container.image", "spark.kubernetes.executor.container.image");
    private static final String MEMORY = "spark.driver.memory";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,7})([kmgt]?)b?", Pattern.CASE_INSENSITIVE);

    /// What spark-submit does before a driver starts, and nobody does here.
    private static final Map<String, String> TOO_LATE = Map.of(
            "spark.driver.extraJavaOptions", "the driver's Java is started by Feedline",
            "spark.driver.extraClassPath", "use --extra-jars",
            "spark.driver.extraLibraryPath", "the driver's Java is started by Feedline",
            "spark.jars", "use --extra-jars",
            "spark.jars.packages", "use --extra-jars",
            "spark.files", "use --extra-files",
            "spark.submit.deployMode", "the driver runs beside Feedline");

    SparkConf {
        properties = Map.copyOf(properties);
    }

    static SparkConf parse(@Nullable String conf) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (conf != null && !conf.isBlank()) {
            for (String one : conf.strip().split("\\s+--conf\\s+")) {
                int equals = one.indexOf('=');
                if (equals < 1) {
                    throw GlueError.INVALID_INPUT.because(
                            "--conf must be name=value, several joined by ' --conf ', not " + one);
                }
                properties.put(
                        one.substring(0, equals).strip(),
                        one.substring(equals + 1).strip());
            }
        }
        refuse(properties, TOO_LATE);
        String master = properties.remove(MASTER);
        if (master != null && !MASTERS.matcher(master).matches()) {
            throw GlueError.INVALID_INPUT.because("--conf " + MASTER + "=" + master
                    + " is not supported by Feedline: use local[*], local[N], spark://HOST:PORT, yarn or"
                    + " k8s://https://HOST:PORT");
        }
        if (isKubernetes(master)) {
            properties
                    .keySet()
                    .forEach(name -> NotOnKubernetes.reason(name).ifPresent(reason -> {
                        throw refusal(name, reason);
                    }));
            if (IMAGES.stream().noneMatch(properties::containsKey)) {
                throw GlueError.INVALID_INPUT.because("--conf " + IMAGES.getFirst() + " must be given with " + MASTER
                        + "=" + master + ": the image of Spark 4.1 for Scala 2.13 that executors are started from");
            }
        }
        String memory = properties.remove(MEMORY);
        return new SparkConf(
                master == null ? STANDARD_MASTER : master,
                memory == null ? STANDARD_MEGABYTES : megabytes(memory),
                properties);
    }

    /// Whether its driver is started with other jars than those of most runs.
    boolean hasDriverOfItsOwn() {
        return master.equals("yarn") || isOnKubernetes();
    }

    boolean isOnKubernetes() {
        return isKubernetes(master);
    }

    private static boolean isKubernetes(@Nullable String master) {
        return master != null && master.startsWith(KUBERNETES);
    }

    private static void refuse(Map<String, String> properties, Map<String, String> reasons) {
        reasons.forEach((name, reason) -> {
            if (properties.containsKey(name)) {
                throw refusal(name, reason);
            }
        });
    }

    private static AwsServiceException refusal(String name, String reason) {
        return GlueError.INVALID_INPUT.because("--conf " + name + " is not supported by Feedline: " + reason);
    }

    /// As Spark reads it: a number with k, m, g or t; m where there is none.
    private static int megabytes(String memory) {
        Matcher size = SIZE.matcher(memory);
        if (size.matches()) {
            long number = Long.parseLong(size.group(1));
            long megabytes = switch (size.group(2).toLowerCase(java.util.Locale.ROOT)) {
                case "k" -> number >> 10;
                case "g" -> number << 10;
                case "t" -> number << 20;
                default -> number;
            };
            if (megabytes >= LEAST_MEGABYTES && megabytes <= MOST_MEGABYTES) {
                return (int) megabytes;
            }
        }
        throw GlueError.INVALID_INPUT.because("--conf " + MEMORY + " must be 256m to 1t, such as 2g, not " + memory);
    }
}
