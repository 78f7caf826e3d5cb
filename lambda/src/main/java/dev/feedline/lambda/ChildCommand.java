package dev.feedline.lambda;

import dev.feedline.kernel.Account;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/// How a function's process is started: its command and its environment.
///
/// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
record ChildCommand(List<String> command, Map<String, String> environment) {
    /// What a process needs of the machine it runs on; everything else is kept from it.
    private static final List<String> OF_THE_MACHINE = List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL");

    /// @param unpacked the folder with the function's code
    static ChildCommand of(
            Function function, Path unpacked, String token, LambdaSettings.Processes processes, Account account) {
        Runtimes runtime = Runtimes.of(function.configuration().runtimeAsString(), processes);
        List<String> command = switch (runtime) {
            case JAVA -> java(function, unpacked, processes.runtimeInterfaceClient());
            case PROVIDED -> List.of(unpacked.resolve("bootstrap").toString());
        };
        return new ChildCommand(command, environment(function, unpacked, token, processes, account));
    }

    /// As on AWS: the serial collector, the quick compiler, and a heap that leaves room within the
    /// function's memory.
    private static List<String> java(Function function, Path unpacked, List<Path> runtimeInterfaceClient) {
        String client =
                runtimeInterfaceClient.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + function.configuration().memorySize() * 85 / 100 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, unpacked.toString(), unpacked.resolve("lib") + "/*", client),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                function.configuration().handler());
    }

    private static Map<String, String> environment(
            Function function, Path unpacked, String token, LambdaSettings.Processes processes, Account account) {
        Map<String, String> environment = new HashMap<>();
        for (String name : OF_THE_MACHINE) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("TZ", ":UTC");
        environment.putAll(processes.environment().get());
        FunctionConfiguration configuration = function.configuration();
        if (configuration.environment() != null) {
            environment.putAll(configuration.environment().variables());
        }
        environment.put("_HANDLER", configuration.handler() == null ? "" : configuration.handler());
        environment.put("AWS_REGION", account.region());
        environment.put("AWS_DEFAULT_REGION", account.region());
        environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + configuration.runtimeAsString());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        environment.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", configuration.memorySize().toString());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", FunctionName.LATEST);
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "feedline/[" + FunctionName.LATEST + "]" + token.substring(0, 8));
        environment.put("AWS_LAMBDA_RUNTIME_API", processes.runtimeApi().get() + "/" + token);
        environment.put("LAMBDA_TASK_ROOT", unpacked.toString());
        return environment;
    }
}
