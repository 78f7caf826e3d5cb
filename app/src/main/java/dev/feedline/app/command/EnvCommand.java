package dev.feedline.app.command;

import dev.feedline.app.Reach;
import dev.feedline.feeds.definition.StorageChoice;
import dev.feedline.feeds.definition.WarehouseChoice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `eval "$(feedline env)"`
@Command(
        name = "env",
        description = "Print what the AWS CLI, boto3 and Snowflake's drivers need, as export lines.",
        mixinStandardHelpOptions = true)
final class EnvCommand implements Callable<Integer> {
    /// Version 1 of the AWS CLI overrides the variable for SQS with an address of its own; only the option beats that.
    private static final String CLI_VERSION_1 =
            "aws() { command aws ${AWS_ENDPOINT_URL:+--endpoint-url \"$AWS_ENDPOINT_URL\"} \"$@\"; }";

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Map<String, String> variables = variables(folder.server());
        if (folder.definition().warehouse() instanceof WarehouseChoice.Account account) {
            variables.putAll(variables(account));
            variables.remove("SNOWFLAKE_PASSWORD"); // the definition says where it is
        }
        if (json) {
            System.out.println(new JsonMapper().writeValueAsString(variables));
        } else {
            if (folder.definition().storage() == StorageChoice.AWS) {
                System.out.println("# S3 and SQS of this Feedline are AWS's. These are for its other services, and hide"
                        + " AWS's credentials from this shell.");
            }
            variables.forEach((name, value) -> System.out.println("export " + name + "='" + value + "'"));
            System.out.println(CLI_VERSION_1);
        }
        return ExitCode.BALANCED;
    }

    private static Map<String, String> variables(WarehouseChoice.Account account) {
        return Map.of(
                "SNOWFLAKE_USER", account.user(),
                "SNOWFLAKE_ACCOUNT", account.account(),
                "SNOWFLAKE_HOST", account.host(),
                "SNOWFLAKE_PORT", Integer.toString(account.port()));
    }

    private static Map<String, String> variables(Reach.Server server) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL", server.endpoint().toString());
        variables.put("AWS_ACCESS_KEY_ID", server.keys().accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", server.keys().secretAccessKey());
        variables.put("AWS_REGION", server.region());
        variables.put("AWS_DEFAULT_REGION", server.region());
        variables.put("SNOWFLAKE_USER", server.keys().snowflakeUser());
        variables.put("SNOWFLAKE_PASSWORD", server.keys().snowflakePassword());
        variables.put("SNOWFLAKE_ACCOUNT", "FEEDLINE");
        variables.put("SNOWFLAKE_HOST", server.endpoint().getHost());
        variables.put("SNOWFLAKE_PORT", Integer.toString(server.endpoint().getPort()));
        return variables;
    }
}
