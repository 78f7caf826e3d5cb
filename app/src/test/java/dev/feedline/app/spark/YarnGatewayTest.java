package dev.feedline.app.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Without what YARN needs of a machine, its variable is named, with what to set it to.
class YarnGatewayTest {
    @TempDir
    private Path folder;

    private Path configuration;
    private Path jars;

    @BeforeEach
    void make() throws IOException {
        configuration = Files.createDirectory(folder.resolve("conf"));
        jars = Files.createDirectories(folder.resolve("spark").resolve("jars"));
        Files.createFile(configuration.resolve("yarn-site.xml"));
        jar("spark-yarn_2.13-4.1.1.jar");
    }

    @Test
    void aDriverIsToldOfBothFoldersAndWhoItIs() throws Exception {
        Path hadoop = Files.createDirectory(folder.resolve("hadoop"));
        YarnGateway yarn = gateway(Map.of("HADOOP_CONF_DIR", hadoop.toString(), "HADOOP_USER_NAME", "etl", "X", "y"));

        assertThat(yarn.configuration()).containsExactly(configuration, hadoop);
        assertThat(yarn.jars()).containsExactly(jars.resolve("spark-yarn_2.13-4.1.1.jar"));
        assertThat(yarn.environment())
                .isEqualTo(Map.of(
                        "YARN_CONF_DIR", configuration.toString(),
                        "HADOOP_CONF_DIR", hadoop.toString(),
                        "SPARK_HOME", folder.resolve("spark").toString(),
                        "HADOOP_USER_NAME", "etl"));
    }

    @Test
    void ofTheSetOnlyWhatItsSparkLacksIsAdded() throws Exception {
        jar("netty-common-4.2.13.Final.jar");
        SparkSet set = new SparkSet(List.of(
                jarOf("org.apache.spark:spark-core_2.13:4.1.1"),
                jarOf("org.apache.hadoop:hadoop-aws:3.5.0"),
                jarOf("io.netty:netty-common:4.2.7.Final"),
                jarOf("software.amazon.awssdk:s3:2.42.28")));

        assertThat(gateway(Map.of()).missing(set).jars())
                .extracting(SparkSet.Jar::coordinates)
                .containsExactly("software.amazon.awssdk:s3:2.42.28");
    }

    @Test
    void withoutHadoopsSettingsItIsRefused() throws Exception {
        refused(Map.of("YARN_CONF_DIR", " "), "needs YARN_CONF_DIR or HADOOP_CONF_DIR", "Neither is set.");
        Files.delete(configuration.resolve("yarn-site.xml"));
        refused(Map.of(), "There is no yarn-site.xml that can be read in " + configuration + ".");
    }

    @Test
    void withoutASparkThatHasYarnItIsRefused() throws Exception {
        refused(Map.of("SPARK_HOME", ""), "needs SPARK_HOME", "Spark 4.1 or 4.2 for Scala 2.13", "It is not set.");
        refused(
                Map.of("SPARK_HOME", configuration.toString()),
                "SPARK_HOME=" + configuration + " is no Spark's folder");
        Files.delete(jars.resolve("spark-yarn_2.13-4.1.1.jar"));
        refused(Map.of(), "has no module of YARN", "spark-yarn_2.13-….jar in " + jars);
        jar("spark-yarn_2.12-3.5.6.jar");
        refused(Map.of(), "is Spark 3.5 for Scala 2.12", "runs on Spark 4.1 or 4.2");
    }

    private void refused(Map<String, String> environment, String... words) {
        assertThatThrownBy(() -> gateway(environment))
                .isInstanceOf(IOException.class)
                .message()
                .contains(words);
    }

    private YarnGateway gateway(Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "YARN_CONF_DIR", configuration.toString(),
                "SPARK_HOME", folder.resolve("spark").toString()));
        all.putAll(environment);
        return YarnGateway.of(all);
    }

    private void jar(String name) throws IOException {
        Files.createFile(jars.resolve(name));
    }

    private static SparkSet.Jar jarOf(String coordinates) {
        return new SparkSet.Jar(coordinates, 1, "00");
    }
}
