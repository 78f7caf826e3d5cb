package dev.feedline.feeds.definition;

import dev.feedline.feeds.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// On what a feed's rows are converted, and so by which Glue job: what is written is the same.
///
/// Feeds that choose alike share a job, because one run converts for all of them.
public sealed interface ConvertChoice {
    /// Inside Feedline.
    ConvertChoice NATIVE = new Native();

    /// The Glue job that does it.
    String job();

    /// Several chunks at once, in this process.
    record Native() implements ConvertChoice {
        @Override
        public String job() {
            return Names.JOB;
        }
    }

    /// On Apache Spark.
    ///
    /// @param master Spark's, such as `spark://host:7077`; empty for this machine, `local[*]`
    /// @param conf Spark's properties, such as `spark.executor.memory: 4g`
    record Spark(Optional<String> master, SortedMap<String, String> conf) implements ConvertChoice {
        private static final Pattern MASTER =
                Pattern.compile("local(\\[(\\*|[0-9]+)(,[0-9]+)?])?|spark://\\S+|yarn|k8s://\\S+");
        private static final String IMAGE = "spark.kubernetes.container.image";
        private static final String EXECUTORS_IMAGE = "spark.kubernetes.executor.container.image";
        private static final int DIGITS = 8;

        public Spark {
            master.ifPresent(Spark::check);
            conf.forEach((name, value) -> check(name, value));
            if (isKubernetes(master) && !conf.containsKey(IMAGE) && !conf.containsKey(EXECUTORS_IMAGE)) {
                throw new IllegalArgumentException("on Kubernetes conf must name the image that executors are started"
                        + " from: convert: {conf: {" + IMAGE + ": …}}, one of Spark 4.1 for Scala 2.13");
            }
            conf = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(conf));
        }

        /// `feedline-json-to-parquet-spark`, and something of what is set, when anything is.
        @Override
        public String job() {
            String name = Names.JOB + "-spark";
            String said = argument();
            return said.isEmpty() ? name : name + "-" + sha256(said).substring(0, DIGITS);
        }

        /// As the Glue argument `--conf` has it; empty when nothing is set.
        public String argument() {
            SortedMap<String, String> all = new TreeMap<>(conf);
            master.ifPresent(named -> all.put("spark.master", named));
            return all.entrySet().stream()
                    .map(one -> one.getKey() + "=" + one.getValue())
                    .collect(java.util.stream.Collectors.joining(" --conf "));
        }

        /// What a definition may say has a form that Glue's argument can carry.
        private static void check(String name, String value) {
            if (!name.startsWith("spark.") || name.chars().anyMatch(Character::isWhitespace) || name.contains("=")) {
                throw new IllegalArgumentException(
                        "'" + name + "' is no property of Spark, such as spark.executor.memory");
            }
            if (name.equals("spark.master")) {
                throw new IllegalArgumentException("the master has a key of its own: convert: {master: …}");
            }
            if ((" " + value + " ").contains(" --conf ") || value.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("the value of " + name + " cannot be given to a Glue job: " + value);
            }
        }

        private static void check(String master) {
            if (!MASTER.matcher(master).matches()) {
                throw new IllegalArgumentException(
                        "'" + master + "' is no master that Feedline runs Spark on: use local[*], local[N],"
                                + " spark://HOST:PORT, yarn or k8s://https://HOST:PORT");
            }
        }

        private static boolean isKubernetes(Optional<String> master) {
            return master.filter(named -> named.startsWith("k8s://")).isPresent();
        }

        private static String sha256(String text) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    /// This machine's Spark as it is.
    static ConvertChoice spark() {
        return new Spark(Optional.empty(), new TreeMap<>(Map.of()));
    }
}
