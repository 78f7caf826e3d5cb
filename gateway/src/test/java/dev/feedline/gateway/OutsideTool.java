package dev.feedline.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program outside this one that talks to the gateway: the AWS CLI, Python with boto3.
record OutsideTool(URI endpoint, String secret, Path folder) {
    /// How it ended and what it printed on both streams.
    record Outcome(int exit, String output) {}

    Outcome run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL",
                        endpoint.toString(),
                        "AWS_ACCESS_KEY_ID",
                        TestGateway.KEY.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY",
                        secret,
                        "AWS_DEFAULT_REGION",
                        "us-east-1",
                        "AWS_CONFIG_FILE",
                        folder.resolve("no-config").toString(),
                        "AWS_SHARED_CREDENTIALS_FILE",
                        folder.resolve("no-credentials").toString(),
                        "AWS_EC2_METADATA_DISABLED",
                        "true",
                        "AWS_MAX_ATTEMPTS",
                        "1",
                        "AWS_PAGER",
                        "",
                        "NO_PROXY",
                        "127.0.0.1"));
        Process process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return new Outcome(-1, "did not end: " + String.join(" ", command));
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /// Runs a script with boto3 at hand.
    Outcome python(String script) throws IOException, InterruptedException {
        return run("python3", "-c", "import boto3\n" + script);
    }
}
