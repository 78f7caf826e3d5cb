package dev.feedline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/// The genuine Terraform with AWS's provider against a running Feedline: what is applied is what a plan finds again,
/// changed and destroyed. A missing tool fails the test.
///
/// `FEEDLINE_TERRAFORM_PLUGINS` may name a folder of providers (a filesystem mirror). Without it Terraform has the
/// settings of whoever runs this, and fetches what is not there.
@Tag("proof")
class TerraformProofTest {
    private static final Path CONFIGURATIONS = Path.of("src", "test", "proof", "terraform");
    /// `terraform plan -detailed-exitcode`: nothing to do.
    private static final int CLEAN = 0;

    private static final int CHANGES = 2;

    private static final @Nullable String PLUGINS = System.getenv("FEEDLINE_TERRAFORM_PLUGINS");

    @TempDir
    private Path folder;

    private record Outcome(int exit, String output) {}

    @Test
    void whatAroundAGlueJobIsDeclaredIsAppliedChangedAndDestroyed() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Files.copy(CONFIGURATIONS.resolve("main.tf"), work.resolve("main.tf"));
        try (TestingFeedline feedline = TestingFeedline.start(folder.resolve("data"), "feeds: {}")) {
            Reach reach = feedline.reach();
            succeed(terraform(work, reach, "init"));

            succeed(terraform(work, reach, "apply", "-auto-approve"));
            requirePlan(CLEAN, work, reach, false);
            GlueClient glue = reach.glue();
            assertThat(glue.getJob(get -> get.jobName("terraform-totals")).job().timeout())
                    .isEqualTo(60);

            requirePlan(CHANGES, work, reach, true);
            succeed(terraform(work, reach, "apply", "-auto-approve", "-var", "changed=true"));
            requirePlan(CLEAN, work, reach, true);
            var job = glue.getJob(get -> get.jobName("terraform-totals")).job();
            assertThat(job.timeout()).isEqualTo(90);
            assertThat(job.workerTypeAsString()).isEqualTo("G.2X");
            assertThat(job.role()).isEqualTo("arn:aws:iam::000000000000:role/jobs/totals-job");
            assertThat(glue.getTable(get -> get.databaseName("terraform_sales").name("orders"))
                            .table()
                            .storageDescriptor()
                            .columns())
                    .extracting("name")
                    .containsExactly("id", "amount", "note");

            Crawler crawler =
                    glue.getCrawler(get -> get.name("terraform-sales")).crawler();
            assertThat(crawler.description()).isEqualTo("finds more sales");
            assertThat(crawler.targets().s3Targets()).hasSize(2);

            succeed(terraform(work, reach, "destroy", "-auto-approve", "-var", "changed=true"));
            assertThatThrownBy(() -> glue.getJob(get -> get.jobName("terraform-totals")))
                    .isInstanceOf(EntityNotFoundException.class);
            assertThatThrownBy(() -> glue.getDatabase(get -> get.name("terraform_sales")))
                    .isInstanceOf(EntityNotFoundException.class);
            IamClient iam = reach.iam();
            assertThatThrownBy(() -> iam.getRole(get -> get.roleName("totals-job")))
                    .isInstanceOf(NoSuchEntityException.class);
        }
    }

    private void requirePlan(int expected, Path work, Reach reach, boolean changed)
            throws IOException, InterruptedException {
        Outcome plan = terraform(work, reach, "plan", "-detailed-exitcode", "-var", "changed=" + changed);
        assertThat(plan.exit()).as(plan.output()).isEqualTo(expected);
    }

    private static void succeed(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.output()).isZero();
    }

    private Outcome terraform(Path work, Reach reach, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("terraform", arguments[0], "-input=false", "-no-color"));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        Reach.Server server = reach.server();
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", server.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID", server.keys().accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", server.keys().secretAccessKey(),
                        "AWS_REGION", server.region(),
                        "AWS_CONFIG_FILE", folder.resolve("no-config").toString(),
                        "AWS_SHARED_CREDENTIALS_FILE",
                                folder.resolve("no-credentials").toString(),
                        "AWS_MAX_ATTEMPTS", "3",
                        "NO_PROXY", "127.0.0.1",
                        "CHECKPOINT_DISABLE", "1"));
        if (PLUGINS != null) {
            builder.environment().put("TF_CLI_CONFIG_FILE", settings(PLUGINS).toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), said);
    }

    /// Terraform's own settings: providers are nowhere else.
    private Path settings(String plugins) throws IOException {
        String path = plugins.replace("\\", "\\\\");
        return Files.writeString(
                folder.resolve("terraform.rc"),
                "provider_installation {\n  filesystem_mirror {\n    path = \"" + path + "\"\n  }\n}\n");
    }
}
